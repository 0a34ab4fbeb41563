#!/usr/bin/python3
"""Where characters stand, worked out by hand from JLREQ, against the PDF.

    check_geometry.py PROGRAM [BUILD]

Each case is one page: a block of 10 pt IPAexMincho, lines 20 pt apart. What is
expected is a list of characters with their places in ems of 10 pt: along the
line from its start, and across it from the first line's baseline (up is
positive in horizontal lines). Read with mutool, which knows nothing of us.
Last line 'N passed, M failed'.
"""
import html
import os
import re
import subprocess
import sys
import tempfile

EM, MARGIN, HEIGHT, LINE = 10.0, 20.0, 400.0, 20.0
NEAR = 0.011

RUBY = 0.939     # baseline of half-size type on top of an em of .879 + .120
ASCENT, DESCENT = 0.879, 0.120


def ruby(*pairs, **attributes):
    more = ''.join(' axf:ruby-%s="%s"' % a for a in attributes.items())
    return '<axf:ruby%s>%s</axf:ruby>' % (more, ''.join(
        '<axf:ruby-base>%s</axf:ruby-base><axf:ruby-text>%s</axf:ruby-text>' % p
        for p in pairs))


def dots(text, style='filled sesame'):
    return '<fo:inline axf:text-emphasis-style="%s">%s</fo:inline>' % (style,
                                                                      text)


def warichu(text):
    return '<fo:inline font-size="6pt" bn:warichu="true">%s</fo:inline>' % text


NOTE = '<fo:footnote><fo:inline>1</fo:inline><fo:footnote-body><fo:block>' \
       '1</fo:block></fo:footnote-body></fo:footnote>'
EVEN = 'text-align="justify" text-align-last="justify" ' \
       'axf:text-justify="distribute" end-indent="%dpt"'
# Sub-lines of 割注: an em of six tenths above and below the middle.
MIDDLE = (ASCENT - DESCENT) / 2
UPPER = MIDDLE + 0.3 - 0.6 * (ASCENT - DESCENT) / 2
LOWER = MIDDLE - 0.3 - 0.6 * (ASCENT - DESCENT) / 2

CASES = [
    # --- mono ruby (3.3.5): solid, centred over its character
    ('mono, two readings fill the base', '', '国' + ruby(('君', 'きみ')) + 'が',
     [('国', 0), ('君', 1), ('き', 1, RUBY), ('み', 1.5, RUBY), ('が', 2)]),
    ('mono, one stands in the middle', '', '国' + ruby(('鬼', 'き')) + '国',
     [('鬼', 1), ('き', 1.25, RUBY), ('国', 2)]),
    # 2.5 over 1: half an em over each kana, a quarter of room at each side
    ('mono, over kana', '', 'の' + ruby(('志', 'こころざし')) + 'で',
     [('志', 1.25), ('こ', 0.5, RUBY), ('し', 2.5, RUBY), ('で', 2.5)]),
    ('mono, not over kanji', '', '国' + ruby(('志', 'こころざし')) + '国',
     [('志', 1.75), ('こ', 1, RUBY), ('し', 3, RUBY), ('国', 3.5)]),
    ('no overhang when it is not wanted', '',
     'の' + ruby(('志', 'こころざし'), overhang='none') + 'で',
     [('志', 1.75), ('こ', 1, RUBY), ('で', 3.5)]),
    # over the half em of a bracket's body, and of its space
    ('over a closing bracket', '', '」' + ruby(('志', 'こころ')) + '、',
     [('志', 1), ('こ', 0.75, RUBY), ('、', 2)]),
    ('flush at the head of a line', '', ruby(('志', 'こころざし')) + 'の国',
     [('志', 0), ('こ', 0, RUBY), ('の', 2)]),
    ('flush at the end of a line', 'text-align="justify" end-indent="320pt"',
     'のの' + ruby(('志', 'こころざし')) + '国国国国',
     [('の', 1), ('志', 3), ('こ', 1.5, RUBY), ('し', 3.5, RUBY),
      ('国', 0, -2)]),
    # a line closed up by the half em behind 、: over it, and past its end
    ('two annotations never overlap', 'text-align="justify" end-indent="310pt"',
     'の' + ruby(('志', 'こころざし')) + '、' + ruby(('君', 'きみら')) + 'のの',
     [('志', 1.25), ('こ', 0.5, RUBY), ('君', 3), ('き', 3, RUBY), ('の', 4)]),
    # --- group ruby (3.3.6)
    # 1.5 over 4: 2.5 in parts of 1 : 2 : 2 : 1
    ('group, spread', '', ruby(('審査機構', 'ボディ')) + '国',
     [('ボ', 2.5 / 6, RUBY), ('デ', 1.75, RUBY), ('ィ', 2.5 + 3.5 / 6, RUBY),
      ('国', 4)]),
    # no more than one of its ems at the ends
    ('group, spread no further', '', ruby(('審査機構', 'オウ')),
     [('オ', 0.5, RUBY), ('ウ', 3, RUBY)]),
    # 4 over 3: the base opens, 1 in parts of 1 : 2 : 2 : 1
    ('group, the base opens', '', '国' + ruby(('境界面', 'インターフェース')) + '国',
     [('境', 1 + 1 / 6), ('界', 2.5), ('面', 3 + 5 / 6), ('国', 5),
      ('イ', 1, RUBY)]),
    ('group, over kana first', '', 'の' + ruby(('境界面', 'インターフェース')) + 'の',
     [('境', 1), ('面', 3), ('イ', 0.5, RUBY)]),
    ('group, a Western base is not parted', '',
     '国' + ruby(('AB', 'エービーシーデー')) + '国',
     [('エ', 1.25, RUBY), ('国', 5.5)]), # a quarter em beside Western text
    ('group, centred when asked', '',
     ruby(('審査機構', 'ボディ'), align='center'),
     [('ボ', 1.25, RUBY), ('デ', 1.75, RUBY)]),
    ('group, at the start when asked', '',
     ruby(('審査機構', 'ボディ'), align='start'),
     [('ボ', 0, RUBY), ('デ', 0.5, RUBY)]),
    ('below the line when asked', '', ruby(('下', 'した'), position='after'),
     [('し', 0, -0.12 - 0.4395)]),
    # --- jukugo ruby (3.3.7)
    ('jukugo, two readings each: mono', '',
     '国' + ruby(('鬼', 'き'), ('門', 'もん')) + '国',
     [('き', 1.25, RUBY), ('も', 2, RUBY), ('ん', 2.5, RUBY), ('国', 3)]),
    ('jukugo, over the base that follows', '',
     '国' + ruby(('凝', 'ぎょう'), ('視', 'し')) + '国',
     [('凝', 1), ('視', 2), ('ぎ', 1, RUBY), ('う', 2, RUBY), ('し', 2.5, RUBY),
      ('国', 3)]),
    ('jukugo, the last over the one before', '',
     '国' + ruby(('無', 'む'), ('常', 'じょう')) + '国',
     [('む', 1, RUBY), ('じ', 1.5, RUBY), ('国', 3)]),
    ('jukugo, then over the neighbour', '',
     '国' + ruby(('生', 'しょう'), ('涯', 'がい')) + 'の',
     [('し', 1, RUBY), ('が', 2.5, RUBY), ('の', 3)]),
    ('jukugo, then the base opens', '',
     '国' + ruby(('紫', 'あじ'), ('陽', 'さい'), ('花', 'ばなよ')) + '国',
     [('陽', 2), ('花', 3.25), ('国', 4.5), ('ば', 3, RUBY)]),
    ('jukugo, parted by a line end, each part anew', 'end-indent="340pt"',
     '国' + ruby(('鬼', 'き'), ('門', 'もん')) + '国',
     [('鬼', 1), ('き', 1.25, RUBY), ('門', 0, -2), ('も', 0, RUBY - 2),
      ('国', 1, -2)]),
    ('ruby never changes the line distance', 'end-indent="340pt"',
     '国国国' + ruby(('君', 'きみ')) + '国国',
     [('君', 1, -2), ('き', 1, RUBY - 2), ('国', 0, -4)]),
    # --- emphasis dots (3.3.9): half size, in the middle over each character
    ('dots', '', dots('強調') + '、' + dots('語。'),
     [('\ufe45', 0.25, RUBY), ('\ufe45', 1.25, RUBY), ('\ufe45', 3.25, RUBY),
      ('。', 4)]),
    ('horizontal dots are round when nothing else is said', '',
     dots('強', 'filled'), [('\u2022', 0.411, RUBY)]),
    ('dots stand outside ruby', '', dots(ruby(('語', 'ご'))),
     [('ご', 0.25, RUBY), ('\ufe45', 0.25, RUBY + 0.4995)]),
    # --- reference marks (cl-20): solid, and never at the head of a line
    ('a note\'s mark is solid', '', '国' + NOTE + '国',
     [('国', 0), ('1', 1), ('国', 1.618)]),
    ('a note\'s mark is not at the head of a line', 'end-indent="330pt"',
     '国国国' + NOTE + '国', [('国', 1), ('国', 0, -2), ('1', 1, -2),
                              ('国', 1.618, -2)]),
    # --- notes in two lines (3.4.2)
    ('warichu, even', '', '注（' + warichu('いろはに') + '）と',
     [('い', 2, UPPER), ('ろ', 2.6, UPPER), ('は', 2, LOWER), ('に', 2.6, LOWER),
      ('と', 4.2)]),
    ('warichu, the first line is the longer', '',
     '（' + warichu('いろはにほ') + '）と',
     [('い', 0.5, UPPER), ('は', 1.7, UPPER), ('に', 0.5, LOWER),
      ('ほ', 1.1, LOWER), ('と', 3.3)]),
    # 3 ems: 1 of them are left for it, one column of .6; the rest is below
    ('warichu over two lines', 'end-indent="330pt"',
     '国（' + warichu('いろはにほへ') + '）と',
     [('い', 2, UPPER), ('ろ', 2, LOWER), ('は', 0, UPPER - 2),
      ('に', 0.6, UPPER - 2), ('ほ', 0, LOWER - 2), ('へ', 0.6, LOWER - 2),
      ('）', 1.2, -2), ('と', 0, -4)]),
    # --- 均等割付, 字取り (3.6, 4.4): equal gaps, nothing at the edges
    ('three in seven', EVEN % 290, '事業所', [('事', 0), ('業', 3), ('所', 6)]),
    ('two in five', EVEN % 310, '氏名', [('氏', 0), ('名', 4)]),
    ('five in eight', EVEN % 280, '経済産業省',
     [('経', 0), ('済', 1.75), ('産', 3.5), ('業', 5.25), ('省', 7)]),
    ('as many as there is room for', EVEN % 310, '認証を受け',
     [('認', 0), ('証', 1), ('け', 4)]),
    # digits of .618; the gap before 条 is in its own frame
    ('a number is one block', EVEN % 290, '第12条',
     [('第', 0), ('1', 1 + (5 - 2 * 0.618) / 2),
      ('2', 1 + (5 - 2 * 0.618) / 2 + 0.618)]),
    ('a dash of two is one block', EVEN % 290, '甲——乙',
     [('甲', 0), ('乙', 6)]),
    ('brackets stay shut', EVEN % 290, '（正）副',
     [('正', 0.5), ('副', 6)]),
    ('a single character stands at the head', EVEN % 290, '印', [('印', 0)]),
    # --- vertical (3.2): down the line from the page's edge, right to left
    ('vertical', 'V', '国。「語」ー国',
     [('国', 0), ('語', 2.5), ('国', 5.5)]),
    ('vertical, marks inside numerals are solid', 'V', '一、二国三・一国',
     [('一', 0), ('二', 1.5), ('国', 2.5), ('三', 3.5), ('一', 5), ('国', 6)]),
    ('vertical, two digits across the line', 'V',
     '国<fo:inline axf:text-combine-horizontal="all">12</fo:inline>国'
     '<fo:inline axf:text-combine-horizontal="all">30</fo:inline>。国',
     [('国', 0), ('国', 2), ('国', 5)]),
    ('vertical, lines from right to left', 'Vend-indent="340pt"',
     '国語学', [('国', 0), ('語', 1), ('学', 0, 2)]),
    ('vertical warichu, its first line on the right', 'V',
     '（' + warichu('いろはに') + '）と',
     [('い', 0.5, -0.5), ('ろ', 1.1, -0.5), ('は', 0.5, 0.1), ('に', 1.1, 0.1),
      ('と', 2.7)]),
    ('vertical, three in seven', 'V' + EVEN % 290, '事業所',
     [('事', 0), ('業', 3), ('所', 6)]),
    # ruby on the right: an em of half size begins where the text's ends
    ('vertical ruby', 'V', '国' + ruby(('君', 'きみ')) + '国',
     [('君', 1), ('き', 1, -0.999), ('み', 1.5, -0.999), ('国', 2)]),
    ('vertical dots are sesame when nothing else is said', 'V',
     dots('強', 'filled'), [('\ufe45', 0.25, -0.999)]),
    ('vertical dots stand on the right', 'V', dots('強') + '語',
     [('強', 0), ('語', 1), ('\ufe45', 0.25, -0.999)]),
]


def make_fo():
    pages = []
    for kind in 'HV':
        blocks = []
        for _, attributes, content, _ in cases_of(kind):
            blocks.append('<fo:block break-before="page" %s>%s</fo:block>' %
                          (attributes.lstrip('V'), content))
        pages.append('<fo:page-sequence master-reference="%s"><fo:flow '
                     'flow-name="xsl-region-body">%s</fo:flow>'
                     '</fo:page-sequence>' % (kind, '\n'.join(blocks)))
    return '''<?xml version="1.0" encoding="UTF-8"?>
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:axf="http://www.antennahouse.com/names/XSL/Extensions"
    xmlns:bn="urn:bunsho:functions" xml:lang="ja" font-family="IPAexMincho"
    font-size="10pt" line-height="20pt"><fo:layout-master-set>
<fo:simple-page-master master-name="H" page-width="400pt" page-height="400pt"
    margin="20pt"><fo:region-body/></fo:simple-page-master>
<fo:simple-page-master master-name="V" page-width="400pt" page-height="400pt"
    margin="20pt"><fo:region-body writing-mode="tb-rl"/>
</fo:simple-page-master></fo:layout-master-set>%s</fo:root>''' % ''.join(pages)


def cases_of(kind):
    return [c for c in CASES if c[1].startswith('V') == (kind == 'V')]


def pages_of(pdf):
    """Of each page the characters with the origins of their glyphs."""
    trace = subprocess.run(['mutool', 'trace', pdf], capture_output=True,
                           text=True).stdout
    pages, matrix, size = [], None, EM
    for line in trace.splitlines():
        line = line.strip()
        found = re.search(r'transform="([^"]*)"', line)
        if line.startswith('<page '):
            pages.append([])
        elif line.startswith('<fill_text'):
            matrix = [float(v) for v in found.group(1).split()]
        elif line.startswith('<span'):
            size = float(re.search(r'trm="([^" ]*)', line).group(1))
        elif line.startswith('<g ') and matrix:
            g = re.match(r'<g unicode="([^"]*)" glyph="[^"]*" x="([^"]*)" '
                         r'y="([^"]*)"', line)
            if g:
                x, y = float(g.group(2)), float(g.group(3))
                pages[-1].append((
                    html.unescape(g.group(1)),
                    matrix[0] * x + matrix[2] * y + matrix[4],
                    matrix[1] * x + matrix[3] * y + matrix[5], size))
    return pages


def places(kind, page):
    """Characters along and across the line, in ems."""
    if kind == 'H':
        baseline = MARGIN + (LINE - EM) / 2 + ASCENT * EM
        return [(c, (x - MARGIN) / EM, (baseline - y) / EM)
                for c, x, y, _ in page]
    edge = page[0][1] if page else 0  # origins on the left of the frames
    return [(c, (y - 0.88 * size - MARGIN) / EM, (edge - x) / EM)
            for c, x, y, size in page]


def faults(kind, want, page):
    have = places(kind, page)
    for char, along, *across in want:
        near = [h for h in have if h[0] == char and
                abs(h[1] - along) <= NEAR and
                abs(h[2] - (across[0] if across else 0)) <= NEAR]
        if not near:
            yield '%s at %.3f%s, not there: %s' % (
                char, along, ' %.3f' % across[0] if across else '',
                ' '.join('%s %.3f %.3f' % h for h in have))


def main():
    program = os.path.abspath(sys.argv[1])
    passed = failed = 0
    with tempfile.TemporaryDirectory() as out:
        with open(out + '/in.fo', 'w', encoding='utf-8') as f:
            f.write(make_fo())
        subprocess.run([program, 'format', out + '/in.fo', '-o',
                        out + '/out.pdf'], check=True)
        pages = pages_of(out + '/out.pdf')
    cases = [(k, c) for k in 'HV' for c in cases_of(k)]
    if len(pages) != len(cases):
        print('FAIL %d pages for %d cases' % (len(pages), len(cases)))
        failed += 1
    for page, (kind, (name, _, _, want)) in zip(pages, cases):
        bad = list(faults(kind, want, page))
        passed += not bad
        failed += bool(bad)
        for what in bad:
            print('FAIL %s: %s' % (name, what))
    print('%d passed, %d failed' % (passed, failed))
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())

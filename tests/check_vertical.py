#!/usr/bin/python3
"""Read vertical papers back: the text is that of the horizontal ones.

    check_vertical.py PROGRAM [BUILD]

A comparison table in two tiers holds the characters of the one in two columns
in the same order, as it is read from the PDF; its pages turn to the right,
those of the other to the left. The same of a law book, which has two tiers of
31 characters on 25 lines.
Last line 'N passed, M failed'.
"""
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(HERE)
TODAY = ['--today', '2020-10-06']


def run(*words):
    return subprocess.run(words, capture_output=True, check=True).stdout


def text(pdf, foot):
    """The characters of a PDF in order, without its running feet."""
    got = run('mutool', 'draw', '-F', 'text', pdf).decode('utf-8')
    return re.sub(foot + r'\d+/\d+', '', re.sub(r'\s', '', got))


def turns_right(pdf):
    plain = run('qpdf', '--qdf', '--object-streams=disable', pdf, '-')
    return b'/Direction /R2L' in plain


def comparison(program, writing, out):
    run(program, 'compare', HERE + '/cases/compare-law/old.xml',
        HERE + '/cases/compare-law/new.xml', '--writing', writing, '-o', out,
        *TODAY)


def law(program, house, out):
    run(program, 'build', TREE + '/samples/laws/sample-regulation.xml',
        '--house', house, '-o', out, *TODAY)
    return out + '/sample-regulation/law-book.pdf'


def two_tiers(program, house, out):
    """Is the body of each page read downwards from its right edge, in two
    tiers, and holds whole characters and lines?"""
    run(program, 'build', TREE + '/samples/laws/sample-regulation.xml',
        '--house', house, '-o', out, '--dump=areas', *TODAY)
    with open(out + '/sample-regulation/law-book.areas.xml',
              encoding='utf-8') as f:
        bodies = re.findall('<regionBody ipd="([0-9]+)" bpd="([0-9]+)"[^>]* '
                            'ctm="([^"]*)"[^>]* columnCount="2"', f.read())
    return len(bodies) > 0 and all(
        0 <= int(ipd) - 64 * 10500 < 100 and 0 <= int(bpd) - 25 * 17850 < 100
        and ctm.startswith('[0.0 1.0 -1.0 0.0 ') for ipd, bpd, ctm in bodies)


SIDELINES = ('<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xml:lang="ja" font-family="IPAexMincho" '
             'xmlns:axf="http://www.antennahouse.com/names/XSL/Extensions"><fo:layout-master-set>'
             '<fo:simple-page-master master-name="a" page-width="60mm" page-height="60mm" writing-mode="%s">'
             '<fo:region-body/></fo:simple-page-master></fo:layout-master-set><fo:page-sequence master-reference="a">'
             '<fo:flow flow-name="xsl-region-body"><fo:block text-decoration="underline" color="#ff0000" %s>'
             '<fo:inline color="#0000ff">傍</fo:inline></fo:block></fo:flow></fo:page-sequence></fo:root>')


def sideline(program, out, mode, words):
    """(x, y) of the middle of the line from that of its letter's frame, in
    hundredths of the letter's size; (None, None) when its colour is not that
    of the object which asked for it."""
    with open(out + '/side.fo', 'w', encoding='utf-8') as f:
        f.write(SIDELINES % (mode, words))
    run(program, 'format', out + '/side.fo', '-o', out + '/side.pdf')
    drawn = run('mutool', 'trace', out + '/side.pdf').decode()
    path = re.search(r'<fill_path [^>]*color="1 0 0".*?</fill_path>', drawn, re.S)
    if not path or not re.search('<fill_text [^>]*color="0 0 1"', drawn):
        return None, None
    glyph = re.search(r'<g [^>]*x="([-0-9.]+)" y="([-0-9.]+)"', drawn)
    at = [float(v) for v in glyph.groups()]
    corners = [(float(x), float(y)) for x, y in
               re.findall(r'x="([-0-9.]+)" y="([-0-9.]+)"', path.group(0))]
    middle = [(min(c) + max(c)) / 2 for c in zip(*corners)]
    return [round((m - a) / 12 * 100) for m, a in zip(middle, at)]


def sidelines(program, out):
    """Right of a vertical line, or left when asked for; under a horizontal
    one, and further down when asked for."""
    at = [sideline(program, out, mode, words) for mode, words in (
        ('tb-rl', ''), ('tb-rl', 'axf:vertical-underline-side="left"'),
        ('tb-rl', 'axf:text-underline-position="left"'), ('lr-tb', ''),
        ('lr-tb', 'axf:text-underline-position="under"'))]
    right, left, also_left, plain, under = at
    ok = None not in right and right[0] >= 100 and left[0] <= 0 and \
        left == also_left and under[1] < plain[1] < 0
    if not ok:
        print('     ', at)
    return ok


def main():
    program = os.path.abspath(sys.argv[1])
    results = []
    with tempfile.TemporaryDirectory() as out:
        down, across = out + '/down.pdf', out + '/across.pdf'
        comparison(program, 'vertical', down)
        comparison(program, 'horizontal', across)
        pairs = [('comparison', down, across, ''),
                 ('law', law(program, HERE + '/cases/law-vertical/house',
                             out + '/v'),
                  law(program, TREE + '/samples/house', out + '/h'),
                  '技術情報見本管理規程')]
        for name, down, across, foot in pairs:
            a, b = text(down, foot), text(across, foot)
            results += [(name + ': text in order', len(a) > 100 and a == b),
                        (name + ': turns to the right', turns_right(down)),
                        (name + ': turns to the left',
                         not turns_right(across))]
            if a != b:
                at = next((i for i, (x, y) in enumerate(zip(a, b))
                           if x != y), min(len(a), len(b)))
                print('     down   ', a[max(0, at - 20):at + 20])
                print('     across ', b[max(0, at - 20):at + 20])
        results.append(('law: two tiers', two_tiers(
            program, HERE + '/cases/law-vertical/house', out + '/a')))
        results.append(('sidelines', sidelines(program, out)))
    for what, ok in results:
        if not ok:
            print('FAIL', what)
    failed = sum(not ok for _, ok in results)
    print('%d passed, %d failed' % (len(results) - failed, failed))
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())

#!/usr/bin/python3
"""An audit report as XSL-FO, of as many pages as wanted; made up, always the
same for the same arguments.

    report.py PAGES [VARIANT] > report.fo

Contents with page numbers, chapters of paragraphs, tables, lists and notes, a
running head, "page of pages", bookmarks.
"""
import random
import sys

SENTENCES = '''
情報の管理に関する規程は整備され、担当者に周知されている。
取扱区域への立入りは、入退室の記録（様式第3号）で確認できた。
「重要情報」の範囲は、部門ごとの台帳に記載されている。
前回の指摘事項は、2019年4月12日までに是正されている。
記録の保存期間は5年とされ、期間の満了したものは廃棄されている。
アクセス権の付与は申請書により、責任者の承認を経て行われる。
ISO/IEC 27001 の附属書Aとの対応を、適用宣言書で確かめた。
教育は年1回行われ、受講率は98.5％であった。
外部委託先との契約には、秘密保持の条項が含まれている。
事故の報告経路は図で示され、夜間の連絡先も定められている。
'''.split('\n')[1:-1]
TITLES = ('組織の状況 責任と権限 規程の整備 区域の管理 記録の管理 教育と周知 '
          '委託先の管理 事故への対応 前回の指摘 改善の提案').split()
BLOCKS_A_PAGE = 9.2


def tag(name, text, **props):
    attributes = ''.join(' %s="%s"' % (k.replace('_', '-'), v)
                         for k, v in props.items())
    return '<fo:%s%s>%s</fo:%s>' % (name, attributes, text, name)


def block(text, **props):
    return tag('block', text, **props)


def sentences(rng, least, most):
    return ''.join(rng.choice(SENTENCES) for _ in range(rng.randint(least, most)))


def table(rng):
    def row(cells, **props):
        return tag('table-row', ''.join(
            tag('table-cell', block(c), border='0.4pt solid black',
                padding='1mm', **props) for c in cells))
    rows = [row(['%d' % i, sentences(rng, 1, 1), rng.choice('適否')])
            for i in range(1, rng.randint(4, 9))]
    widths = ''.join('<fo:table-column column-width="%s"/>' % w
                     for w in ('12mm', '128mm', '20mm'))
    return tag('table', widths + tag('table-header', row(
        ['番号', '確認した事実', '判定'], background_color='#eeeeee')) +
        tag('table-body', ''.join(rows)), border_collapse='collapse',
        table_layout='fixed', width='160mm', space_after='3mm', font_size='9pt')


def items(rng):
    return tag('list-block', ''.join(tag(
        'list-item', tag('list-item-label', block('（%d）' % i),
                         end_indent='label-end()') +
        tag('list-item-body', block(sentences(rng, 1, 2)),
            start_indent='body-start()')) for i in range(1, 5)),
        provisional_distance_between_starts='3em', space_after='3mm')


def paragraph(rng):
    text = sentences(rng, 2, 5)
    if rng.random() < 0.1:
        text += tag('footnote', tag('inline', '*', baseline_shift='super',
                                    font_size='7pt') +
                    tag('footnote-body', block('* ' + sentences(rng, 1, 1),
                                               font_size='8pt')))
    return block(text, text_indent='1em', space_after='2mm')


def chapters(rng, pages):
    n = max(1, pages // 3)
    for i in range(1, n + 1):
        title = '第%d章 %s' % (i, TITLES[i % len(TITLES)])
        body = block(title, id='c%d' % i, font_family='IPAexGothic',
                     font_size='14pt', space_before='6mm', space_after='3mm',
                     keep_with_next='always')
        for _ in range(int(BLOCKS_A_PAGE * pages / n)):
            kind = rng.random()
            body += (table(rng) if kind < 0.12 else
                     items(rng) if kind < 0.22 else paragraph(rng))
        yield 'c%d' % i, title, body


def report(pages, variant):
    rng = random.Random(variant)
    made = list(chapters(rng, pages))
    contents = ''.join(block(
        tag('basic-link', title + '<fo:leader leader-pattern="dots"/>'
            '<fo:page-number-citation ref-id="%s"/>' % ref,
            internal_destination=ref), text_align_last='justify')
        for ref, title, _ in made)
    marks = tag('bookmark-tree', ''.join(tag(
        'bookmark', tag('bookmark-title', title), internal_destination=ref)
        for ref, title, _ in made))
    master = (
        '<fo:simple-page-master master-name="a4" page-width="210mm" '
        'page-height="297mm" margin="15mm 25mm">'
        '<fo:region-body margin-top="12mm" margin-bottom="12mm"/>'
        '<fo:region-before extent="8mm"/><fo:region-after extent="8mm"/>'
        '</fo:simple-page-master>')
    return tag(
        'root', tag('layout-master-set', master) + marks +
        tag('page-sequence', tag(
            'static-content', block('監査報告書 %04d' % variant,
                                    font_size='8pt',
                                    border_bottom='0.4pt solid black'),
            flow_name='xsl-region-before') + tag(
            'static-content', block(
                '<fo:page-number/> / <fo:page-number-citation-last '
                'ref-id="all"/>', text_align='center', font_size='8pt'),
            flow_name='xsl-region-after') + tag(
            'flow', block('監査報告書 %04d' % variant, font_size='22pt',
                          text_align='center', space_after='10mm') +
            contents + ''.join(body for _, _, body in made),
            flow_name='xsl-region-body'), id='all', master_reference='a4'),
        **{'xmlns:fo': 'http://www.w3.org/1999/XSL/Format', 'xml:lang': 'ja',
           'font_family': 'IPAexMincho', 'font_size': '10.5pt',
           'line_height': '1.7'})


sys.stdout.write(report(int(sys.argv[1]),
                        int(sys.argv[2]) if len(sys.argv) > 2 else 0))

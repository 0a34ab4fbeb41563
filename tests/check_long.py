#!/usr/bin/python3
"""Documents that are long in one way each: nothing may be quadratic.

    check_long.py PROGRAM [BUILD]

Each is set whole and its last words are looked for in the PDF. The time limit
is far above what it takes and only ends what would run for hours. Last line
'N passed, M failed'.
"""
import os
import re
import subprocess
import sys
import tempfile

LIMIT = 120  # seconds; each takes less than two

HEAD = ('<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xml:lang="%s" '
        'font-family="IPAexMincho" font-size="10pt"><fo:layout-master-set>'
        '<fo:simple-page-master master-name="m" page-width="210mm" '
        'page-height="297mm" margin="20mm"><fo:region-body/>'
        '</fo:simple-page-master></fo:layout-master-set>%s')
FLOW = ('<fo:page-sequence master-reference="m">'
        '<fo:flow flow-name="xsl-region-body">%s</fo:flow></fo:page-sequence>')
JAPANESE = '監査の結果、規程は「適切」に整備され、ISO 27001 の要求（第3条）と比べた。'
LATIN = 'The quick brown fox jumps over the lazy dog and writes a report. '


def document(flow, before='', lang='ja'):
    return HEAD % (lang, before) + FLOW % flow + '</fo:root>'


def repeat(text, n):
    return (text * (n // len(text) + 1))[:n]


def each(n, form):
    return ''.join(form.replace('#', str(i)) for i in range(1, n + 1))


def paragraph(n):
    return document('<fo:block>%s終わり</fo:block>' % repeat(JAPANESE, n))


def western(n):
    return document('<fo:block hyphenate="true" text-align="justify">%s the end'
                    '</fo:block>' % repeat(LATIN, n), lang='en')


def inlines(n):
    return document('<fo:block>%s終わり</fo:block>' % each(
        n, '<fo:inline color="red">字#</fo:inline>と、'))


def notes(n):
    return document('<fo:block>%s</fo:block>' % each(
        n, '本文<fo:footnote><fo:inline>*</fo:inline><fo:footnote-body>'
        '<fo:block>注#番</fo:block></fo:footnote-body></fo:footnote>です。'))


def rows(n):
    cell = ('<fo:table-cell border="0.5pt solid black"><fo:block>%s</fo:block>'
            '</fo:table-cell>')
    return document(
        '<fo:table border-collapse="collapse" table-layout="fixed" '
        'width="100mm"><fo:table-column column-width="50mm" '
        'number-columns-repeated="2"/><fo:table-header>' + cell % '番号' +
        cell % '件' + '</fo:table-header><fo:table-body>' + each(
            n, '<fo:table-row>' + cell % '#番' + cell % '行' +
            '</fo:table-row>') + '</fo:table-body></fo:table>')


def links(n):
    marks = each(n, '<fo:bookmark internal-destination="b#"><fo:bookmark-title>'
                 '章#</fo:bookmark-title></fo:bookmark>')
    return document(
        each(n, '<fo:block id="b#">節#番 <fo:basic-link internal-destination='
             '"b%d"><fo:page-number-citation ref-id="b%d"/></fo:basic-link>'
             '</fo:block>' % (n, n)),
        '<fo:bookmark-tree>%s</fo:bookmark-tree>' % marks)


def messages(n):
    """A warning for each, in a file that is one line."""
    return document(each(
        n, '<fo:block-container width="5pt"><fo:block>#番</fo:block>'
        '</fo:block-container>'))


def sequences(n):
    return document('<fo:block>始め</fo:block>').replace('</fo:root>', each(
        n, FLOW % '<fo:block id="s#">第#番</fo:block>') + '</fo:root>')


ROWS = [
    # name, document, words at its end, least number of pages
    ('paragraph of 100,000 characters', paragraph(100000), '終わり', 30),
    ('paragraph of 400,000 characters', paragraph(400000), '終わり', 120),
    ('Western paragraph of 1,000,000 characters', western(1000000), 'the end', 100),
    ('paragraph of 20,000 inlines', inlines(20000), '終わり', 20),
    ('10,000 footnotes of one paragraph', notes(10000), '注10000番', 100),
    ('table of 50,000 rows', rows(50000), '50000番', 500),
    ('20,000 links, citations and bookmarks', links(20000), '20000番', 200),
    ('5,000 warnings', messages(5000), '', 1),
    ('5,000 page-sequences', sequences(5000), '5000番', 5001),
]


def run(program, folder, text):
    path = os.path.join(folder, 'long.fo')
    pdf = os.path.join(folder, 'long.pdf')
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    if os.path.exists(pdf):
        os.unlink(pdf)
    try:
        done = subprocess.run([program, 'format', path, '-o', pdf, '-q'],
                              capture_output=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return 'no end after %d s' % LIMIT, 0, ''
    if done.returncode:
        return 'exit %d' % done.returncode, 0, ''
    info = subprocess.run(['pdfinfo', pdf], capture_output=True, text=True)
    pages = int(re.search(r'^Pages:\s+(\d+)', info.stdout, re.M)[1])
    tail = subprocess.run(['pdftotext', '-f', str(max(1, pages - 1)), pdf, '-'],
                          capture_output=True, text=True)
    return '', pages, tail.stdout


def main():
    program = os.path.abspath(sys.argv[1])
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text, words, least in ROWS:
            fault, pages, tail = run(program, folder, text)
            if not fault and pages < least:
                fault = 'only %d pages' % pages
            if not fault and words not in tail:
                fault = 'its end is missing'
            if fault:
                failed += 1
                print('FAIL %s: %s' % (name, fault))
            else:
                passed += 1
    print('%d passed, %d failed' % (passed, failed))
    return failed != 0


sys.exit(main())

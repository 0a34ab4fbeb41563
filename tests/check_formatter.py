#!/usr/bin/python3
"""Set what other people's stylesheets make, and hold the PDF against its FO.

    check_formatter.py PROGRAM

An article and a book of DocBook go through Debian's docbook-xsl and xsltproc
(the book with extensions for FOP, for Antenna House, and without) and are set
without a word of complaint. Where $BUNSHO_SHARED (default ../shared) has the
corpus, its manual is set whole. In both, the outline is that of the FO and
leads to pages that show its titles; in the tables of contents each link leads
to a page that shows its text, and the number printed is that page's. Last line
'N passed, M failed'.
"""
import html
import lzma
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from xml.etree import ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(HERE)
CORPUS = os.path.join(os.environ.get('BUNSHO_SHARED', TREE + '/../shared'),
                      'corpus', 'pgpool-ja.fo.xz')
SHEET = '/usr/share/xml/docbook/stylesheet/docbook-xsl/fo/docbook.xsl'
FO = '{http://www.w3.org/1999/XSL/Format}'
# Kind of message and how often the manual gives rise to it.
WANTED = {'table-span': 1, 'image': 4}
results = []


def result(name, problems):
    results.append(not problems)
    print('%s %s' % ('FAIL' if problems else 'ok  ', name))
    for p in problems[:8]:
        print('     ' + p)


def run(*args):
    return subprocess.run(args, stdin=subprocess.DEVNULL, capture_output=True)


def squeezed(s):
    """Letters only: justification and line ends put blanks anywhere."""
    return re.sub(r'[\s\u00ad-]', '', unicodedata.normalize('NFKC', s))


def pages_of(pdf):
    """Text of each page, and the page number at its foot."""
    texts = run('pdftotext', '-layout', pdf, '-').stdout.decode().split('\f')[:-1]
    feet = [([l.strip() for l in t.splitlines() if l.strip()] or [''])[-1] for t in texts]
    return [squeezed(t) for t in texts], feet


def titles_of(fo):
    """Titles of the bookmarks in the order of the outline."""
    return [squeezed(''.join(b.find(FO + 'bookmark-title').itertext()))
            for b in ElementTree.parse(fo).iter(FO + 'bookmark')]


def check_outline(name, fo, html_xml, texts):
    got = [(int(n), squeezed(html.unescape(t))) for n, t in
           re.findall(r'<item page="(\d+)">(.*?)</item>', html_xml)]
    want = titles_of(fo)
    bad = []
    if not want:
        bad.append('no bookmarks in the FO')
    if [t for _, t in got] != want:
        bad.append('outline has %d titles, FO %d; or other ones' % (len(got), len(want)))
    for n, title in got:
        # A title page says its title elsewhere than on a running page.
        if title not in texts[n - 1] and not title.startswith('目次'):
            bad.append('page %d does not show «%s»' % (n, title))
    result(name + ': outline', bad)


def check_contents(name, html_xml, texts, feet, least):
    """Lines that end in a link of figures: the entries of a contents list."""
    bad, n = [], 0
    for line in re.findall(r'<text [^>]*>(.*?)</text>', html_xml):
        links = re.findall(r'<a href="[^"#]*#(\d+)">(.*?)</a>', line)
        if not links or not re.search(r'\.\.\.', line):
            continue
        page = int(links[-1][0])
        number = squeezed(re.sub('<[^>]*>', '', links[-1][1]))
        title = squeezed(html.unescape(re.sub('<[^>]*>', '', ''.join(t for _, t in links[:-1]))))
        n += 1
        # Title pages of parts print no number.
        if re.fullmatch('[0-9]+|[ivxlc]+', feet[page - 1]) and feet[page - 1] != number:
            bad.append('«%s» is said to be on %s, the link goes to %s' % (title, number, feet[page - 1]))
        # What is 1. in the contents is 第1章 above the chapter, 表 1.1 above a table.
        if re.sub(r'^(([0-9]+|[IVX]+|[A-Z])\.)+', '', title) not in texts[page - 1]:
            bad.append('page %s does not show «%s»' % (number, title))
    if n < least:
        bad.append('only %d entries found' % n)
    result(name + ': %d entries of contents' % n, bad)


def check_pdf(name, fo, pdf, last, least):
    html_xml = run('pdftohtml', '-xml', '-i', '-q', '-stdout', '-l', str(last), pdf).stdout.decode()
    texts, feet = pages_of(pdf)
    check_outline(name, fo, html_xml, texts)
    check_contents(name, html_xml, texts, feet, least)
    return texts


def docbook(program, folder):
    fo, pdf = folder + '/article.fo', folder + '/article.pdf'
    if not os.path.exists(SHEET):
        print('no docbook-xsl: left out')
        return
    p = run('xsltproc', '--nonet', '--novalid', '--stringparam', 'fop1.extensions', '1',
            '--stringparam', 'paper.type', 'A4', '--stringparam', 'body.font.family', 'IPAexMincho',
            '--stringparam', 'title.font.family', 'IPAexGothic',
            '--stringparam', 'draft.mode', 'no', '-o', fo, SHEET, HERE + '/docbook/article.xml')
    result('docbook: stylesheet', [] if p.returncode == 0 else [p.stderr.decode()])
    p = run(program, 'format', fo, '-o', pdf)
    said = p.stderr.decode().splitlines()
    result('docbook: set without a word', (['exit %d' % p.returncode] if p.returncode else []) + said)
    texts = check_pdf('docbook', fo, pdf, 99, 6)
    whole = ''.join(texts)
    result('docbook: text', ['missing: ' + t for t in
           ('案内は毎年見直す。', '計画書', '判定の記録は永久に保管する', 'bunshobuildcase.xml', '不適合の原因を除く処置')
           if squeezed(t) not in whole])


IMAGES = '/usr/share/xml/docbook/stylesheet/docbook-xsl/images/'
# Parameters of a book's stylesheet, and what may be said of the result.
BOOKS = {
    'fop': ({'fop1.extensions': '1', 'admon.graphics': '1', 'admon.graphics.extension': '.svg'}, []),
    'axf': ({'axf.extensions': '1', 'admon.graphics': '1', 'callout.graphics.extension': '.svg',
             'double.sided': '1', 'header.rule': '1', 'ulink.footnotes': '1'},
            ['fo-property']),  # axf:suppress-duplicate-page-number
    'plain': ({'callout.unicode': '1', 'callout.graphics': '0',
               'shade.verbatim': '1', 'section.autolabel': '1', 'column.count.index': '2'}, []),
}


def book(program, folder, name):
    """A book with index, glossary, callouts, questions, tables of both kinds …"""
    parameters, allowed = BOOKS[name]
    fo, pdf = '%s/book-%s.fo' % (folder, name), '%s/book-%s.pdf' % (folder, name)
    if not os.path.exists(SHEET):
        return
    fixed = {'paper.type': 'A4', 'body.font.family': 'IPAexMincho', 'title.font.family': 'IPAexGothic',
             'symbol.font.family': 'Symbol', 'draft.mode': 'no', 'admon.graphics.path': IMAGES,
             'variablelist.as.blocks': '1',  # else labels as wide as Western letters
             'img.src.path': HERE + '/cases/graphic-sizes/', 'callout.graphics.path': IMAGES + 'callouts/'}
    arguments = []
    for item in {**fixed, **parameters}.items():
        arguments += ['--stringparam', *item]
    p = run('xsltproc', '--nonet', '--novalid', *arguments, '-o', fo, SHEET, HERE + '/docbook/book.xml')
    result('book %s: stylesheet' % name, [] if p.returncode == 0 else [p.stderr.decode()])
    p = run(program, 'format', fo, '-o', pdf, '--root', IMAGES, '--root', HERE)
    said = [l for l in p.stderr.decode().splitlines()
            if re.search(r'\[[a-z-]+\]$', l) and not l.endswith(tuple('[%s]' % k for k in allowed))]
    result('book %s: set without a word' % name, (['exit %d' % p.returncode] if p.returncode else []) + said)
    whole = ''.join(pages_of(pdf)[0])
    result('book %s: text' % name, ['missing: ' + t for t in
           ('見本の読者へ', '脚注の文', '表の脚注', '始まり', '問い?', '定義', '図の説明', '下位', '奥付')
           if squeezed(t) not in whole])
    broken = run('qpdf', '--check', pdf)
    result('book %s: PDF' % name, broken.stderr.decode().splitlines())
    if name != 'plain':  # bookmarks are extensions in these stylesheets
        html_xml = run('pdftohtml', '-xml', '-i', '-q', '-stdout', pdf).stdout.decode()
        titles = [squeezed(html.unescape(t)) for t in re.findall(r'<item page="\d+">(.*?)</item>', html_xml)]
        result('book %s: outline' % name, [] if titles == titles_of(fo) else titles)


def manual(program, folder):
    if not os.path.exists(CORPUS):
        print('no corpus: left out')
        return
    fo, pdf = folder + '/manual.fo', folder + '/manual.pdf'
    with lzma.open(CORPUS) as f, open(fo, 'wb') as out:
        out.write(f.read())
    p = run(program, 'format', fo, '-o', pdf)
    kinds = re.findall(r'\[([a-z-]+)\]$', p.stderr.decode(), re.M)
    bad = ['exit %d' % p.returncode] if p.returncode else []
    bad += ['%d times %s' % (kinds.count(k), k) for k, n in WANTED.items() if kinds.count(k) != n]
    bad += ['also: ' + k for k in sorted(set(kinds) - set(WANTED) - {'overfull-line'})]
    result('manual: messages', bad)
    check_pdf('manual', fo, pdf, 30, 1000)


def declared(program, folder):
    """What the XMP in fo:declarations says is said by the PDF."""
    pdf = folder + '/xmp.pdf'
    run(program, 'format', HERE + '/cases/xmp/input.fo', '-o', pdf)
    said = dict(re.findall(r'^(\w+): +(.*)$', run('pdfinfo', pdf).stdout.decode(), re.M))
    want = {'Title': 'A title of XMP', 'Author': 'An author', 'Subject': 'A subject', 'Keywords': 'one, two'}
    result('XMP of the declarations', ['%s: %r' % (k, said.get(k)) for k, v in want.items() if said.get(k) != v])


OUTLINED = ('<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" '
            'xmlns:axf="http://www.antennahouse.com/names/XSL/Extensions"><fo:layout-master-set>'
            '<fo:simple-page-master master-name="a" page-width="60mm" page-height="60mm"><fo:region-body/>'
            '</fo:simple-page-master></fo:layout-master-set><fo:bookmark-tree><fo:bookmark '
            'internal-destination="one"><fo:bookmark-title>表題</fo:bookmark-title></fo:bookmark></fo:bookmark-tree>'
            '<fo:page-sequence master-reference="a"><fo:flow flow-name="xsl-region-body">%s</fo:flow>'
            '</fo:page-sequence></fo:root>')


def outline_levels(program, folder):
    """axf:outline-level: entries behind those of fo:bookmark-tree, by level."""
    fo, pdf = folder + '/levels.fo', folder + '/levels.pdf'
    block = '<fo:block axf:outline-level="%s" %s>%s</fo:block>'
    with open(fo, 'w') as f:
        f.write(OUTLINED % ''.join(block % row for row in (
            (1, 'id="one"', '第一章<fo:inline>総則</fo:inline><fo:footnote><fo:inline>*</fo:inline>'
                            '<fo:footnote-body><fo:block>注</fo:block></fo:footnote-body></fo:footnote>'),
            (3, 'break-before="page"', '第一条'), (4, 'axf:outline-expand="false"', '第一項'), (5, '', '一号'),
            (2, 'axf:outline-title="二節"', '第二節'), (0, 'id="outline.1"', '本文'), (1, 'break-before="page"', '第二章'))))
    p = run(program, 'format', fo, '-o', pdf)
    got = [re.sub(r'\t(#page=\d+).*', r' \1', l) for l in
           run('mutool', 'show', pdf, 'outline').stdout.decode().splitlines()]
    want = ['|\t"表題" #page=1', '-\t"第一章総則" #page=1', '-\t\t"第一条" #page=2', '+\t\t\t"第一項" #page=2',
            '|\t\t\t\t"一号" #page=2', '|\t\t"二節" #page=2', '|\t"第二章" #page=3']
    result('outline of axf:outline-level', p.stderr.decode().splitlines() +
           ([] if got == want else got))


LINKED = OUTLINED.replace('internal-destination="one"><fo:bookmark-title>',
                          'internal-destination="one"><fo:bookmark-title font-weight="bold" color="#ff0000">').replace(
    '<fo:page-sequence ', '<f:destination xmlns:f="http://xmlgraphics.apache.org/fop/extensions" '
                          'internal-destination="one"/><fo:page-sequence ')
LINKS = ('<fo:block id="one" font-size="10pt" line-height="12pt"><fo:basic-link internal-destination="one">'
         '<fo:external-graphic src="url(%s)" height="40pt" content-height="40pt"/></fo:basic-link></fo:block>'
         '<fo:block-container height="18pt" width="20pt" overflow="hidden"><fo:block font-size="10pt" '
         'line-height="12pt"><fo:basic-link external-destination="url(http://example.org/a(1))">一二三四五六'
         '</fo:basic-link></fo:block></fo:block-container>')


def links(program, folder):
    """Links cover what is seen of them; names and titles of the outline."""
    fo, pdf = folder + '/links.fo', folder + '/links.pdf'
    with open(fo, 'w') as f:
        f.write(LINKED % (LINKS % (HERE + '/cases/graphic-sizes/picture.png')))
    p = run(program, 'format', fo, '-o', pdf, '--root', HERE)
    text = re.sub(r'\s+', ' ', run('qpdf', '--qdf', '--object-streams=disable', pdf, '-').stdout.decode('latin-1'))
    rects = [[float(x) for x in r.split()] for r in re.findall(r'/Rect \[ ([-0-9. ]+)\]', text)]
    heights = [round(r[3] - r[1]) for r in rects]
    wrong = p.stderr.decode().splitlines()
    # The picture and the depth of its line; two lines of the container, the
    # second as far as it shows.
    if heights != [42, 9, 5]:
        wrong.append('heights %s' % heights)
    if '/URI (http://example.org/a\\(1\\))' not in text and '/URI (http://example.org/a(1))' not in text:
        wrong.append('address with brackets')
    if not re.search(r'/C \[ 1 0 0 \][^<]*/F 2', text):
        wrong.append('the title of the outline is neither bold nor red')
    names = run('pdfinfo', '-dests', pdf).stdout.decode()
    if '"one"' not in names:
        wrong.append('no named destination: ' + names)
    result('links and destinations', wrong)


def main():
    with tempfile.TemporaryDirectory() as folder:
        docbook(sys.argv[1], folder)
        for name in BOOKS:
            book(sys.argv[1], folder, name)
        declared(sys.argv[1], folder)
        outline_levels(sys.argv[1], folder)
        links(sys.argv[1], folder)
        manual(sys.argv[1], folder)
    print('%d passed, %d failed' % (sum(results), len(results) - sum(results)))
    sys.exit(0 if all(results) else 1)


main()

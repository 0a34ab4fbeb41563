#!/usr/bin/python3
"""What a reader's software makes of the paper: structure and characters.

    check_struct.py PROGRAM [BUILD]

The structure of an audit report, as pdfinfo tells it, says what the content
says, in its order; contents and headings agree; tables have header cells with
a scope; the figure has alternative text. Rare characters come back from
pdftotext and mutool as they stand in the case. Last line 'N passed, M failed'.
"""
import os
import re
import subprocess
import sys
import tempfile

from lxml import etree

import tally
from tally import ROOT as TREE, holds


def flat(s):
    return re.sub(r'\s', '', s)


def output(*words):
    return subprocess.run(words, capture_output=True).stdout.decode('utf-8')


def build(program, case, out, only, *more):
    subprocess.run([program, 'build', '%s/samples/cases/%s.xml' % (TREE, case),
                    '--share', TREE, '--house', TREE + '/samples/house', '-o',
                    out, '--today', '2020-10-06', '--only', only] + list(more),
                   capture_output=True)


def elements(path):
    """(depth, type or None, text) of each line of the structure."""
    rows = []
    for line in output('pdfinfo', '-struct-text', path).splitlines():
        m = re.match(r'( *)(?:"(.*)"|(\w+)(?: \(\w+\))?:?)$', line)
        if m:
            rows.append((len(m.group(1)), m.group(3), m.group(2) or ''))
    return rows


def texts_of(rows, kind):
    """The text of each element of a type."""
    found = []
    for i, (depth, name, _) in enumerate(rows):
        if name == kind:
            text = ''
            for d, _, t in rows[i + 1:]:
                if d <= depth:
                    break
                text += t
            found.append(flat(text))
    return found


def check_order(rows, content):
    """The structure says what the content says, and in its order."""
    for hidden in content.xpath('//*[local-name() = "svg"]/*[local-name() = '
                                '"title" or local-name() = "desc"]'):
        hidden.getparent().remove(hidden)
    want = flat(''.join(content.getroot().itertext()))
    got = flat(''.join(t for _, _, t in rows))
    first = '1依頼者'
    want, got = want[want.index(first):], got[got.rindex(first):]
    same = next((i for i, (a, b) in enumerate(zip(want, got)) if a != b),
                min(len(want), len(got)))
    holds(want == got, 'report: order: %s | %s' % (want[same - 10:same + 20],
                                                   got[same - 10:same + 20]))


def check_report(program, out):
    pdf = out + '/TC-2019-0007/audit-report.pdf'
    build(program, 'full-certified', out, 'audit-report')
    build(program, 'full-certified', out, 'audit-report', '--dump=content')
    rows = elements(pdf)
    content = etree.parse(out + '/TC-2019-0007/audit-report.content.xml')
    names = [name for _, name, _ in rows]
    heads = [t for t in texts_of(rows, 'H2') + texts_of(rows, 'H3')
             if t != '目次']
    lines = [re.sub(r'\d+$', '', t) for t in texts_of(rows, 'TOCI')]
    holds(texts_of(rows, 'H1') == ['審査報告書'], 'report: H1')
    holds(len(heads) > 10 and sorted(heads) == sorted(lines),
          'report: headings %s, contents %s' % (heads, lines))
    holds(lines[0] == '1依頼者' and lines[-1].startswith('10'),
          'report: contents %s' % lines)
    check_order(rows, content)
    for kind in ('Table', 'THead', 'TH', 'TD', 'Figure', 'Caption', 'Link'):
        holds(kind in names, 'report: no %s' % kind)
    tell = output('pdfinfo', '-struct', pdf)
    cells = len(re.findall(r'^ *TH\b', tell, re.M))
    holds(cells > 30 and cells == len(re.findall(r'/Scope /(?:Row|Column)',
                                                 tell)),
          'report: header cells without scope')
    plain = subprocess.run(['qpdf', '--qdf', '--object-streams=disable', pdf,
                            '-'], capture_output=True).stdout
    alt = [bytes.fromhex(h.decode()).decode('utf-16') for h in
           re.findall(rb'/Alt <([0-9a-fA-F]+)>', plain)]
    holds(any('適合状況' in a and '5' in a for a in alt),
          'report: alternative text %s' % alt)


RARE = ['髙', '﨑', '𠮷', '辻󠄀', 'ＡＢＣ', 'ﾐﾎﾝﾋﾞﾙ５階', '㈱', '①', 'Ⅲ', '塚']


def check_rare(program, out):
    """The name and the address as the case has them; mupdf drops selectors."""
    case = etree.parse(TREE + '/samples/cases/rare-names.xml')
    name = case.findtext('.//client/name')
    address = case.findtext('.//client/address')
    for only in ('certificate', 'application-form', 'certification-contract'):
        build(program, 'rare-names', out, only)
        pdf = '%s/TC-2019-0021/%s.pdf' % (out, only)
        poppler = flat(output('pdftotext', '-raw', pdf, '-'))
        mupdf = flat(output('mutool', 'draw', '-q', '-F', 'txt', pdf))
        holds(flat(name) in poppler, '%s: name from pdftotext' % only)
        holds(flat(address) in poppler, '%s: address from pdftotext' % only)
        holds(flat(name).replace('\U000e0100', '') in mupdf,
              '%s: name from mutool' % only)
        holds(flat(address) in mupdf, '%s: address from mutool' % only)


def check_characters(program, out):
    """Each character by itself, through the formatter."""
    fo = out + '/rare.fo'
    with open(fo, 'w', encoding='utf-8') as f:
        f.write('<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" '
                'xml:lang="ja"><fo:layout-master-set><fo:simple-page-master '
                'master-name="p" page-width="200mm" page-height="200mm">'
                '<fo:region-body/></fo:simple-page-master>'
                '</fo:layout-master-set><fo:page-sequence '
                'master-reference="p"><fo:flow flow-name="xsl-region-body">'
                '%s</fo:flow></fo:page-sequence></fo:root>' %
                ''.join('<fo:block font-family="IPAexMincho">前%s後'
                        '</fo:block>' % c for c in RARE))
    subprocess.run([program, 'format', fo, '-o', out + '/rare.pdf'],
                   env=dict(os.environ, BUNSHO_SHARE=TREE))
    poppler = output('pdftotext', '-raw', out + '/rare.pdf', '-')
    mupdf = output('mutool', 'draw', '-q', '-F', 'txt', out + '/rare.pdf')
    for c in RARE:
        holds('前%s後' % c in poppler, '%s from pdftotext' % c)
        holds('前%s後' % c.replace('\U000e0100', '') in mupdf,
              '%s from mutool' % c)


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as out:
        check_report(program, out)
        check_rare(program, out)
        check_characters(program, out)
    return tally.end()


sys.exit(main())

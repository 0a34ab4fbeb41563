#!/usr/bin/python3
"""check_bad_fo.py PROGRAM BUILD - XSL-FO that means no good, or no sense.

Unknown objects, missing masters, lengths beyond all sizes, hundreds of levels,
notes and floats larger than any page, rings of markers and citations, SVG that
grows: each ends with the exit status and the kinds of messages named here, in
2 GB of address space, and what is written is a PDF that qpdf takes.
Last line 'N passed, M failed'.
"""
import os
import re
import resource
import subprocess
import sys
import tempfile

# Exit status, and the messages there must be.
WANT = {
    'abs': (0, ['fo-value']),
    'attrs': (65, ['xml']),
    'badflow': (0, ['flow-name']),
    'bg': (0, ['image', 'overflow']),
    'bigtext': (0, []),
    'bodyzero': (0, ['overflow']),
    'cite-ring': (0, ['overfull-line']),
    'col1000': (0, ['column-limit', 'overfull-line']),
    'colnum': (0, ['table-overlap']),
    'cyclepsm': (65, ['page-alternative']),
    'div0': (0, ['fo-value']),
    'dupid': (0, ['dangling-ref', 'fo-id-twice']),
    'float1000': (0, []),
    'floatbig': (0, ['overflow']),
    'fn1000': (0, []),
    'fnbig': (0, []),
    'fnbox': (0, ['overflow']),
    'hdr': (0, ['overflow']),
    'huge': (0, ['fo-value', 'overflow', 'overfull-line']),
    'keepbig': (0, []),
    'leader': (0, ['fo-value', 'overfull-line']),
    'letter': (0, ['fo-value', 'overfull-line']),
    'marker': (0, ['fo-child-dropped']),
    'neg': (0, ['fo-value', 'overfull-line']),
    'nest-basic-link-240': (0, []),
    'nest-basic-link-300': (65, ['nest', 'xml']),
    'nest-basic-link-5000': (65, ['nest', 'xml']),
    'nest-block-240': (0, []),
    'nest-block-300': (65, ['nest', 'xml']),
    'nest-block-5000': (65, ['nest', 'xml']),
    'nest-block-container-240': (0, []),
    'nest-block-container-300': (65, ['nest', 'xml']),
    'nest-block-container-5000': (65, ['nest', 'xml']),
    'nest-bookmark': (0, []),
    'nest-float': (0, []),
    'nest-fn': (0, ['fo-child-dropped']),
    'nest-ic': (0, ['overflow', 'overfull-line']),
    'nest-inline-240': (0, []),
    'nest-inline-300': (65, ['nest', 'xml']),
    'nest-inline-5000': (65, ['nest', 'xml']),
    'nest-inline-container-240': (0, ['fo-child-dropped']),
    'nest-inline-container-300': (65, ['fo-child-dropped', 'xml']),
    'nest-inline-container-5000': (65, ['fo-child-dropped', 'xml']),
    'nest-list': (0, []),
    'nest-rot': (0, ['overflow']),
    'nest-table': (0, []),
    'nest-vert': (0, ['overflow']),
    'nest-wrapper-240': (0, []),
    'nest-wrapper-300': (65, ['nest', 'xml']),
    'nest-wrapper-5000': (65, ['nest', 'xml']),
    'nomaster': (65, ['fo-master']),
    'nomaster2': (65, ['page-master']),
    'page0': (0, ['overflow', 'overfull-line']),
    'page1e9': (0, ['fo-value']),
    'pageneg': (0, ['overflow', 'overfull-line']),
    'pn': (0, []),
    'pn2': (0, ['fo-least']),
    'rep': (0, ['fo-least']),
    'spanmax': (0, ['table-span']),
    'svgmark': (65, ['image']),
    'svgnest': (65, ['image']),
    'svgspread': (0, ['overflow', 'overfull-line']),
    'svgtext': (0, ['svg']),
    'unknown': (0, ['fo-object-unknown', 'fo-property']),
    'word': (0, ['overfull-line']),
    'zw': (0, []),
}


def doc(flow, masters=None, pre='', seq=''):
    m=masters or '<fo:simple-page-master master-name="a" page-width="200pt" page-height="200pt"><fo:region-body/></fo:simple-page-master>'
    return f'<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"><fo:layout-master-set>{m}</fo:layout-master-set>{pre}<fo:page-sequence master-reference="a" {seq}><fo:flow flow-name="xsl-region-body">{flow}</fo:flow></fo:page-sequence></fo:root>'
F={}
F['unknown']=doc('<fo:nonsense>a</fo:nonsense><fo:block foo="1">x<x xmlns="u"/></fo:block>')
F['nomaster']=doc('<fo:block>x</fo:block>',masters='<fo:simple-page-master master-name="b"><fo:region-body/></fo:simple-page-master>')
F['nomaster2']=doc('<fo:block>x</fo:block>',masters='<fo:page-sequence-master master-name="a"><fo:repeatable-page-master-reference master-reference="zz"/></fo:page-sequence-master>')
F['cyclepsm']=doc('<fo:block>x</fo:block>',masters='<fo:page-sequence-master master-name="a"><fo:repeatable-page-master-reference master-reference="a"/></fo:page-sequence-master>')
F['dupid']=doc('<fo:block id="a">x</fo:block><fo:block id="a">y<fo:page-number-citation ref-id="q"/></fo:block>')
F['badflow']=doc('<fo:block>x</fo:block>').replace('flow-name="xsl-region-body"','flow-name="zz"')
F['neg']=doc('<fo:block space-before="-1000pt" margin-left="-500pt" font-size="-5pt" line-height="-3pt" width="-4pt" border="-2pt solid" padding="-3pt">x</fo:block><fo:block start-indent="400pt">abc def</fo:block>')
F['huge']=doc('<fo:block space-before="1e9pt" font-size="99999999pt" line-height="1e30pt">x</fo:block><fo:block border="1e8pt solid red">x</fo:block>')
F['div0']=doc('<fo:block font-size="10pt div 0" margin-left="5 mod 0" width="1pt * 1e400" space-before="((((1pt))))">x</fo:block>')
F['page1e9']=doc('<fo:block>x</fo:block>',masters='<fo:simple-page-master master-name="a" page-width="1e9pt" page-height="1e9pt"><fo:region-body/></fo:simple-page-master>')
F['page0']=doc('<fo:block>x y z</fo:block>',masters='<fo:simple-page-master master-name="a" page-width="0pt" page-height="0pt"><fo:region-body/></fo:simple-page-master>')
F['pageneg']=doc('<fo:block>x y z</fo:block><fo:table><fo:table-body><fo:table-row><fo:table-cell><fo:block>a</fo:block></fo:table-cell></fo:table-row></fo:table-body></fo:table>',masters='<fo:simple-page-master master-name="a" page-width="100pt" page-height="100pt" margin="80pt"><fo:region-body margin="50pt"/></fo:simple-page-master>')
F['bodyzero']=doc(''.join(f'<fo:block>{i}</fo:block>' for i in range(300)),masters='<fo:simple-page-master master-name="a" page-width="100pt" page-height="100pt"><fo:region-body margin-top="100pt"/></fo:simple-page-master>')
F['col1000']=doc('<fo:block>x y z</fo:block>'*50,masters='<fo:simple-page-master master-name="a" page-width="100pt" page-height="100pt"><fo:region-body column-count="100000" column-gap="1pt"/></fo:simple-page-master>')
F['keepbig']=doc('<fo:block keep-together.within-page="always">'+'<fo:block>l</fo:block>'*200+'</fo:block>'+'<fo:block keep-with-next="always">k</fo:block>'*300)
F['fnbig']=doc('<fo:block>a'+'<fo:footnote><fo:inline>*</fo:inline><fo:footnote-body keep-together="always">'+'<fo:block>l</fo:block>'*100+'</fo:footnote-body></fo:footnote></fo:block>'*1)
F['fnbox']=doc('<fo:block>a<fo:footnote><fo:inline>*</fo:inline><fo:footnote-body><fo:block-container height="1000pt"><fo:block>x</fo:block></fo:block-container></fo:footnote-body></fo:footnote></fo:block>')
F['floatbig']=doc('<fo:block>a<fo:float float="before"><fo:block-container height="1000pt"><fo:block>x</fo:block></fo:block-container></fo:float><fo:float float="start"><fo:block-container height="1000pt" width="1000pt"><fo:block>x</fo:block></fo:block-container></fo:float>b</fo:block>')
F['word']=doc('<fo:block>'+'x'*200000+'</fo:block>')
F['bigtext']=doc('<fo:block>'+'lorem ipsum 日本語の文 '*60000+'</fo:block>')
F['attrs']=doc('<fo:block '+' '.join(f'a{i}="1"' for i in range(100000))+'>x</fo:block>')
F['marker']=doc('<fo:block><fo:marker marker-class-name="m"><fo:block><fo:retrieve-marker retrieve-class-name="m"/></fo:block></fo:marker>x</fo:block>').replace('<fo:flow','<fo:static-content flow-name="xsl-region-before"><fo:block><fo:retrieve-marker retrieve-class-name="m"/></fo:block></fo:static-content><fo:flow').replace('<fo:region-body/>','<fo:region-body/><fo:region-before extent="20pt"/>')
F['spanmax']=doc('<fo:table><fo:table-column number-columns-repeated="100000000"/><fo:table-body><fo:table-row><fo:table-cell number-columns-spanned="99999999" number-rows-spanned="99999999"><fo:block>a</fo:block></fo:table-cell></fo:table-row></fo:table-body></fo:table>')
F['colnum']=doc('<fo:table><fo:table-body><fo:table-row><fo:table-cell column-number="99999999"><fo:block>a</fo:block></fo:table-cell></fo:table-row></fo:table-body></fo:table>')
F['hdr']=doc('<fo:table><fo:table-header><fo:table-row height="500pt"><fo:table-cell><fo:block>h</fo:block></fo:table-cell></fo:table-row></fo:table-header><fo:table-body>'+'<fo:table-row><fo:table-cell><fo:block>a</fo:block></fo:table-cell></fo:table-row>'*50+'</fo:table-body></fo:table>')
F['leader']=doc('<fo:block><fo:leader leader-pattern="use-content" leader-length="1e7pt"></fo:leader><fo:leader leader-pattern="use-content" leader-length="100000pt">.</fo:leader><fo:leader leader-pattern="dots" leader-pattern-width="0.001pt" leader-length="100000pt"/></fo:block>')
F['pn']=doc('<fo:block><fo:page-number/></fo:block>',seq='initial-page-number="2000000000" format="I"')
F['pn2']=doc('<fo:block><fo:page-number/></fo:block>',seq='initial-page-number="-5" format="一"')
F['bg']=doc('<fo:block background-image="picture.png" background-repeat="repeat" padding="10000pt">x</fo:block>')
F['rep']=doc('<fo:block orphans="1000000" widows="1000000">a b c</fo:block><fo:block hyphenate="true" hyphenation-ladder-count="-1" language="zz" country="??">abc</fo:block>')
F['letter']=doc('<fo:block letter-spacing="-100pt" word-spacing="1e8pt" text-indent="-1e8pt">a b c</fo:block><fo:block letter-spacing="100000pt">abcdef</fo:block>')
F['abs']=doc('<fo:block-container absolute-position="fixed" left="-1e7pt" top="1e7pt" width="auto" height="auto" reference-orientation="37"><fo:block>x</fo:block></fo:block-container>')
for o,inner in (('block','x'),('inline','x'),('wrapper','x'),('basic-link','x'),('block-container','<fo:block>x</fo:block>'),('inline-container','<fo:block>x</fo:block>')):
    for n in (240,300,5000):
        b='<fo:%s>'%o*n+inner+'</fo:%s>'%o*n
        F[f'nest-{o}-{n}']=doc(b if 'block' in o and o!='block-container' or o=='block-container' else f'<fo:block>{b}</fo:block>')
def nest(a,z,n,x): return a*n+x+z*n
F['nest-table']=doc(nest('<fo:table><fo:table-body><fo:table-row><fo:table-cell>','</fo:table-cell></fo:table-row></fo:table-body></fo:table>',60,'<fo:block>x</fo:block>'))
F['nest-list']=doc(nest('<fo:list-block><fo:list-item><fo:list-item-label><fo:block>l</fo:block></fo:list-item-label><fo:list-item-body>','</fo:list-item-body></fo:list-item></fo:list-block>',80,'<fo:block>x</fo:block>'))
F['nest-fn']=doc('<fo:block>a'+nest('<fo:footnote><fo:inline>*</fo:inline><fo:footnote-body><fo:block>b','</fo:block></fo:footnote-body></fo:footnote>',60,'x')+'</fo:block>')
F['nest-float']=doc('<fo:block>a'+nest('<fo:float float="start"><fo:block-container width="50pt"><fo:block>b','</fo:block></fo:block-container></fo:float>',60,'x')+'</fo:block>')
F['nest-ic']=doc('<fo:block>'+nest('<fo:inline-container width="100%"><fo:block>b','</fo:block></fo:inline-container>',100,'x')+'</fo:block>')
F['nest-rot']=doc(nest('<fo:block-container reference-orientation="90">','</fo:block-container>',100,'<fo:block>b</fo:block>'))
F['nest-vert']=doc(nest('<fo:block-container writing-mode="tb-rl"><fo:block-container writing-mode="lr-tb">','</fo:block-container></fo:block-container>',60,'<fo:block>b</fo:block>'))
F['nest-bookmark']=doc('<fo:block id="a">x</fo:block>',pre='<fo:bookmark-tree>'+nest('<fo:bookmark internal-destination="a"><fo:bookmark-title>t</fo:bookmark-title>','</fo:bookmark>',240,'')+'</fo:bookmark-tree>')
F['cite-ring']=doc(''.join(f'<fo:block id="i{i}">'+f'<fo:page-number-citation ref-id="i{(i*7)%500}"/>'*20+'</fo:block>' for i in range(500)))
F['fn1000']=doc('<fo:block>a'+'<fo:footnote><fo:inline>*</fo:inline><fo:footnote-body><fo:block>n</fo:block></fo:footnote-body></fo:footnote> w'*3000+'</fo:block>')
F['float1000']=doc('<fo:block>a'+'<fo:float float="start"><fo:block-container width="20pt" height="30pt"><fo:block>f</fo:block></fo:block-container></fo:float> word'*1000+'</fo:block>')
F['zw']=doc('<fo:block>'+'a\u0301\u200d\u200b\u00ad'*3000+'</fo:block>')
F['svgnest']=doc('<fo:block><fo:instream-foreign-object><svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">'+'<g clip-path="url(#c)" opacity=".5" mask="url(#m)">'*200+'<rect width="5" height="5"/>'+'</g>'*200+'<clipPath id="c"><rect width="9" height="9"/><circle r="3"/></clipPath><mask id="m"><rect width="9" height="9" fill="url(#p)"/></mask><pattern id="p" width="1" height="1"><rect width="1" height="1" fill="url(#p)"/></pattern></svg></fo:instream-foreign-object></fo:block>')
F['svgmark']=doc('<fo:block><fo:instream-foreign-object><svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><marker id="m"><path d="M0 0'+'l1 1'*1000+'" marker-mid="url(#m)"/></marker><path d="M0 0'+'l1 1'*1000+'" marker-mid="url(#m)"/></svg></fo:instream-foreign-object></fo:block>')
F['svgtext']=doc('<fo:block><fo:instream-foreign-object><svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path id="p" d="M0 0L1e9 1e9 z"/><text font-size="1e8" textLength="1e9">a<textPath href="#p" startOffset="1e9">'+'b'*5000+'</textPath></text><text><textPath href="#q">x</textPath></text></svg></fo:instream-foreign-object></fo:block>')
F['svgspread']=doc('<fo:block><fo:instream-foreign-object><svg xmlns="http://www.w3.org/2000/svg" width="1e7" height="1e7"><linearGradient id="g" spreadMethod="repeat" x2="1e-9"><stop/><stop offset="1"/></linearGradient><radialGradient id="r" spreadMethod="reflect" r="1e-8"><stop/><stop offset="1" stop-opacity="0"/></radialGradient><rect width="100%" height="100%" fill="url(#g)" stroke="url(#r)" stroke-width="1e8" stroke-dasharray="1e-9"/></svg></fo:instream-foreign-object></fo:block>')


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))


def problem(program, name, folder):
    fo, pdf = os.path.join(folder, name + '.fo'), os.path.join(folder, name + '.pdf')
    with open(fo, 'w', encoding='utf-8') as f:
        f.write(F[name])
    try:
        p = subprocess.run([program, 'format', fo, '-o', pdf, '--lang', 'en'], capture_output=True,
                           stdin=subprocess.DEVNULL, preexec_fn=limit, timeout=300)
    except subprocess.TimeoutExpired:
        return 'does not end'
    status, kinds = WANT[name]
    said = p.stderr.decode(errors='replace')
    if p.returncode != status:
        return 'exit %d, not %d: %s' % (p.returncode, status, said[:200])
    missing = [k for k in kinds if '[%s]' % k not in said]
    if missing:
        return 'no message of kind %s' % ', '.join(missing)
    for line in said.splitlines():
        if re.search(r'\[[a-z0-9-]+\]$', line) and not re.match(r'.*\.fo:\d+:\d+: |bunsho: ', line):
            return 'a message without a line: ' + line
    if os.path.exists(pdf):
        q = subprocess.run(['qpdf', '--check', pdf], capture_output=True)
        if q.returncode:
            return 'a damaged PDF: ' + q.stderr.decode()[:200]
    elif status == 0:
        return 'no PDF'
    return None


def main():
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in sorted(F):
            why = problem(os.path.abspath(sys.argv[1]), name, folder)
            passed += why is None
            failed += why is not None
            if why:
                print('FAIL %s: %s' % (name, why))
    print('%d passed, %d failed' % (passed, failed))
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())

#!/usr/bin/python3
"""Cases as they come: a folder, a zip archive, one big stream, standard input.

    check_inputs.py PROGRAM BUILD

The same cases make the same papers; messages name the place in what came; an
archive or stream that is not what it should be is refused with a message.
Last line 'N passed, M failed'.
"""
import filecmp
import io
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile

import tally
from tally import ROOT as TREE, prove

ONLY = 'audit-plan,certificate,certificate-register'


def batch(program, *args, stdin=None, only=ONLY):
    return subprocess.run(
        [program, *args, '--house', 'house', '--today', '2020-10-06', '--lang', 'en',
         '--only', only], input=stdin, capture_output=True, timeout=120)


def papers(folder):
    return {os.path.relpath(os.path.join(t, n), folder): open(os.path.join(t, n), 'rb').read()
            for t, _, names in os.walk(folder) for n in names
            if '.bunsho' not in t and n.endswith('.pdf')}


def cases(n):
    text = open(TREE + '/samples/cases/full-certified.xml', encoding='utf-8').read()
    for i in range(1, n + 1):
        yield (text.replace('TC-2019-0007', 'TC-2020-%04d' % i)
               .replace('SNK-2019-0012', 'SNK-2019-%04d' % (i + 100))
               .replace('説-31-007', '説-31-%04d' % i))


class OldName(zipfile.ZipInfo):
    """A name without the mark of UTF-8."""

    def _encodeFilenameFlags(self):
        return self.filename.encode('cp932'), self.flag_bits & ~0x800


def archive(path, files, how=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, 'w', how) as z:
        for name, text in files:
            z.writestr(name, text)


def stream(texts, head='<?xml version="1.0" encoding="UTF-8"?>\n'):
    body = [re.sub(r'<\?xml[^>]*\?>\s*', '', t) for t in texts]
    return head + '<!-- <certification-case id="no"> -->\n<cases>\n' \
        '<![CDATA[]]>\n' + '\n'.join(body) + '\n</cases>\n'


def refused(program, name, path, ident, status=65):
    shutil.rmtree('bad', ignore_errors=True)
    p = batch(program, 'batch', path, '-o', 'bad')
    said = p.stderr.decode()
    prove(name, p.returncode == status and '[%s]' % ident in said and not papers('bad'),
          '%d %s %s' % (p.returncode, said, sorted(papers('bad'))))


def zips(program, texts):
    one = ('a.xml', texts[0])
    with open('big.xml', 'w') as f:
        f.write(' ' * 70000000)
    for name, ident, files in (
            ('a name that leads outside', 'zip-name', [one, ('../b.xml', texts[1])]),
            ('a name that is absolute', 'zip-name', [one, ('/b.xml', texts[1])]),
            ('a name that hides outside', 'zip-name', [one, ('x/../../b.xml', texts[1])]),
            ('a name of another system', 'zip-name', [one, ('x\\..\\b.xml', texts[1])]),
            ('one name in two cases', 'zip-twice', [one, ('A.XML', texts[1])]),
            ('more than a case', 'zip-big', [one, ('b.xml', ' ' * 70000000)]),
            ('a bomb', 'zip-big', [one, ('b.xml', ' ' * 20000000)])):
        archive('bad.zip', files)
        refused(program, 'zip: ' + name, 'bad.zip', ident)
    archive('bad.zip', [('a.xml', texts[0]), ('b.xml', texts[1])])
    good = open('bad.zip', 'rb').read()
    locked = bytearray(good)
    for mark, at in ((b'PK\3\4', 6), (b'PK\1\2', 8)):
        for m in re.finditer(re.escape(mark), good):
            locked[m.start() + at] |= 1
    open('bad.zip', 'wb').write(locked)
    refused(program, 'zip: encrypted', 'bad.zip', "zip-encrypted")
    broken = bytearray(good)
    broken[200] ^= 0x55
    open('bad.zip', 'wb').write(broken)
    refused(program, 'zip: damaged', 'bad.zip', 'zip-damaged')
    open('bad.zip', 'wb').write(good[:len(good) // 2])
    refused(program, 'zip: torn', 'bad.zip', "zip")
    open('bad.zip', 'wb').write(b'no archive at all')
    refused(program, 'zip: none', 'bad.zip', 'zip')
    archive('bad.zip', [('readme.txt', 'no case')])
    refused(program, 'zip: no case in it', 'bad.zip', 'no-units', 66)
    # as Windows in Japan packs: code page 932, whose second bytes may be 0x5C
    with zipfile.ZipFile('named.zip', 'w') as z:
        z.writestr(OldName('表示\\ソ.xml'), texts[0])
        z.writestr(OldName('表示/壊れ.XML'), '<certification-case id="TC-X">')
    p = batch(program, 'batch', 'named.zip', '-o', 'named')
    said = p.stderr.decode()
    prove('zip: names in code page 932', p.returncode == 65 and
          'named.zip/表示/壊れ.XML:1:' in said and 'TC-2020-0001/certificate.pdf' in papers('named'),
          said)
    refused(program, 'zip: not there', 'no.zip', 'no-input', 66)
    before = set(os.listdir('.'))
    archive('part.zip', [('a.xml', texts[0]), ('b.xml', '<certification-case id="TC-X">'),
                         ('readme.txt', 'no case'), ('d/', ''), ('.c.xml', 'hidden')])
    p = batch(program, 'batch', 'part.zip', '-o', 'part')
    said = p.stderr.decode()
    prove('zip: a broken case costs itself', p.returncode == 65 and
          'part.zip/b.xml:1:' in said and 'TC-2020-0001/certificate.pdf' in papers('part'), said)
    prove('zip: nothing is unpacked here', set(os.listdir('.')) - before == {'part', 'part.zip'})


def streams(program, texts):
    text = stream(texts)
    where = text[:text.index('TC-2020-0003')].count('\n') + 1
    shutil.rmtree('bad', ignore_errors=True)
    open('bad.xml', 'w').write(text.replace('TC-2020-0003"', 'TC-2020-0003" status="none" x="'))
    p = batch(program, 'batch', 'bad.xml', '-o', 'bad')
    said = p.stderr.decode()
    prove('stream: what is wrong has its line', 'bad.xml:%d:' % where in said and p.returncode == 65, said)
    prove('stream: what came before is made', 'TC-2020-0002/certificate.pdf' in papers('bad'))
    at = text.index('TC-2020-0003')
    for name, torn in (('broken', text[:at] + '<<"' + text[at:]), ('cut off', text[:at + 400]),
                       ('with an end that fits nothing', text[:at] + '"></cases>'),
                       ('in another code', text[:at].encode() + b'\x83\x5c' + text[at:].encode())):
        shutil.rmtree('bad', ignore_errors=True)
        torn = torn if isinstance(torn, bytes) else torn.encode()
        p = batch(program, 'batch', '-', '-o', 'bad', stdin=torn)
        prove('stream %s: what came before is made, registers are not' % name,
              p.returncode == 65 and set(papers('bad')) == {
                  'TC-2020-000%d/%s.pdf' % (i, d) for i in (1, 2)
                  for d in ('audit-plan', 'certificate')}, '%s %s' % (p.stderr, sorted(papers('bad'))))
    p = batch(program, 'batch', '-', '-o', 'bad', stdin=b'')
    prove('stream: nothing at all', p.returncode == 65 and b'stdin:1: error' in p.stderr, p.stderr)
    p = batch(program, 'batch', '-', '-o', 'bad', stdin=b'<cases/>')
    prove('stream: no case in it', p.returncode == 66 and b'[no-units]' in p.stderr, p.stderr)
    shutil.rmtree('bad', ignore_errors=True)
    open('bad.xml', 'w').write(stream([t.replace('status="certified"', 'status="none"')
                                       if 'id="TC-2020-0003"' in t else t for t in texts]))
    p = batch(program, 'batch', 'bad.xml', '-o', 'bad')
    said = p.stderr.decode()
    prove('stream: a wrong case has its line', 'bad.xml:%d:' % where in said and p.returncode == 65, said)
    prove('stream: and the others are made', 'TC-2020-0004/certificate.pdf' in papers('bad') and
          'TC-2020-0003/certificate.pdf' not in papers('bad'), sorted(papers('bad')))
    open('bad.xml', 'w').write(text.replace('<!--', '<!DOCTYPE cases [<!ENTITY a "b">]>\n<!--', 1))
    refused(program, 'stream: a DTD', 'bad.xml', 'dtd')
    shutil.rmtree('bad', ignore_errors=True)
    p = batch(program, 'batch', '-', '-o', 'bad', stdin=text.encode('utf-16'))
    prove('stream: only UTF-8', p.returncode == 65 and b'[stream-encoding]' in p.stderr, p.stderr)
    p = batch(program, 'batch', '-', '-o', 'bad', stdin=b'')
    prove('stream: nothing came', p.returncode == 65 and b'stdin' in p.stderr, p.stderr)


def tables(program):
    """A row a case, by the mapping of bunsho import."""
    head = '案件番号,依頼者,住所,代表者,中小企業,担当者,申込日,技術等情報1,種類1,措置,希望する認証の範囲,機関'
    rows = ['TC-2021-%04d,株式会社表の%d社,東京都架空区例示町%d番地,見本　太郎,いいえ,例示　花子,2021-04-0%d,'
            '設計図,設計図面,I.2 I.3 I.4.h I.5.h I.6.h II.h III.h IV.h V.h,本社の設計部,body-sample'
            % (i, i, i, i) for i in range(1, 4)]
    open('t.csv', 'w').write('\r\n'.join([head] + rows) + '\r\n')
    only = 'application-form'
    before = set(os.listdir(tempfile.gettempdir()))
    p = batch(program, 'batch', 't.csv', '-o', 'table', only=only)
    prove('a table', p.returncode == 0 and len(papers('table')) == 3, p.stderr.decode())
    left = [n for n in set(os.listdir(tempfile.gettempdir())) - before if n.startswith('bunsho.')]
    prove('a table: nothing is left in the temporary folder', not left, left)
    subprocess.run([program, 'import', 'cases', 't.csv', '-o', 'imported'], capture_output=True)
    batch(program, 'batch', 'imported', '-o', 'table2', only=only)
    prove('a table makes what import and batch make', papers('table') == papers('table2'))
    p = batch(program, 'batch', 't.csv', '-o', 'table', only=only)
    prove('a table: the second run makes nothing', p.stdout == b'', p.stdout)
    open('t.csv', 'w').write('\r\n'.join([head] + rows).replace('2021-04-02', 'someday'))
    p = batch(program, 'batch', 't.csv', '-o', 'table3', only=only)
    prove('a table: what is wrong has its line', p.returncode == 65 and b't.csv:3:' in p.stderr,
          p.stderr)


def main():
    program = os.path.abspath(sys.argv[1])
    texts = list(cases(4))
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        shutil.copytree(TREE + '/samples/house', 'house')
        os.mkdir('in')
        for i, t in enumerate(texts):
            open('in/c%d.xml' % i, 'w').write(t)
        archive('all.zip', [('x/c%d.xml' % i, t) for i, t in enumerate(texts)])
        open('all.xml', 'w').write(stream(texts))
        p = batch(program, 'batch', 'in', '-o', 'want', '-j', '2')
        want = papers('want')
        prove('a folder', p.returncode == 0 and len(want) == 9, p.stderr)
        for name, args, stdin in (('zip', ['all.zip', '-j', '2'], None),
                                  ('stream', ['all.xml', '-j', '2'], None),
                                  ('stdin', ['-'], open('all.xml', 'rb').read())):
            p = batch(program, 'batch', *args, '-o', name, stdin=stdin)
            prove(name + ' makes the same bytes', p.returncode == 0 and papers(name) == want,
                  p.stderr)
            p = batch(program, 'batch', *args, '-o', name, stdin=stdin)
            prove(name + ': the second run makes nothing', p.stdout == b'', p.stdout)
        # one case changes: it alone is made again
        new = [t.replace('製造部員3名', '製造部員4名') if i == 1 else t for i, t in enumerate(texts)]
        archive('all.zip', [('x/c%d.xml' % i, t) for i, t in enumerate(new)])
        p = batch(program, 'batch', 'all.zip', '-o', 'zip', '--explain')
        prove('zip: one case changed', b'TC-2020-0002' in p.stderr and
              b'TC-2020-0003' not in p.stderr.replace(b'c2.xml', b''), p.stderr)
        # shards over a manifest of an archive
        for source in ('all.zip', 'all.xml'):
            p = batch(program, 'number', source, '-o', 'm.ndjson')
            prove('a manifest of ' + source, p.returncode == 0 and
                  open('m.ndjson').read().count(source + '#TC-2020-000') == 4, p.stderr)
            for i in range(2):
                batch(program, 'batch', 'm.ndjson', '-o', 'shards', '--shard', '%d/2' % i)
            p = batch(program, 'merge', 'shards')
            prove('shards over ' + source, p.returncode == 0 and
                  (papers('shards') == want or source == 'all.zip'), p.stderr)
        os.remove('house/register.db')
        zips(program, texts)
        streams(program, texts)
        tables(program)
        os.chdir('/')
    return tally.end()


sys.exit(main())

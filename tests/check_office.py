#!/usr/bin/python3
"""Many cases as an office has them: what is issued, what is told, what goes on.

    check_office.py PROGRAM BUILD

Cases without any number, all papers of each; lists with faulty lines; runs that
end early. Last line 'N passed, M failed'.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import tally
from tally import ROOT as TREE, prove

SAMPLES = os.path.join(TREE, 'samples')
TODAY = '2020-10-06'


class Office:
    """A program, and the house that it works for."""

    def __init__(self, program, house):
        self.program, self.house = program, house
        shutil.copytree(SAMPLES + '/house', house)

    def run(self, *args, today=TODAY, lang='en', **more):
        p = subprocess.run([self.program, *args, '--house', self.house, '--today', today,
                            '--lang', lang], capture_output=True, timeout=120, **more)
        p.out, p.err = p.stdout.decode(), p.stderr.decode()
        return p

    def register(self, *args, **more):
        return [l.split('\t') for l in self.run('register', *args, **more).out.splitlines()]


def sample(name, ident=None):
    """A sample case as it is before any number was given."""
    text = open('%s/cases/%s.xml' % (SAMPLES, name), encoding='utf-8').read()
    text = re.sub(r'(<(certificate|plan|report|notice|contract|document)( [^>]*)?) number="[^"]*"',
                  r'\1', text)
    return re.sub(r'\bid="TC-[^"]*"', 'id="%s"' % ident, text, count=1) if ident else text


def put(path, text):
    os.makedirs(os.path.dirname(path) or '.', exist_ok=True)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return path


COMPLAINT = '<complaints><complaint id="C-1" kind="complaint" received="2020-07-20" ' \
    'completed="2020-08-20" notified="2020-08-25" handlers="A-005"><person>見本一子</person>' \
    '<description>対応の遅れ</description><outcome>手順を改めた</outcome></complaint></complaints>'


def text_of(pdf):
    return subprocess.run(['pdftotext', '-layout', pdf, '-'], capture_output=True).stdout.decode()


def issuing(program):
    """All papers of cases that have a nonconformity of the same id each."""
    office = Office(program, 'h.issue')
    for i in (1, 2):
        put('issue/c%d.xml' % i, sample('full-certified', 'TC-2020-%04d' % i))
    text = sample('lapsed', 'TC-2020-0003')
    put('issue/c3.xml', text.replace(
        '<documents>', '<documents><document kind="lapse-notice" date="2020-09-01" class="K1"/>'
        '<document kind="complaint-result-notice" date="2020-08-25" class="K2"/>')
        .replace('<documents>', COMPLAINT + '<documents>'))
    put('issue/c4.xml', sample('resumed', 'TC-2020-0004')) # not decided yet
    p = office.run('batch', 'issue', '-o', 'issued', '--issue', '-j', '2')
    prove('issue: papers of all kinds of several cases', p.returncode == 0,
          [l for l in p.err.splitlines() if 'error' in l])
    rows = office.register('list')
    prove('issue: the id of a nonconformity is no number of the body',
          rows and not [r for r in rows if r[2].startswith('NC-')], rows)
    prove('issue: papers that are counted so are made all the same',
          os.path.exists('issued/TC-2020-0001/corrective-action-request.pdf'))
    prove('issue: the register of papers kept is made',
          'TC-2020-0004' in text_of('issued/body-sample/document-retention-register.pdf'), p.err)
    notice = [r for r in rows if r[4] == 'lapse-notice']
    prove('issue: a letter of the list of documents gets a number of the letters',
          [r[2] for r in notice] == ['サ機審第2-1号'], notice)
    kept = {r[4]: r[11:13] for r in rows if r[3] == 'TC-2020-0003'}
    prove('issue: kept from the contract (K1), from the end of a complaint (K2)',
          kept.get('lapse-notice') == ['K1', '2022-07-12'] and
          kept.get('complaint-result-notice') == ['K2', '2023-08-20'], kept)
    prove('issue: and says it', 'サ機審第2-1号' in text_of('issued/TC-2020-0003/lapse-notice.pdf'))
    prove('issue: no number is given that no paper goes by',
          not office.register('list', 'missing'), office.register('list', 'missing'))


def said(p):
    """Places and ids of what was said."""
    return [(m[1], m[2]) for m in re.finditer(r'(?m)^(\S+?): (?:error|warning): .*\[([a-z-]+)\]$', p.err)]


def lists(program):
    """Manifests with faulty lines: each costs its case, and is named."""
    office = Office(program, 'h.lists')
    for i in (1, 2, 3):
        put('l/c%d.xml' % i, sample('refused', 'TC-2020-000%d' % i))
    put('list.ndjson', '\ufeff' + '\r\n'.join((
        '{"path":"l/c1.xml","id":"TC-2020-0001"}', '{"path":"l/c2.xml",', '[1]', '',
        '{"id":"TC-2020-0002"}', '{"path": 5}', '{"path":"l/c2.xml","id":"TC-2020-0009"}',
        '{"path":"l/c2.xml","numbers":{"audit-plan":7}}', '{"path":"l/c2.xml","today":"2020-02-30"}',
        '{"path":"l/none.xml"}', '{"path":"l/c3.xml","today":"2020-10-07","顧客":1}')) + '\r\n')
    p = office.run('batch', 'list.ndjson', '-o', 'listed', '--only', 'audit-plan,certificate-register',
                   '--report', 'listed.html')
    prove('list: faulty lines end with the worst status', p.returncode == 66, p.err)
    prove('list: the others are made', sorted(os.listdir('listed')) ==
          ['.bunsho', 'TC-2020-0001', 'TC-2020-0003'], os.listdir('listed'))
    got = [x for x in said(p) if x[0].startswith('list.ndjson')]
    prove('list: every fault by line and column', got == [
        ('list.ndjson:2:1', "manifest"), ('list.ndjson:3:1', "manifest"),
        ('list.ndjson:5:1', 'manifest-key'), ('list.ndjson:6:2', 'manifest-key'),
        ('list.ndjson:8:20', 'manifest-key'), ('list.ndjson:9:20', 'manifest-key'),
        ('list.ndjson:11:41', 'manifest-unknown')], got)
    prove('list: registers are not made of a part', "incomplete" in [x[1] for x in said(p)], p.err)
    report = open('listed.html', encoding='utf-8').read()
    prove('list: the report has them', '>list.ndjson:5</td>' in report and
          'none.xml' in report, report)
    p = office.run('batch', 'list.ndjson', '-o', 'stopped', '--fail-fast')
    prove('list: --fail-fast ends at the first', len(said(p)) == 1 and not os.path.exists('stopped'), p.err)
    put('empty.ndjson', '')
    os.mkdir('empty')
    for name in ('empty.ndjson', 'empty'):
        p = office.run('batch', name, '-o', 'nothing')
        prove('%s: nothing to do is told' % name, p.returncode == 66 and '[no-units]' in p.err, p.err)
    shutil.copy('l/c1.xml', 'l/c4.xml')
    p = office.run('batch', 'l', '-o', 'twins', '--only', 'audit-plan')
    prove('twins: neither is made, the others are', p.returncode == 65 and
          sorted(os.listdir('twins')) == ['.bunsho', 'TC-2020-0002', 'TC-2020-0003'], p.err)
    prove('twins: both are named', [x[0] for x in said(p) if x[1] == "twins"] ==
          ['l/c4.xml', 'l/c1.xml'], p.err)
    put('twice.ndjson', '{"path":"l/c2.xml"}\n' * 2)
    p = office.run('batch', 'twice.ndjson', '-o', 'twice', '--only', 'audit-plan')
    prove('twins: a file that is named twice is made once',
          p.returncode == 65 and os.path.exists('twice/TC-2020-0002/audit-plan.pdf'), p.err)
    os.remove('l/c4.xml')


HEAD = ('案件番号', '依頼者', '住所', '代表者', '中小企業', '担当者', '申込日', '技術等情報', '種類',
        '措置', '希望する認証の範囲')
ROW = ('"株式会社、""甲"""', '東京都架空区1-1', '見本太郎', 'はい', '見本花子', '令和2年4月1日', '図面',
       '設計図', 'I.2 I.3 I.4.h I.5.h I.6.h II.h V.h', '全社')


def tables(program):
    """A row a case; messages name the cell."""
    office = Office(program, 'h.tables')
    only = ('--only', 'application-form,application-receipt')
    rows = [('T-1',) + ROW, ('T-2',) + ROW[:8] + ('I.2',) + ROW[9:],
            ('T-3',) + ROW[:5] + ('2020/4/31',) + ROW[6:], ('',) + ROW, ('T-5',) + ROW,
            ('T-6',) + ROW, ('T-5',) + ROW]
    text = '\r\n'.join(','.join(r) for r in [HEAD] + rows) + '\r\n'
    for name, data in (('u8', text.encode()), ('mark', b'\xef\xbb\xbf' + text.encode()),
                       ('cp932', text.encode('cp932'))):
        with open(name + '.csv', 'wb') as f:
            f.write(data)
        p = office.run('batch', name + '.csv', '-o', name, *only)
        prove('table %s: rows with faults cost themselves' % name, p.returncode == 65 and
              sorted(os.listdir(name)) == ['.bunsho', 'T-1', 'T-6'], '%s %s' % (os.listdir(name), p.err))
        got = [x for x in said(p) if x[0].startswith(name + '.csv:')]
        prove('table %s: they are named by cell' % name, got == [
            (name + '.csv:4:41', 'import-date'), (name + '.csv:5:1', 'import-empty'),
            (name + '.csv:8:1', 'import-twice')], got)
        rules = re.findall(r'(?m)^(%s.csv:\S+): error: .*\[(R\d+)' % name, p.err)
        prove('table %s: and so is what a rule finds' % name,
              rules == [(name + '.csv:3:50', 'R008')], '%s %s' % (rules, p.err))
    prove('table: quotes and commas of a cell', '株式会社、"甲"' in text_of('u8/T-1/application-form.pdf'))
    put('head.csv', ','.join(HEAD) + '\n')
    p = office.run('batch', 'head.csv', '-o', 'head')
    prove('table: no row', p.returncode == 66 and '[no-units]' in p.err, p.err)


def carried_over(program):
    """A register that moves, and one that begins with the numbers of before."""
    office = Office(program, 'h.from')
    put('m/c1.xml', sample('full-certified', 'TC-2020-0001'))
    only = ('--only', 'certificate,certificate-annex')
    office.run('issue', 'm/c1.xml', '-o', 'moved', *only)
    p = office.run('register', 'event', 'withdrawn', 'SNK-2019-0001', 'why', today='2020-10-01')
    prove('event: none before the day of issue', p.returncode == 65 and '[event-date]' in p.err, p.err)
    for day in ('2020-12-01', '2020-12-01'):
        office.run('register', 'event', 'withdrawn', 'SNK-2019-0001', 'why', today=day)
    p = office.run('issue', 'm/c1.xml', '-o', 'moved', '--replace', 'SNK-2019-0001', '--as',
                   'reissued', *only, today='2020-12-02')
    whole = office.run('register', 'export').out
    lines = [json.loads(l) for l in whole.splitlines()]
    prove('event: told twice it is there once',
          [l.get('kind') for l in lines].count('withdrawn') == 2, whole)
    put('export.ndjson', whole)
    other = Office(program, 'h.to')
    for again in ('', ' again'):
        p = other.run('register', 'import', 'export.ndjson')
        prove('export and import: the same register' + again, p.returncode == 0 and
              other.run('register', 'export').out == whole, p.err)
    p = other.run('verify', 'moved/TC-2020-0001/certificate.pdf', '--message-format=json')
    told = json.loads(p.out)
    prove('verify: as JSON', (told['state'], told['number']) == ('reissued', 'SNK-2019-0001'), p.out)
    p = other.run('verify', 'nothing.pdf', 'm')
    prove('verify: why a file cannot be read', p.returncode == 66 and
          '(No such file' in p.err and '(Is a directory)' in p.err, p.err)
    new = Office(program, 'h.new')
    number = '{"unit":"TC-%d","series":"certificate","slot":"certificate-1","number":"%s"}\n'
    put('old.ndjson', number % (1, 'SNK-2019-0040') + '\n' + number % (2, 'S-7'))
    p = new.run('register', 'import', 'old.ndjson')
    prove('import: numbers of before', p.returncode == 0, p.err)
    new.run('issue', 'm/c1.xml', '-o', 'behind', *only)
    prove('import: the series goes on behind them',
          {r[2] for r in new.register('list')} == {'SNK-2019-0041'}, new.register('list'))
    for line, where in ((number % (3, 'S-7'), 'number-used'), ('{', "manifest"), ('[]', "manifest"),
                        ('{"unit":"TC-4"}', 'manifest-key'),
                        ('{"kind":"issued","unit":"a","document":"b","number":"c","date":"2020-01-01"}',
                         'manifest-key'), ('{"kind":"eaten"}', 'manifest-key')):
        put('bad.ndjson', number % (9, 'S-9') + line + '\n')
        p = new.run('register', 'import', 'bad.ndjson')
        prove('import: a faulty line is named, nothing is taken: ' + where,
              said(p) == [('bad.ndjson:2:1', where)] and p.returncode == 65 and
              'S-9' not in new.run('register', 'list', 'numbers').out, p.err)


def makefiles(program):
    """Rules that make works by."""
    office = Office(program, 'h.make')
    case = put('of make/c#1$a:b%.xml', sample('refused', 'TC-2020-0001'))
    put('work.mk', '%.pdf:\n\t@echo remake\ninclude deps.mk\n')
    office.run('batch', 'of make', '-o', 'made of', '--deps', 'deps.mk',
               '--only', 'audit-plan,application-form')
    paper = 'made of/TC-2020-0001/audit-plan.pdf'
    long_ago = os.stat(paper).st_mtime - 1000
    for t, _, names in os.walk('.'):
        for n in names:
            os.utime(os.path.join(t, n), (long_ago, long_ago))

    def make():
        p = subprocess.run(['make', '-f', 'work.mk', paper], capture_output=True)
        return (p.stdout + p.stderr).decode()

    os.utime(paper)
    prove('deps: nothing changed', 'up to date' in make(), make())
    for path in (case, 'h.make/house.xml'):
        later = os.stat(paper).st_mtime + 10
        os.utime(path, (later, later))
        prove('deps: make sees that %s changed' % path, 'remake' in make(), make())
        os.utime(path, (long_ago, long_ago))
    os.remove(case)
    prove('deps: one that is gone is no error', 'remake' in make(), make())
    text = open('deps.mk', encoding='utf-8').read()
    prove('deps: what is shared stands once', text.count('certification-case.rng') == 2, text[:200])


def shards(program):
    """What a shard did not come to, or could not read, merge knows."""
    office = Office(program, 'h.shards')
    for i in range(1, 7):
        put('s/c%d.xml' % i, sample('refused', 'TC-2020-000%d' % i))
    put('part.ndjson', ''.join('{"path":"s/c%d.xml"}\n' % i for i in range(1, 6)) + 'no line\n')
    only = ('--only', 'audit-plan,document-retention-register')
    for i in (0, 1):
        p = office.run('batch', 'part.ndjson', '-o', 'part', '--shard', '%d/2' % i, *only)
        prove('shard %d: a faulty line is told' % i, p.returncode == 65 and
              'part.ndjson:6:' in p.err, p.err)
    p = office.run('merge', 'part', *only)
    prove('merge: the run was not whole', p.returncode == 65 and '[incomplete]' in p.err, p.err)
    lines = [json.loads(l) for l in open('part/results.ndjson', encoding='utf-8')]
    prove('merge: units and the fault are listed once', len(lines) == 6 and
          [l['messages'][0]['line'] for l in lines if 'input' in l] == [6], lines)
    prove('merge: no register of a part', not os.path.exists('part/body-sample'))
    for i in (0, 1):
        office.run('batch', 's', '-o', 'whole', '--shard', '%d/2' % i, *only)
    p = office.run('merge', 'whole', *only)
    prove('merge: a whole run', p.returncode == 0 and
          os.path.exists('whole/body-sample/document-retention-register.pdf'), p.err)
    # the journals of shards that are at work stay: of this machine (this very
    # process is one), and of another; one of a process that has ended goes
    host = os.uname().nodename
    for name in ('-1-of-8-%d@%s' % (os.getpid(), host), '-2-of-8-1@elsewhere', '-3-of-8-4194305@' + host):
        put('whole/.bunsho/journal%s.ndjson' % name, '')
    office.run('batch', 's', '-o', 'whole', '--shard', '1/2', *only)
    left = sorted(n.split('@')[0] for n in os.listdir('whole/.bunsho') if n.startswith('journal'))
    prove('shard: journals of others at work stay', left ==
          ['journal-1-of-8-%d' % os.getpid(), 'journal-2-of-8-1'], left)
    put('s/c0.xml', '<certification-case id="TC-2020-0007">')
    p = office.run('batch', 's', '-o', 'whole', '--shard', '0/1', '--fail-fast', *only)
    prove('shard: one that stopped leaves no results', p.returncode == 65 and
          not os.path.exists('whole/results-0-of-1.ndjson'), p.err)
    os.remove('s/c0.xml')
    for i in range(7, 120):
        put('s/c%d.xml' % i, sample('full-certified', 'TC-2020-%04d' % i).replace(
            'type="service"', 'type="service" '))
    office.run('batch', 's', '-o', 'killed', '--shard', '0/1', '--only', 'audit-plan')
    run = subprocess.Popen([program, 'batch', 's', '-o', 'killed', '--shard', '0/1', '--house',
                            office.house, '--today', '2020-10-08'], stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL)
    run.stdout.readline()
    run.terminate()
    run.communicate(timeout=60)
    prove('shard: one that was ended leaves no results, nor old ones', run.returncode == 143 and
          not os.path.exists('killed/results-0-of-1.ndjson'), run.returncode)


def noise(program):
    """What every case would say is said once."""
    office = Office(program, 'h.noise')
    for i in (1, 2, 3):
        put('n/c%d.xml' % i, sample('refused', 'TC-2020-000%d' % i))
    p = office.run('batch', 'n', '-o', 'n.out', '--only', 'nothing,audit-plan')
    prove('only: an unknown document is told once', p.returncode == 64 and
          [x[1] for x in said(p)] == ['unknown-document'] and not os.path.exists('n.out'), p.err)
    p = office.run('batch', 'n', '-o', 'n.out', '--only', 'certificate,audit-plan', today='2025-01-06')
    ids = [x[1] for x in said(p)]
    prove('only: what no case came to is told once', p.returncode == 0 and
          ids.count('none-due') == 1 and 'not-due' not in ids, p.err)
    prove('the house is told of once', p.err.count('R117') == 1, p.err)
    p = office.run('batch', 'n', '-o', 'n.json', '--only', 'audit-plan', '--message-format=json',
                   today='2025-01-06')
    each = [[m.get('rule') for m in json.loads(l)['messages']].count('R117') for l in p.out.splitlines()]
    prove('in JSON each has its own', each[:3] == [1, 1, 1], p.out)


def main(program):
    program = os.path.abspath(program)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        issuing(program)
        lists(program)
        tables(program)
        carried_over(program)
        makefiles(program)
        shards(program)
        noise(program)
        os.chdir('/')
    return tally.end()


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:2]))

"""What the fault tests run: every command on a small input, in a folder of its
own, with what a run that nothing disturbs makes of it.

A scene has a state before (what an earlier run left) and one after. However a
run ends, each of its files is the one or the other, whole, and what the
register holds lies between the two.
"""
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(os.path.dirname(HERE))
PAPERS = 'certificate,certificate-annex'
TODAY = ['--today', '2020-10-06', '-q']
NEVER = object()


class Result:
    """How a run ended and what stands in its folder."""

    def __init__(self, status, out, err, folder):
        self.status, self.out, self.err = status, out, err
        self.files, self.left = {}, []
        for top, _, names in os.walk(folder):
            for n in sorted(names):
                path = os.path.relpath(os.path.join(top, n), folder)
                if n.endswith(('.part', '.issue')) or n.startswith('#'):
                    self.left.append(path)
                elif not (n.startswith(('register.db', 'journal-', 'state')) or '/.bunsho/' in path):
                    with open(os.path.join(folder, path), 'rb') as f:
                        self.files[path] = hashlib.sha256(f.read()).hexdigest()
        self.rows = register_rows(folder + '/house/register.db')


def register_rows(path):
    """All rows of a register but their row ids; read from a copy, as reading
    mends what a run left."""
    rows = set()
    if not os.path.exists(path):
        return rows
    copy = tempfile.mkdtemp()
    for end in ('', '-wal', '-journal'):
        if os.path.exists(path + end):
            shutil.copy(path + end, copy + '/register.db' + end)
    c = sqlite3.connect(copy + '/register.db')
    try:
        for (name,) in c.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if name.startswith('sqlite_'):
                continue
            for row in c.execute('SELECT * FROM ' + name):
                rows.add((name,) + (row if name == 'number' else row[1:]))
    except sqlite3.DatabaseError as e:
        rows.add(('damaged', str(e)))
    finally:
        c.close()
        shutil.rmtree(copy)
    return rows


class Scene:
    def __init__(self, name, args, first=None, before=None, house=True, status=0):
        self.name, self.args, self.first, self.before = name, args, first, before
        self.house, self.status = house, status

    def prepare(self, program, work):
        """The folder that every run starts from, and an undisturbed run."""
        self.program, self.template = program, os.path.join(work, self.name + '.start')
        shutil.rmtree(self.template, ignore_errors=True)
        os.makedirs(self.template)
        inputs(self.template)
        if self.house:
            shutil.copytree(TREE + '/samples/house', self.template + '/house')
        if self.first:
            p = subprocess.run([program] + self.first, cwd=self.template, capture_output=True,
                               stdin=subprocess.DEVNULL, timeout=120)
            if p.returncode:
                raise RuntimeError('%s: %s' % (self.name, p.stderr.decode()))
        if self.before:
            self.before(self.template)
        self.old = Result(0, b'', b'', self.template)
        self.new = self.run(work + '/' + self.name + '.whole')
        if self.new.status != self.status or self.new.left:
            raise RuntimeError('%s: %s %s %s' % (self.name, self.new.status, self.new.err.decode(),
                                                 self.new.left))

    def fresh(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.template, folder, symlinks=True)

    def run(self, folder, wrap=(), env=None, fresh=True, **more):
        if fresh:
            self.fresh(folder)
        p = subprocess.run(list(wrap) + [self.program] + self.args, cwd=folder, timeout=300,
                           stdin=subprocess.DEVNULL, capture_output=True,
                           env=dict(os.environ, TMPDIR=folder, **(env or {})), **more)
        return Result(p.returncode, p.stdout, p.stderr, folder)

    def faults(self, got, killed=False):
        """What is wrong with the state that a disturbed run left: a list."""
        wrong = []
        for name in set(got.files) | set(self.old.files) | set(self.new.files):
            allowed = (self.old.files.get(name, NEVER), self.new.files.get(name, NEVER))
            if got.files.get(name, NEVER) not in allowed:
                wrong.append('%s is neither old nor new' % name if name in got.files
                             else '%s is gone' % name)
        if got.left and not killed:
            wrong.append('left over: %s' % got.left)
        lost, more = self.old.rows - got.rows, got.rows - self.new.rows
        if lost or more:
            wrong.append('register: lost %s, has %s' % (lost, more))
        return wrong

    def is_new(self, got):
        return got.files == self.new.files and got.rows == self.new.rows and not got.left

    def again(self, folder):
        """The next run after a disturbed one: what is wrong with it."""
        got = self.run(folder, fresh=False)
        if got.status == self.new.status and self.is_new(got):
            return []
        return ['the next run: exit %d, %s %s %s %s' % (
            got.status, got.err.decode(errors='replace')[:300], got.left,
            sorted(set(got.files.items()) ^ set(self.new.files.items()))[:4],
            sorted(got.rows ^ self.new.rows, key=repr)[:3])]


def inputs(folder):
    text = open(TREE + '/samples/cases/full-certified.xml', encoding='utf-8').read()
    new = text.replace('サンプル精機', 'サンプル精機工業')
    bare = re.sub(r'(<(?:certificate|plan|report|notice)(?: [^>]*)?) number="[^"]*"', r'\1', text)
    os.mkdir(folder + '/in')
    put(folder + '/in/case.xml', text)
    put(folder + '/new.xml', new)
    put(folder + '/bare.xml', bare)
    os.mkdir(folder + '/bare')
    put(folder + '/bare/a.xml', bare)
    put(folder + '/bare/b.xml', bare.replace('TC-2019-0007', 'TC-2020-0002')
        .replace('説-31-007', '説-31-008').replace('SNK-2019-0012', 'SNK-2019-0099'))
    put(folder + '/import.ndjson', ''.join(
        '{"unit":"TC-2018-%04d","series":"certificate","slot":"certificate-1","number":"SNK-2018-%04d"}\n'
        % (i, i) for i in range(1, 4)))
    put(folder + '/list.ndjson', '{"path":"bare/a.xml","id":"TC-2019-0007"}\n'
        '{"path":"bare/b.xml","id":"TC-2020-0002"}\n')
    shutil.copy(TREE + '/tests/cases/floats/input.fo', folder + '/page.fo')
    for name in ('old.xml', 'new.xml'):
        shutil.copy(TREE + '/tests/cases/compare-law/' + name, folder + '/law-' + name)
    head = '案件番号,依頼者,住所,代表者,中小企業,担当者,申込日,技術等情報1,種類1,措置,希望する認証の範囲,機関'
    rows = ['TC-2021-%04d,株式会社表の%d社,東京都架空区例示町%d番地,見本　太郎,いいえ,例示　花子,'
            '2021-04-0%d,設計図,設計図面,I.2 I.3 I.4.h I.5.h I.6.h II.h III.h IV.h V.h,本社の設計部,'
            'body-sample' % (i, i, i, i) for i in (1, 2)]
    put(folder + '/table.csv', '\n'.join([head] + rows) + '\n')


def put(path, text):
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)


def changed(folder):
    """The case has changed since its papers were made."""
    shutil.copy(folder + '/new.xml', folder + '/in/case.xml')


ISSUE = ['issue', 'bare.xml', '--house', 'house', '-o', 'out', '--only', PAPERS] + TODAY


def all_scenes(program):
    house = ['--house', 'house']
    build = ['build', 'in/case.xml'] + house + ['-o', 'out', '--only', PAPERS] + TODAY
    batch = ['batch', 'in'] + house + ['-o', 'out', '--only', PAPERS] + TODAY
    number = ['number', 'list.ndjson'] + house + ['-o', 'numbered.ndjson'] + TODAY
    shard = ['batch', 'numbered.ndjson', '--shard', '0/1', '--issue'] + house + [
        '-o', 'out', '--only', PAPERS] + TODAY
    return [
        Scene('build', build, first=build, before=changed),
        Scene('batch', batch, first=batch, before=changed),
        Scene('issue', ISSUE),
        Scene('batch-issue', ['batch', 'list.ndjson', '--issue'] + house +
              ['-o', 'out', '--only', 'audit-plan'] + TODAY),
        Scene('number', number),
        Scene('merge', ['merge', 'out'] + house + ['--only', 'audit-plan'] + TODAY,
              before=lambda folder: [subprocess.run([program] + c, cwd=folder, check=True, stdin=subprocess.DEVNULL,
                                                    capture_output=True) for c in (number, shard)]),
        Scene('event', ['register', 'event', 'returned', 'SNK-2019-0001'] + house + TODAY[:2],
              first=ISSUE),
        Scene('list', ['register', 'list', 'issued'] + house, first=ISSUE),
        Scene('verify', ['verify', 'out/TC-2019-0007/certificate.pdf'] + house, first=ISSUE),
        Scene('export', ['register', 'export'] + house, first=ISSUE),
        Scene('import-register', ['register', 'import', 'import.ndjson'] + house, first=ISSUE),
        Scene('print', ['register', 'print', '-o', 'printed', '--only', 'record-schedule'] + house +
              TODAY, first=ISSUE),
        Scene('format', ['format', 'page.fo', '-o', 'page.pdf'], house=False),
        Scene('compare', ['compare', 'law-old.xml', 'law-new.xml', '-o', 'table.pdf'], house=False),
        Scene('revise', ['revise', '--from', 'e2018', '--to', 'e2024', 'in/case.xml'] + house +
              ['--format', 'html', '-o', 'impact.html', '--today', '2026-01-01']),
        Scene('import', ['import', 'cases', 'table.csv', '-o', 'cases', '--overwrite'] + house),
        Scene('check', ['check', 'in/case.xml'] + house + TODAY[:2]),
        Scene('table', ['batch', 'table.csv'] + house + ['-o', 'out', '--only', 'application-form'] +
              TODAY),
    ]

#!/usr/bin/python3
"""Kill a batch that issues, again and again, and look at what is left.

    kill_batch.py PROGRAM BUILD [KILLS] [SEED]

A batch of cases that need numbers runs with two workers; at a random moment
its parent, or one of its workers, is killed with SIGKILL. After each kill: no
torn file, every issued file is what the register says, no number twice. Then
the next run goes on. When a batch has come to its end it is held against an
undisturbed one - the same bytes, the same numbers, none missing - and a new
one begins. Last line 'N passed, M failed'.
"""
import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(HERE)
ONLY = 'audit-plan,audit-report,decision-notice-granted,certificate,certificate-annex,' \
    'certificate-register'
CASES = 12
passed = failed = 0


def check(name, good, why=''):
    global passed, failed
    passed += bool(good)
    failed += not good
    if not good:
        print('FAIL %s: %s' % (name, str(why)[:400]), flush=True)


def command(program, out, house):
    return [program, 'batch', 'in', '-o', out, '--issue', '-j', '2', '-q', '--house', house,
            '--today', '2020-10-06', '--only', ONLY]


def children(pid):
    try:
        with open('/proc/%d/task/%d/children' % (pid, pid)) as f:
            return [int(c) for c in f.read().split()]
    except OSError:
        return []


def files(out):
    return {os.path.relpath(os.path.join(t, n), out): open(os.path.join(t, n), 'rb').read()
            for t, _, names in os.walk(out) if '.bunsho' not in t for n in names}


def events(house):
    for end in ('', '-wal'):  # a copy, so that reading it mends nothing
        shutil.copy(house + '/register.db' + end, 'copy.db' + end) \
            if os.path.exists(house + '/register.db' + end) \
            else os.path.exists('copy.db' + end) and os.remove('copy.db' + end)
    if os.path.exists('copy.db-shm'):
        os.remove('copy.db-shm')
    c = sqlite3.connect('copy.db')
    try:
        if not c.execute("SELECT 1 FROM sqlite_master WHERE name = 'number'").fetchall():
            return [], []  # killed before there was a table
        return (c.execute('SELECT series, text FROM number').fetchall(),
                c.execute("SELECT file, sha256, unit, document, number FROM event "
                          "WHERE kind = 'issued'").fetchall())
    finally:
        c.close()


def kill_once(program, rng, span):
    """A run that is killed; True when it had ended by itself before."""
    p = subprocess.Popen(command(program, 'got', 'house'), stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    worker = rng.random() < 0.4
    try:
        p.wait(timeout=rng.uniform(0, span))
        return True
    except subprocess.TimeoutExpired:
        pass
    if worker and children(p.pid):
        os.kill(rng.choice(children(p.pid)), signal.SIGKILL)
        p.wait()  # it goes on without: one paper is made again, or lost
    else:
        p.kill()
        p.wait()
    return False


def look(what):
    for name, data in files('got').items():
        if name.endswith('.pdf') and not os.path.basename(name).startswith('.'):
            check(what + ': ' + name + ' is whole', data.rstrip().endswith(b'%%EOF'))
    if not os.path.exists('house/register.db'):
        return
    numbers, issued = events('house')
    check(what + ': numbers are given once', len(set(numbers)) == len(numbers))
    check(what + ': papers are recorded once',
          len({i[2:4] for i in issued}) == len(issued))
    for file, sha256, *_ in issued:
        if os.path.exists(file):
            check(what + ': ' + file + ' is as recorded',
                  hashlib.sha256(open(file, 'rb').read()).hexdigest() == sha256)


def main():
    program = os.path.abspath(sys.argv[1])
    kills = int(sys.argv[3]) if len(sys.argv) > 3 else 6
    rng = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 7)
    if 'asan' in sys.argv[2]:
        print('SKIPPED: too slow under the sanitizers\n0 passed, 0 failed')
        return 0
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        os.mkdir('in')
        text = open(TREE + '/samples/cases/full-certified.xml', encoding='utf-8').read()
        import re
        for i in range(1, CASES + 1):
            s = text.replace('TC-2019-0007', 'TC-2020-%04d' % i)
            s = s.replace('説-31-007', '説-31-%04d' % i).replace('SNK-2019-0012', 'SNK-2019-%04d' % (i + 100))
            if i % 4:  # others carry their numbers
                s = re.sub(r'(<(?:certificate|plan|report|notice)(?: [^>]*)?) number="[^"]*"', r'\1', s)
            else:
                s = re.sub(r'(number="[^"]*?)(\d+)(号?")', r'\g<1>\g<2>%02d\3' % i, s)
            open('in/c%04d.xml' % i, 'w', encoding='utf-8').write(s)
        shutil.copytree(TREE + '/samples/house', 'free')
        shutil.copytree('free', 'house.want')
        start = time.time()
        p = subprocess.run(command(program, 'want', 'house.want'), capture_output=True)
        span = time.time() - start
        check('an undisturbed run', p.returncode == 0, [l for l in p.stderr.decode().splitlines() if 'エラー' in l])
        want, (want_numbers, want_issued) = files('want'), events('house.want')
        rounds = done = 0
        while done < kills:
            shutil.rmtree('got', ignore_errors=True)
            shutil.rmtree('house', ignore_errors=True)
            shutil.copytree('free', 'house')
            rounds += 1
            for _ in range(rng.randint(1, 6)):
                if done == kills or kill_once(program, rng, span * 1.05):
                    break
                done += 1
                look('kill %d' % done)
            for _ in range(2):  # a paper that a killed worker had is made now
                p = subprocess.run(command(program, 'got', 'house'), capture_output=True)
            check('round %d: the next run completes' % rounds, p.returncode == 0, p.stderr)
            numbers, issued = events('house')
            got = files('got')
            check('round %d: the same bytes' % rounds, got == want,
                  [n for n in set(got) | set(want) if got.get(n) != want.get(n)])
            check('round %d: the same numbers' % rounds, sorted(numbers) == sorted(want_numbers),
                  set(numbers) ^ set(want_numbers))
            check('round %d: the same papers' % rounds,
                  sorted(i[1:] for i in issued) == sorted(i[1:] for i in want_issued))
            missing = subprocess.run([program, 'register', 'list', 'missing', '--house', 'house'],
                                     capture_output=True)
            check('round %d: no number is missing' % rounds, missing.stdout == b'', missing.stdout)
        os.chdir('/')
    print('%d kills in %d batches of %d cases' % (done, rounds, CASES))
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed else 0


sys.exit(main())

#!/usr/bin/python3
"""Let each call that writes fail once, and look at what is left.

    check_faults.py PROGRAM BUILD

A folder holds the papers of a case. They are made again from changed data
while the n-th open, write, fsync, rename or close fails with "no space", "over
quota", "I/O error", "read-only" or "too many files": the exit status says so
(73, 74 or 75), every file is whole, the old one or the new one, and no
temporary file is left. A write that is interrupted or short costs nothing. Last line
'N passed, M failed'.
"""
import errno
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(HERE)
ONLY = 'certificate,certificate-annex'
EXITS = {errno.ENOSPC: 75, errno.EDQUOT: 75, errno.EIO: 74, errno.EROFS: 73}
# What only some calls meet. SHORT: half of the bytes are written, no error;
# that and an interrupted write are gone on with.
SHORT = 0
MORE = {'open': {errno.ENFILE: 74}, 'write': {errno.EINTR: 0, SHORT: 0}}


def digests(folder):
    found = {}
    for top, _, names in os.walk(folder):
        for n in names:
            path = os.path.join(top, n)
            found[os.path.relpath(path, folder)] = hashlib.sha256(
                open(path, 'rb').read()).hexdigest()
    return found


def build(program, case, out, env=None):
    return subprocess.run(
        [program, 'build', case, '--house', TREE + '/samples/house', '-o', out,
         '--only', ONLY, '--today', '2020-10-06', '-q'],
        env=dict(os.environ, **(env or {})), stdin=subprocess.DEVNULL,
        capture_output=True, timeout=60)


def main():
    program, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    shim = os.path.abspath(folder) + '/fault_shim.so'
    passed = failed = 0
    if 'asan' in folder:
        print('SKIPPED: the sanitizers do not let calls be replaced')
        print('0 passed, 0 failed')
        return 0
    subprocess.run(['cc', '-shared', '-fPIC', '-O1', '-o', shim,
                    HERE + '/fault_shim.c', '-ldl'], check=True)
    with tempfile.TemporaryDirectory() as work:
        old_case = TREE + '/samples/cases/full-certified.xml'
        new_case = work + '/case.xml'
        text = open(old_case, encoding='utf-8').read()
        with open(new_case, 'w', encoding='utf-8') as f:
            f.write(text.replace('サンプル精機', 'サンプル精機工業'))
        for name, case in (('old', old_case), ('new', new_case)):
            p = build(program, case, work + '/' + name)
            if p.returncode:
                print('FAIL build: %s' % p.stderr.decode()[:500])
                failed += 1
        old, new = digests(work + '/old'), digests(work + '/new')
        for kind in ('open', 'write', 'fsync', 'rename', 'close'):
            count = work + '/count'
            build(program, new_case, work + '/counted',
                  {'LD_PRELOAD': shim, 'BN_FAULT': kind + ':0:0',
                   'BN_FAULT_COUNT': count})
            shutil.rmtree(work + '/counted')
            calls = int(open(count).read())
            for n in range(1, calls + 1):
                for number, status in {**EXITS, **MORE.get(kind, {})}.items():
                    out = work + '/out'
                    shutil.copytree(work + '/old', out)
                    p = build(program, new_case, out,
                              {'LD_PRELOAD': shim,
                               'BN_FAULT': '%s:%d:%d' % (kind, n, number)})
                    got = digests(out)
                    shutil.rmtree(out)
                    whole = all(got.get(k) in (old.get(k), new.get(k))
                                for k in set(old) | set(new) | set(got))
                    if p.returncode == status and whole and (status or got == new):
                        passed += 1
                        continue
                    failed += 1
                    print('FAIL %s %d errno %d: exit %d (want %d), files %s %s'
                          % (kind, n, number, p.returncode, status,
                             'whole' if whole else sorted(got),
                             p.stderr.decode()[:200]))
            if calls == 0:
                failed += 1
                print('FAIL %s: never called' % kind)
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed else 0


sys.exit(main())

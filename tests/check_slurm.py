#!/usr/bin/python3
"""Shards under Slurm: what may fail does, and the papers are those of one run.

    check_slurm.py PROGRAM BUILD

Runs when SLURM_TEST is set (make slurm-test, which installs Slurm) and Slurm is
there, and as root; else says SKIPPED. Two nodes on this machine run an array of
shards of cases that are issued: one shard fails twice for want of space, one
always, one holds a broken case, and a node is killed while it works. Then the
lost shard is submitted again, all are merged, and papers and register are held
against those of one process. Last line 'N passed, M failed'.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(HERE)
ONLY = 'audit-plan,audit-report,certificate,certificate-annex,certificate-register'
SHARDS, CASES, TRANSIENT, ALWAYS = 8, 40, 2, 5
passed = failed = 0


def check(name, good, why=''):
    global passed, failed
    passed += bool(good)
    failed += not good
    print('%s %s%s' % ('ok  ' if good else 'FAIL', name, '' if good else ': %s' % str(why)[:600]),
          flush=True)


def run(*args, **more):
    return subprocess.run(args, capture_output=True, text=True, **more)


def fnv(text):
    h = 0xcbf29ce484222325
    for b in text.encode():
        h = (h ^ b) * 0x100000001b3 & 0xffffffffffffffff
    return h


def tasks(job):
    """State of each array task by Slurm's own word."""
    found = {}
    for block in run('scontrol', '-o', 'show', 'job', job).stdout.splitlines():
        word = dict(w.split('=', 1) for w in block.split() if '=' in w)
        if word.get('ArrayTaskId', '').isdigit():
            found[int(word['ArrayTaskId'])] = word
    return found


def wait(job, limit=420):
    """Until no task is waiting or running."""
    end = time.time() + limit
    while time.time() < end:
        if run('squeue', '-h', '-j', job).stdout.strip() == '':
            return True
        time.sleep(1)
    return False


def tree_of(pid):
    found = [pid]
    out = run('ps', '-eo', 'pid=,ppid=').stdout.split()
    pairs = list(zip(map(int, out[::2]), map(int, out[1::2])))
    for p in found:
        found += [c for c, parent in pairs if parent == p]
    return found


def kill_node(where, job):
    """slurmd of n2 and whatever its tasks are: as if its power went."""
    slurmd = int(open(where + '/slurmd.n2.pid').read())
    ids = run('squeue', '-h', '-w', 'n2', '-t', 'R', '-j', job, '-o', '%A').stdout.split()
    os.kill(slurmd, signal.SIGKILL)
    for line in run('ps', '-eo', 'pid=,args=').stdout.splitlines():
        pid, args = line.split(None, 1)
        m = re.match(r'slurmstepd: \[(\d+)\.', args)
        if m and m.group(1) in ids:
            for p in tree_of(int(pid)):
                try:
                    os.kill(p, signal.SIGKILL)
                except ProcessLookupError:
                    pass
    return len(ids)


def cases(work):
    text = open(TREE + '/samples/cases/full-certified.xml', encoding='utf-8').read()
    bare = re.sub(r'(<(?:certificate|plan|report|notice)(?: [^>]*)?) number="[^"]*"', r'\1', text)
    os.mkdir(work + '/in')
    for i in range(1, CASES + 1):
        s = bare.replace('TC-2019-0007', 'TC-2020-%04d' % i)
        s = s.replace('説-31-007', '説-31-%04d' % i).replace('SNK-2019-0012', 'SNK-2018-%04d' % i)
        open('%s/in/c%04d.xml' % (work, i), 'w', encoding='utf-8').write(s)


def bad_case(work):
    """One whose shard is neither of the two that are made to fail."""
    for i in range(1, CASES + 1):
        shard = fnv('TC-2020-%04d' % i) % SHARDS
        if shard not in (TRANSIENT, ALWAYS):
            path = '%s/in/c%04d.xml' % (work, i)
            s = open(path, encoding='utf-8').read()
            open(path, 'w', encoding='utf-8').write(s.replace('status="certified"', 'status="?"'))
            return shard


def faulty(work, program, shim):
    """The program, on a disk that is full for some shards; slow enough to be
    killed in the middle."""
    path = work + '/bunsho'
    open(path, 'w').write('''#!/bin/bash
sleep 3
case ${SLURM_ARRAY_TASK_ID:-}:${SLURM_RESTART_COUNT:-0} in
%d:[01]|%d:*) [ -e %s/mended ] || { export LD_PRELOAD=%s BN_FAULT=write:1:28; } ;;
esac
exec %s "$@"
''' % (TRANSIENT, ALWAYS, work, shim, program))
    os.chmod(path, 0o755)
    return path


def files(out):
    return {os.path.relpath(os.path.join(t, n), out): open(os.path.join(t, n), 'rb').read()
            for t, _, names in os.walk(out) if '.bunsho' not in t
            for n in names if not n.endswith('.ndjson')}


def prove(work, program, shim):
    env = dict(os.environ, BUNSHO=faulty(work, program, shim), SHARD_COUNT=str(SHARDS),
               BUNSHO_SHARE=TREE)
    today = ['--today', '2020-10-06', '--only', ONLY]
    cases(work)
    bad = bad_case(work)
    for house in ('one', 'many'):
        shutil.copytree(TREE + '/samples/house', work + '/house.' + house)
    p = run(program, 'batch', 'in', '-o', 'one', '--issue', '--house', 'house.one', *today, '-q')
    check('one process: the broken case is 65', p.returncode == 65, p.stderr[-300:])
    p = run(program, 'number', 'in', '-o', 'm.ndjson', '--house', 'house.many', *today, '-q')
    check('numbers are given first', len(open('m.ndjson').readlines()) == CASES, p.stderr[-300:])
    begun = time.time()

    def submit(array):
        p = run('sbatch', '--parsable', '--export=ALL', '--chdir=' + work, '--array=' + array,
                TREE + '/slurm/batch.sh', work + '/m.ndjson', work + '/out', work + '/house.many',
                '2020-10-06', '--issue', '-q', '--only', ONLY, env=env)
        check('sbatch --array=' + array, p.returncode == 0, p.stderr)
        return p.stdout.strip()

    job = submit('0-%d' % (SHARDS - 1))
    killed = 0
    for _ in range(60):  # when tasks run on the second node
        time.sleep(0.5)
        if run('squeue', '-h', '-w', 'n2', '-t', 'R', '-j', job).stdout.strip():
            time.sleep(1)
            killed = kill_node(work + '/slurm', job)
            break
    check('a node was killed with its tasks', killed > 0, killed)
    check('the array came to an end', wait(job), run('squeue').stdout)
    state = tasks(job)

    def is_(i, want, status, restarts):
        t = state.get(i, {})
        return t.get('JobState') == want and t.get('ExitCode') == '%d:0' % status and \
            int(t.get('Restarts', 0)) >= restarts

    check('for want of space twice: tried again, completed', is_(TRANSIENT, 'COMPLETED', 0, 2),
          state.get(TRANSIENT))
    check('for want of space always: gave up with 70', is_(ALWAYS, 'FAILED', 70, 4),
          state.get(ALWAYS))
    check('a broken case: 65, not tried again for it', is_(bad, 'FAILED', 65, 0), state.get(bad))
    others = [i for i in range(SHARDS) if i not in (TRANSIENT, ALWAYS, bad)]
    check('all others completed', all(is_(i, 'COMPLETED', 0, 0) for i in others), state)
    again = [i for i in others + [bad] if int(state[i].get('Restarts', 0)) > 0]
    check('what the node had was run again', len(again) >= 1, state)
    p = run('bash', TREE + '/slurm/merge.sh', 'out', 'house.many', '2020-10-06', '-q', env=env)
    check('merge misses the shard that gave up', p.returncode == 65 and 'results-%d-of' % ALWAYS in
          p.stderr, p.stderr)
    open('mended', 'w').close()
    check('it completes when submitted again', wait(submit(str(ALWAYS))))
    p = run('bash', TREE + '/slurm/merge.sh', 'out', 'house.many', '2020-10-06', '-q', '--only', ONLY,
            env=env)
    check('merge: the broken case is 65', p.returncode == 65, p.stderr[-400:])
    took = time.time() - begun
    one, many = files('one'), files('out')
    check('papers are those of one process, byte for byte (%d)' % len(one), one == many,
          [n for n in set(one) | set(many) if one.get(n) != many.get(n)])

    def export(house):
        return sorted(run(program, 'register', 'export', '--house', house).stdout
                      .replace('"one/', '"').replace('"%s/out/' % work, '"').splitlines())

    check('and so is the register', export('house.one') == export('house.many'))
    print('%.0f s; states: %s' % (took, ', '.join(
        '%d %s %s %s' % (i, t['JobState'], t['ExitCode'], t.get('Restarts', '0'))
        for i, t in sorted(state.items()))))


def main():
    program = os.path.abspath(sys.argv[1])
    why = None
    if not os.environ.get('SLURM_TEST'):
        why = 'make slurm-test runs it'
    elif not all(shutil.which(c, path='/usr/sbin:/usr/bin:' + os.environ['PATH'])
                 for c in ('slurmctld', 'slurmd', 'munged', 'sbatch')):
        why = 'Slurm is not installed'
    elif os.getuid() != 0:
        why = 'the daemons need root here'
    if why:
        print('SKIPPED Slurm: %s\n0 passed, 0 failed' % why)
        return 0
    with tempfile.TemporaryDirectory() as work:
        os.chmod(work, 0o755)
        os.chdir(work)
        shim = work + '/shim.so'
        subprocess.run(['cc', '-shared', '-fPIC', '-O1', '-o', shim, HERE + '/fault_shim.c', '-ldl'],
                       check=True)
        os.environ['SLURM_CONF'] = work + '/slurm/slurm.conf'
        os.environ['PATH'] = '/usr/sbin:' + os.environ['PATH']
        try:
            p = subprocess.run([HERE + '/slurm/start.sh', work + '/slurm'], stderr=subprocess.PIPE,
                               stdout=subprocess.DEVNULL, text=True)
            check('two nodes start', p.returncode == 0, p.stderr)
            for _ in range(60):
                if run('sinfo', '-h', '-t', 'idle', '-o', '%D').stdout.strip() == '2':
                    break
                time.sleep(0.5)
            prove(work, program, shim)
        finally:
            subprocess.run([HERE + '/slurm/stop.sh', work + '/slurm'])
            time.sleep(2)
            os.chdir('/')
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed else 0


sys.exit(main())

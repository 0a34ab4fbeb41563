#!/usr/bin/python3
"""Whatever the system refuses, nothing is torn, lost or silently missing.

    check_faults.py PROGRAM BUILD [PART…]

The parts are the files in tests/faults; each says what it does. Without FAULTS=all in
the environment (make faults sets it) they look at the writing of few commands
and at every so-manieth other place, the same ones each time. Last line
'N passed, M failed'.
"""
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE + '/faults')
import calls  # noqa: E402
import clock  # noqa: E402
import disk  # noqa: E402
import kills  # noqa: E402
import many  # noqa: E402
import memory  # noqa: E402
import scenes  # noqa: E402

ALL = os.environ.get('FAULTS') == 'all'


class Count:
    passed = failed = 0

    def __call__(self, wrong):
        """A list of what is wrong, empty when nothing is."""
        self.passed += not wrong
        self.failed += bool(wrong)
        for line in wrong:
            print('FAIL ' + line.replace('\n', '\n     '), flush=True)


def build_tool(folder, name, *flags):
    out = '%s/fault_%s' % (os.path.abspath(folder), name)
    subprocess.run(['cc', '-O1', '-o', out, '%s/faults/%s.c' % (HERE, name)] + list(flags), check=True)
    return out


def named(found, *names):
    return [found[n] for n in names]


def part_memory(found, tool, work, report):
    shim = tool('memory', '-shared', '-fPIC', '-ldl')
    if ALL:
        memory.sweep(named(found, 'build', 'issue', 'format', 'event'), shim, work, 1, 8, report)
        memory.sweep(found.values(), shim, work, 50, 4, report)
    else:
        memory.sweep(named(found, 'build', 'issue', 'event', 'compare'), shim, work, 997, 2, report)


def tracing(tool, what):
    """The tracer; None where it cannot be."""
    tracer = tool('tracer')
    if subprocess.run([tracer, '--', 'true']).returncode == 0:
        return tracer
    print('SKIPPED %s: no call can be stopped here (ptrace, seccomp, x86-64)' % what)
    return None


def part_calls(found, tool, work, report):
    tracer = tracing(tool, 'calls')
    if tracer is None:
        return
    main_ones = ('build', 'batch', 'issue', 'event', 'import-register')
    others = [s for s in found.values() if s.name not in main_ones]

    def sweep(scenes_of, kinds, step, errors, tree=None):
        calls.sweep(scenes_of, tracer, work, tree, kinds, step, errors, report)

    if ALL:
        sweep(named(found, *main_ones), calls.CHANGING, 1, calls.EVERY)
        sweep(others, calls.CHANGING, 1, calls.FEW)
        sweep(named(found, *main_ones), calls.READING, 1, calls.ONE)
        sweep(others, calls.READING, 3, calls.ONE)
        sweep(named(found, 'build', 'issue', 'format', 'compare', 'revise'), calls.READING, 13, calls.ONE,
              scenes.TREE)
    else:
        sweep(named(found, 'build', 'event'), calls.CHANGING, 1, calls.FEW)
        sweep(named(found, 'issue'), calls.CHANGING, 7, calls.FEW)
        sweep(named(found, 'import-register', 'import', 'event', 'verify', 'check'), calls.READING, 3,
              calls.ONE)
        sweep(named(found, 'issue'), calls.READING, 41, calls.ONE)
        sweep(named(found, 'build'), calls.READING, 97, calls.ONE, scenes.TREE)


def part_kills(found, tool, work, report):
    tracer = tracing(tool, 'kills')
    if tracer is None:
        return
    if ALL:
        for name in ('build', 'issue', 'number', 'merge', 'event', 'import-register', 'import', 'revise'):
            kills.kill(found[name], tracer, work, 1, report)
        for name in ('build', 'issue', 'event', 'import-register', 'merge'):
            kills.power(found[name], tracer, work, 1, report)
        kills.kill(found['batch-issue'], tracer, work, 5, report)
        kills.power(found['batch-issue'], tracer, work, 5, report)
    else:
        for look in (kills.kill, kills.power):
            look(found['build'], tracer, work, 1, report)
            look(found['event'], tracer, work, 2, report)
            look(found['issue'], tracer, work, 15, report)


def part_disk(found, tool, work, report):
    sizes = (0, 16, 40, 80, 120, 200, 280, 400) if ALL else (16, 120, 400)
    for what, look in (('full disk', disk.full_disk), ('quota', disk.quota)):
        why = look(named(found, 'build', 'issue'), work, sizes, report)
        if ALL and why is None:
            look(named(found, 'batch', 'batch-issue', 'number'), work, sizes, report)
        if why:
            print('SKIPPED %s: %s' % (what, why))
    disk.file_size(named(found, 'build', 'issue', 'event'), work, (1, 24, 80) if not ALL else
                   (1, 4, 8, 24, 32, 48, 64, 80), report)


def part_clock(found, tool, work, report):
    why = clock.sweep(found['issue'], work, report)
    if why:
        print('SKIPPED clock: ' + why)


def part_many(found, tool, work, report):
    documents, cases = (10000, 2000) if ALL else (500, 120)
    many.sweep(named(found, 'format', 'build'), work, documents, cases, report)


PARTS = {'memory': part_memory, 'calls': part_calls, 'kills': part_kills, 'disk': part_disk,
         'clock': part_clock, 'many': part_many}


def main():
    program, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    report = Count()
    if 'asan' in folder:
        print('SKIPPED: the sanitizers do not let calls be replaced\n0 passed, 0 failed')
        return 0
    place = '/dev/shm' if os.access('/dev/shm', os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=place) as work:
        found = {s.name: s for s in scenes.all_scenes(program)}
        for s in found.values():
            s.prepare(program, work)
            report([])
        for name, part in PARTS.items():
            if sys.argv[3:] and name not in sys.argv[3:]:
                continue
            began, before = time.time(), report.passed + report.failed
            part(found, lambda *a: build_tool(folder, *a), work, report)
            print('%s: %d in %.0f s' % (name, report.passed + report.failed - before,
                                        time.time() - began), flush=True)
    print('%d passed, %d failed' % (report.passed, report.failed))
    return 1 if report.failed else 0


sys.exit(main())

#!/usr/bin/python3
"""A document is the same, byte for byte, whatever the process made before.

    check_warm.py PROGRAM [BUILD]

Every FO file of tests/cases and the specimen in one process of their own, and
then all in one, forwards and backwards; the papers of a case alone and after
others. Last line 'N passed, M failed'.
"""
import glob
import os
import subprocess
import sys
import tempfile

TREE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TODAY = ['--today', '2020-10-06', '-q']
PAPERS = ['certificate', 'audit-report', 'audit-plan', 'application-receipt']


def read(path):
    if not os.path.exists(path):
        return None
    with open(path, 'rb') as f:
        return f.read()


def formatted(program, folder):
    """(name, cold bytes, warm bytes) of FO files."""
    sources = sorted(glob.glob(TREE + '/tests/cases/*/input.fo') +
                     [TREE + '/samples/specimen.fo'])
    cold = {}
    for source in sources:
        out = os.path.join(folder, 'cold.pdf')
        subprocess.run([program, 'format', source, '-o', out, '-q'],
                       capture_output=True)
        cold[source] = read(out)
        if cold[source] is not None:
            os.unlink(out)
    for way in ('forwards', 'backwards'):
        listed = sources if way == 'forwards' else sources[::-1]
        path = os.path.join(folder, 'list')
        with open(path, 'w') as f:
            for i, source in enumerate(listed):
                f.write('%s\t%s/%s-%d.pdf\n' % (source, folder, way, i))
        subprocess.run([program, 'format', '--list', path, '-q'],
                       capture_output=True)
        for i, source in enumerate(listed):
            yield ('%s %s' % (os.path.relpath(source, TREE), way),
                   cold[source],
                   read('%s/%s-%d.pdf' % (folder, way, i)))


def built(program, folder):
    cases = [TREE + '/samples/cases/%s.xml' % name
             for name in ('rare-names', 'incident', 'full-certified')]
    for out, inputs in (('alone', cases[-1:]), ('after', cases)):
        subprocess.run([program, 'build', *inputs, '--house',
                        TREE + '/samples/house', '-o', folder + '/' + out,
                        '--only', ','.join(PAPERS), *TODAY],
                       capture_output=True)
    for path in sorted(glob.glob(folder + '/alone/TC-2019-0007/*.pdf')):
        yield (os.path.basename(path), read(path),
               read(path.replace('/alone/', '/after/')))


def main():
    program = os.path.abspath(sys.argv[1])
    passed = failed = papers = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, cold, warm in [*formatted(program, folder),
                                 *built(program, folder)]:
            papers += not name.endswith('wards')
            if cold == warm:
                passed += 1
            else:
                failed += 1
                print('FAIL %s: %s' % (name, 'not the same bytes'
                                       if cold and warm else 'one is missing'))
    if papers < len(PAPERS):
        failed += 1
        print('FAIL only %d papers were built' % papers)
    print('%d passed, %d failed' % (passed, failed))
    return failed != 0


sys.exit(main())

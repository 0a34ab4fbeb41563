"""The common head and tail of tests/check_*.py: they count, this adds up."""
import os

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
passed = failed = 0


def check(name, bad):
    """One check; bad: what is wrong, or nothing."""
    global passed, failed
    if bad:
        failed += 1
        print('FAIL %s: %s' % (name, str(bad)[:500]))
    else:
        passed += 1


def holds(ok, what):
    check(what, '' if ok else 'no')


def prove(name, good, why=''):
    check(name, '' if good else why or 'no')


def end():
    """The last line, and the exit status."""
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed else 0

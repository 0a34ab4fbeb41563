#!/usr/bin/python3
"""Run the cases of tests/cases: the whole way from a file to what was asked.

    run_cases.py PROGRAM [NAME…] [--write]

A case is a folder. `args` holds the arguments of the program, one line a run
(default: format input.fo -o {out}/out.pdf); {out} is an empty folder, {case}
the case's own, {share} the source tree. What is compared is what exists:

    want.exit     exit status of the last run (default 0)
    want.msg      standard error of all runs
    want.out      standard output of all runs
    want.text     pdftotext -layout of out.pdf
    want.areas    out.xml (an area tree), lines trimmed
    want.files    names of the files below {out}
    want.has      lines that the text of all PDFs below {out} must contain
    want.not      lines that it must not contain

--write puts what came out into the files that exist (make golden NAME=x).
The last line is 'N passed, M failed'.
"""
import glob
import os
import re
import shlex
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(HERE)


def read(path):
    with open(path, encoding='utf-8', errors='surrogateescape') as f:
        return f.read()


def run(program, case, out):
    """All runs of a case: exit status, output, errors."""
    args = ['format {case}/input.fo -o {out}/out.pdf']
    if os.path.exists(case + '/args'):
        args = [l for l in read(case + '/args').splitlines() if l.strip()]
    text, errors, code = '', '', 0
    env = dict(os.environ, LC_ALL=os.environ.get('LC_ALL', 'C.UTF-8'))
    for line in args:
        words = [w.replace('{out}', out).replace('{case}', case)
                 .replace('{share}', TREE) for w in shlex.split(line)]
        try:
            p = subprocess.run([program] + words, env=env, timeout=60,
                               stdin=subprocess.DEVNULL, capture_output=True)
        except subprocess.TimeoutExpired:
            return 'timeout', text, errors
        code = p.returncode
        text += p.stdout.decode('utf-8', 'surrogateescape')
        errors += p.stderr.decode('utf-8', 'surrogateescape')
    return code, text, errors


def plain(s, case, out):
    """Without the names of this machine's folders."""
    return s.replace(out, '{out}').replace(case, '{case}').replace(TREE, '{share}')


def pdf_text(out):
    pdfs = sorted(glob.glob(out + '/**/*.pdf', recursive=True))
    return ''.join(subprocess.run(['pdftotext', '-layout', p, '-'],
                                  capture_output=True).stdout.decode()
                   for p in pdfs)


def got_of(kind, case, out, code, text, errors):
    if kind == 'exit':
        return '%s\n' % code
    if kind == 'msg':
        return plain(errors, case, out)
    if kind == 'out':
        return plain(text, case, out)
    if kind == 'areas':
        return read(out + '/out.xml') if os.path.exists(out + '/out.xml') else ''
    if kind == 'files':
        names = [os.path.relpath(f, out)
                 for f in glob.glob(out + '/**', recursive=True)
                 if os.path.isfile(f)]
        return ''.join(n + '\n' for n in sorted(names))
    return pdf_text(out)


def differs(kind, want, got):
    if kind in ('has', 'not'):
        flat = re.sub(r'\s', '', got)
        for line in want.splitlines():
            there = re.sub(r'\s', '', line) in flat
            if line.strip() and there != (kind == 'has'):
                return '%s: %s' % ('missing' if kind == 'has' else 'there', line)
        return None
    if kind == 'areas':
        want, got = ('\n'.join(l.strip() for l in s.splitlines())
                     for s in (want, got))
    if want == got:
        return None
    for n, (a, b) in enumerate(zip(want.splitlines() + ['<end>'],
                                   got.splitlines() + ['<end>']), 1):
        if a != b:
            return 'line %d: want %r, got %r' % (n, a[:160], b[:160])
    return 'differs'


def main():
    words = [a for a in sys.argv[1:] if not a.startswith('--')]
    write = '--write' in sys.argv
    program, names = os.path.abspath(words[0]), words[1:]
    cases = sorted(glob.glob(HERE + '/cases/*/'))
    passed = failed = 0
    for case in cases:
        case = case.rstrip('/')
        name = os.path.basename(case)
        if names and name not in names:
            continue
        with tempfile.TemporaryDirectory() as out:
            code, text, errors = run(program, case, out)
            wants = sorted(glob.glob(case + '/want.*'))
            bad = []
            if not os.path.exists(case + '/want.exit') and code != 0:
                bad.append('exit %s: %s' % (code, errors[:300]))
            for path in wants:
                kind = path.rsplit('.', 1)[1]
                got = got_of(kind, case, out, code, text, errors)
                if write and kind not in ('has', 'not'):
                    with open(path, 'w', encoding='utf-8',
                              errors='surrogateescape') as f:
                        f.write(got)
                    continue
                d = differs(kind, read(path), got)
                if d:
                    bad.append('%s: %s' % (kind, d))
            if not wants:
                bad.append('the case wants nothing')
        if bad:
            failed += 1
            print('FAIL %s' % name)
            for b in bad:
                print('     ' + b)
        else:
            passed += 1
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed else 0


sys.exit(main())

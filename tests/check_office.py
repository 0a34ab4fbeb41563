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

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.join(os.path.dirname(HERE), 'samples')
TODAY = '2020-10-06'
passed = failed = 0


def check(name, good, why=''):
    global passed, failed
    passed += bool(good)
    failed += not good
    if not good:
        print('FAIL %s\n     %s' % (name, str(why)[:400]))


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


def text_of(pdf):
    return subprocess.run(['pdftotext', '-layout', pdf, '-'], capture_output=True).stdout.decode()


def issuing(program):
    """All papers of cases that have a nonconformity of the same id each."""
    office = Office(program, 'h.issue')
    for i in (1, 2):
        put('issue/c%d.xml' % i, sample('full-certified', 'TC-2020-%04d' % i))
    text = sample('lapsed', 'TC-2020-0003')
    put('issue/c3.xml', text.replace(
        '<documents>', '<documents><document kind="lapse-notice" date="2020-09-01" class="K1"/>'))
    p = office.run('batch', 'issue', '-o', 'issued', '--issue', '-j', '2')
    check('issue: papers of all kinds of several cases', p.returncode == 0, p.err)
    rows = office.register('list')
    check('issue: the id of a nonconformity is no number of the body',
          rows and not [r for r in rows if r[2].startswith('NC-')], rows)
    check('issue: papers that are counted so are made all the same',
          os.path.exists('issued/TC-2020-0001/corrective-action-request.pdf'))
    check('issue: the register of papers kept is made',
          os.path.exists('issued/body-sample/document-retention-register.pdf'), p.err)
    notice = [r for r in rows if r[4] == 'lapse-notice']
    check('issue: a letter of the list of documents gets a number of the letters',
          [r[2] for r in notice] == ['サ機審第2-1号'], notice)
    check('issue: and says it', 'サ機審第2-1号' in text_of('issued/TC-2020-0003/lapse-notice.pdf'))
    check('issue: no number is given that no paper goes by',
          not office.register('list', 'missing'), office.register('list', 'missing'))


def main(program):
    global passed, failed
    program = os.path.abspath(program)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        issuing(program)
        os.chdir('/')
    print('%d passed, %d failed' % (passed, failed))
    return failed != 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:2]))

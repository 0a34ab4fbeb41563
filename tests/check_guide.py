#!/usr/bin/python3
"""The guide: it is set without a word, and every command in it works.

    check_guide.py PROGRAM [BUILD]

Commands are the blocks ```sh of templates/guide/, in order, run in one folder
with the samples beside it; <!-- test: ... --> is what a reader does by hand in
between (filling in blanks, saving a table). Last line 'N passed, M failed'.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

import tally
from tally import HERE, ROOT, check


def read(name):
    text = open('%s/templates/%s.md' % (ROOT, name), encoding='utf-8').read()
    return re.sub(r'^\{\{> (\S+)\}\}$', lambda m: read(m.group(1)), text,
                  flags=re.M)


def steps(text):
    """(command, by hand?) in order."""
    for m in re.finditer(r'^```sh\n(.*?)^```$|<!-- test: (.*?) -->', text,
                         re.M | re.S):
        if m.group(2):
            yield m.group(2), True
        else:
            for line in m.group(1).strip().split('\n'):
                yield line, False


# what stands there in the end: the finished papers of each part
MADE = ['out/TC-2026-001/application-form.pdf',
        'out/TC-2019-0007/certificate.pdf',
        'tsuzuri/TC-2019-0007/all.pdf',
        'utsushi/TC-2019-0007/certificate.copy.pdf',
        'eibun/TC-2019-0007/certificate-english.pdf',
        'hakko/TC-2019-0007/certificate.pdf', 'mihon/register.db',
        'yoshi/blank/application-form.pdf', 'out/KIT-001/self-checklist.pdf',
        'out/KIT-0042/information-management-rules.pdf', 'KIT-0042.xml',
        'kikan/cases/TC-2026-101.xml', 'matome/TC-2026-102/application-form.pdf',
        'bunkatsu/results.ndjson']


def run_all(program, folder):
    text = read('guide/guide')
    shutil.copytree(ROOT + '/samples', folder + '/samples')
    os.mkdir(folder + '/bin')
    os.symlink(program, folder + '/bin/bunsho')
    env = dict(os.environ, PATH=folder + '/bin:' + os.environ['PATH'],
               SOURCE_DATE_EPOCH='1601942400') # 2020-10-06
    own = 0
    for command, by_hand in steps(text):
        done = subprocess.run(['/bin/bash', '-ec', command], cwd=folder,
                              env=env, capture_output=True, text=True)
        check(command[:90], done.stderr or done.stdout or 'failed'
              if done.returncode else '')
        own += not by_hand
        if ' --explain' in command:
            check('nothing is made twice',
                  '' if '作成 0' in done.stderr else done.stderr)
    check('the guide has commands', '' if own > 25 else own)
    for path in MADE:
        check(path, '' if os.path.exists(folder + '/' + path) else 'not there')
    for name in re.findall(r'bunsho ([a-z]+)', text):
        if name not in ('bunsho',):
            help_text = subprocess.run([program, name, '--help'],
                                       capture_output=True, text=True)
            check('bunsho ' + name, help_text.returncode)


def set_it(program, folder):
    done = subprocess.run([program, 'format', ROOT + '/templates/guide/guide.md',
                           '-o', folder + '/guide.pdf'], capture_output=True,
                          text=True)
    check('the guide is set without a word', done.stderr or done.returncode)
    text = re.sub(r'\s', '', subprocess.run(
        ['pdftotext', '-raw', folder + '/guide.pdf', '-'], capture_output=True,
        text=True).stdout)
    for heading in re.findall(r'^#+ (.*?)(?: \{#[a-z-]+\})?$', read('guide/guide'),
                              re.M):
        plain = re.sub(r'\s', '', heading)
        check('in contents and text: ' + heading,
              '' if text.count(plain) > 1 else text.count(plain))
    outline = subprocess.run(['mutool', 'show', folder + '/guide.pdf',
                              'outline'], capture_output=True, text=True).stdout
    check('the outline has the parts', '' if outline.count('認証機関の担当者') and
          outline.count('一括処理') else outline)


def readmes(program, folder):
    """Both say the same, with pictures that are there; HACKING's document is
    one."""
    texts = {n: open('%s/%s' % (ROOT, n), encoding='utf-8').read()
             for n in ('README.md', 'README.ja.md', 'HACKING.md')}
    pictures = {n: re.findall(r'\]\((samples/pictures/[^)]*)\)', t)
                for n, t in texts.items()}
    check('the same pictures', '' if pictures['README.md'] ==
          pictures['README.ja.md'] else set(pictures['README.md']) ^
          set(pictures['README.ja.md']))
    for name in set(sum(pictures.values(), [])):
        check(name, '' if os.path.exists(ROOT + '/' + name) else 'not there')
    commands = {n: sorted(set(re.findall(r'^ +build/bunsho ([a-z]+)', t, re.M)))
                for n, t in texts.items()}
    check('the same commands', '' if commands['README.md'] ==
          commands['README.ja.md'] else commands)
    entry = re.search(r'^ +<document id="key-return".*?</document>',
                      texts['HACKING.md'], re.M | re.S).group(0)
    shutil.copytree(ROOT + '/samples/house', folder + '/own')
    os.mkdir(folder + '/own/documents')
    with open(folder + '/own/documents/D120-key-return.xml', 'w',
              encoding='utf-8') as f:
        f.write('<?xml version="1.0" encoding="UTF-8"?>\n' + entry.strip())
    done = subprocess.run([program, 'build', ROOT + '/samples/kits/KIT-0042.xml',
                           '--house', folder + '/own', '-o', folder + '/own-out',
                           '--only', 'key-return', '--today', '2020-10-06'],
                          capture_output=True, text=True)
    check('the document of HACKING.md is made', done.stderr
          if done.returncode or 'key-return' not in done.stdout else '')


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        run_all(program, folder)
        set_it(program, folder)
        readmes(program, folder)
    return tally.end()


if __name__ == '__main__':
    raise SystemExit(main())

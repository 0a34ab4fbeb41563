#!/usr/bin/python3
"""Forms to be filled in by hand: all of them, with every label of their
definition, in the edition of 2018 and of 2024, and with nothing of a case.

    check_blank.py PROGRAM [BUILD]

Last line 'N passed, M failed'.
"""
import glob
import os
import re
import subprocess
import sys
import tempfile

from lxml import etree

import tally
from tally import ROOT, check


FORMS = ('form', 'checklist', 'ledger', 'letter')


def run(program, *args):
    return subprocess.run([program, 'blank', '--lang', 'en', *args], cwd=ROOT,
                          capture_output=True, text=True)


def plain(path):
    """The text of a PDF without white space: cells wrap their labels."""
    text = subprocess.run(['pdftotext', '-raw', path, '-'],
                          capture_output=True, text=True).stdout
    return re.sub(r'\s', '', text)


def is_form(entry):
    if entry.get('blank'):
        return entry.get('blank') == 'yes'
    return entry.get('layout') in FORMS and entry.get('template') is None and \
        entry.get('command') is None


def labels(entry):
    """What an own stylesheet words itself need not stand there."""
    if entry.get('template') or entry.get('stylesheet') not in (
            None, 'kit.xsl', 'kit-checklist.xsl'):
        return
    for field in entry.iter('field', 'group'):
        if field.get('labelled') == 'no' or field.tag == 'group' and \
                (entry.get('layout') in ('ledger', 'checklist') or
                 entry.get('stylesheet') == 'kit-checklist.xsl'):
            continue
        if entry.get('layout') == 'letter' and field.get('id') in (
                'number', 'date', 'addressee', 'addressee-person'):
            continue
        yield field.get('label')


def edition(program, out, name, day):
    done = run(program, '-o', out, '--house', 'samples/house', '--edition',
               name, '--today', day)
    check(name + ' is made without a word', done.stderr if done.returncode or (
        'edition' not in done.stderr and done.stderr) else '')
    seen = 0
    for path in sorted(glob.glob(ROOT + '/stylesheets/documents/*.xml')):
        entry = etree.parse(path).getroot()
        units = entry.get('for', 'certification-case').split()
        want = is_form(entry) and (
            'Law' not in units) and (name in entry.get('editions').replace(
                '?', '').split() or (units[0] == 'trial-project' and
                                     't2018' in entry.get('editions')))
        pdf = '%s/blank/%s.pdf' % (out, entry.get('id'))
        if os.path.exists(pdf) != want:
            check('%s %s' % (name, entry.get('id')),
                  'not made' if want else 'made')
            continue
        if not want:
            continue
        seen += 1
        text = plain(pdf)
        lacks = [x for x in labels(entry) if re.sub(r'\s', '', x) not in text]
        check('%s %s' % (name, entry.get('id')), 'lacks ' + '、'.join(lacks)
              if lacks else '')
    check(name + ': there are forms', '' if seen > 20 else seen)


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as out:
        edition(program, out + '/a', 'e2018', '2020-10-06')
        edition(program, out + '/b', 'e2024', '2026-11-26')
        done = run(program, '-o', out + '/c', '--house', 'samples/house',
                   '--only', 'certificate')
        check('a certificate is no form', '' if done.returncode == 65 and
              '[no-blank]' in done.stderr else done.stderr)
        done = run(program, '-o', out + '/c', '--only', 'application-form')
        text = plain(out + '/c/blank/application-form.pdf')
        check('without a house no body is named',
              '' if done.returncode == 0 and 'サンプル認証機構' not in text
              and '申込書' in text else text)
        done = run(program, '-o', out + '/e', '--only', 'visitor-log',
                   '--today', '2026-11-26')
        check('a form of another edition is not made in silence',
              '' if '[not-edition]' in done.stderr and
              'e2024' in done.stderr else done.stderr)
        done = run(program, '-o', out + '/d', '--house', 'samples/house',
                   '--only', 'complaint-record')
        text = plain(out + '/d/blank/complaint-record.pdf')
        check('choices are boxes to tick',
              '' if '□苦情' in text else text)
    return tally.end()


if __name__ == '__main__':
    raise SystemExit(main())

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

from lxml import etree

import tally
from tally import HERE, ROOT as TREE, holds


def output(*words):
    p = subprocess.run(words, capture_output=True)
    return p.returncode, (p.stdout + p.stderr).decode('utf-8', 'replace')


def papers(folder):
    return sorted(glob.glob(folder + '/**/*.pdf', recursive=True))


def flat(s):
    """Text without white space, soft hyphens and form feeds."""
    return re.sub(r'[\s\u3000\u00ad]', '', s)


ERAS = [((2019, 5, 1), '令和', 2018), ((1989, 1, 8), '平成', 1988),
        ((1926, 12, 25), '昭和', 1925)]


def wareki(iso):
    """2019-05-01 as 令和元年5月1日, worked out apart from the program."""
    y, m, d = (int(x) for x in iso[:10].split('-'))
    for start, name, before in ERAS:
        if (y, m, d) >= start:
            n = y - before
            return '%s%s年%d月%d日' % (name, '元' if n == 1 else n, m, d)
    return iso


def labels():
    """Words of codes, {table: {code: [words]}}, out of the rows of label.c."""
    table = {}
    text = open(TREE + '/src/transform/label.c', encoding='utf-8').read()
    for kind, code, word in re.findall(
            r'\{\s*"([^"]+)",\s*"([^"]+)",\s*"([^"]+)"', text):
        table.setdefault(kind, {}).setdefault(code, []).append(word)
    return table


def measures():
    table = {}
    for m in etree.parse(TREE + '/criteria/e2018.xml').iter('measure'):
        table[m.get('id')] = m.findtext('title') or m.getparent().findtext('title')
    return table


def printed(field, value, words, titles):
    """What of a value must be read on the paper; None: nothing that a
    program can tell."""
    kind, form = field.get('type'), field.get('form') or ''
    if kind in ('date', 'period', 'datetime'):
        return wareki(value)
    if kind == 'enum':
        rows = words.get(form.partition(':')[2], {}).get(value, [])
        return rows[0] if len(rows) == 1 else None
    if kind == 'measures':
        return titles.get(value)
    if kind in ('boolean', 'signature') or form in ('site', 'auditors'):
        return None
    if kind == 'list' and field.get('xpath').endswith('@code'):
        return None  # clauses, which contracts tell in their own words
    if kind in ('integer', 'decimal'):
        return value[:-2] if value.endswith('.0') else value
    return value


# Layouts whose papers name their fields; the others tell them in sentences.
NAMED = ('form', 'report', 'ledger', 'checklist', 'letter', 'certificate', 'contract', 'rulebook', 'labels', 'figure')


def check_fields(path, name, body, words, titles):
    entry = etree.parse(path).getroot().find('document')
    for field in entry.iter('field'):
        if field.get('required') != 'yes':
            continue
        at = '%s: %s' % (name, field.get('id'))
        # labelled="no": the value's place on the paper tells what it is
        if entry.get('layout') in NAMED and field.get('labelled') != 'no':
            holds(flat(field.get('label')) in body,
                  '%s: label %s' % (at, field.get('label')))
        holds(field.find('value') is not None, '%s: no value' % at)
        values = [''.join(v.itertext()) for v in field.findall('value')]
        if field.get('type') == 'period':  # printed from the first to the last
            values = [min(values), max(values)] if values else []
        for value in values:
            want = printed(field, value, words, titles)
            if want:
                holds(flat(want).replace(',', '') in body.replace(',', ''),
                      '%s: %s' % (at, want))


def check_command(name, body):
    """A paper of a command (E01, E03): the labels of its entry are on it.
    False: it is none."""
    found = glob.glob(TREE + '/stylesheets/documents/*-%s.xml'
                      % os.path.basename(name)[:-4])
    entry = etree.parse(found[0]).getroot() if found else None
    if entry is None or not entry.get('command'):
        return False
    for field in entry.iter('field'):
        if field.get('labelled') != 'no':
            holds(flat(field.get('label')) in body,
                  '%s: label %s' % (name, field.get('label')))
    return True


def check_paper(path, name):
    code, text = output('qpdf', '--check', path)
    # the path holds the paper's id, which may be a word of qpdf's
    holds(code == 0 and 'warning' not in text.replace(path, '').lower(),
          '%s: qpdf: %s' % (name, text.strip()[-200:]))
    code, text = output('pdffonts', path)
    rows = text.splitlines()[2:]
    holds(rows and all(re.search(r' yes yes yes +\d+ +\d+$', r) for r in rows),
          '%s: fonts: %s' % (name, text))
    code, text = output('pdftotext', '-raw', path, '-')
    holds(text.strip() and '\ufffd' not in text, '%s: text' % name)
    return flat(text)


def check_trace(pdf, name):
    """Of every field that stands on paper, the page that the trace names."""
    code, text = output('pdftotext', '-raw', pdf, '-')
    pages = [flat(p).replace(',', '') for p in text.split('\f')]
    with open(pdf[:-4] + '.trace.tsv', encoding='utf-8') as f:
        rows = [line.rstrip('\n').split('\t') for line in f][1:]
    for document, provision, field, label, value, page, place in rows:
        want = flat(value).replace(',', '')
        if len(want.encode()) >= 6 and any(want in p for p in pages):
            holds(page and int(page) <= len(pages) and want in pages[int(page) - 1],
                  '%s: trace: %s: %s is not on page %s' % (name, field, value, page))
        elif want:
            holds(not page or int(page) <= len(pages),
                  '%s: trace: %s: no page %s' % (name, field, page))


def main():
    program = os.path.abspath(sys.argv[1])
    words, titles = labels(), measures()
    with tempfile.TemporaryDirectory() as one, \
            tempfile.TemporaryDirectory() as two, \
            tempfile.TemporaryDirectory() as three:
        for out, option in ((one, '--quiet'), (two, '--trace')):
            code, text = output(TREE + '/samples/build.sh', program, out, option)
            holds(code == 0, 'samples: %s' % text[-3000:])
            holds(not re.search(r'overfull|overflow', text),
                  'samples: layout warnings\n%s' % text)
        output(TREE + '/samples/build.sh', program, three, '--dump=input')
        a, b = papers(one), papers(two)
        holds([p[len(one):] for p in a] == [p[len(two):] for p in b] and a,
              'samples: two runs make different files')
        for p in a:
            name = p[len(one) + 1:]
            holds(open(p, 'rb').read() == open(two + '/' + name, 'rb').read(),
                  '%s: two runs differ' % name)
            body = check_paper(p, name)
            if check_command(name, body):
                continue
            check_trace(two + '/' + name, name)
            fields = three + '/' + name[:-4] + '.input.xml'
            if os.path.exists(fields):
                check_fields(fields, name, body, words, titles)
            else:
                holds(False, '%s: no list of fields' % name)
        if a:
            code, text = output('/usr/bin/python3', HERE + '/pdf_structure.py', *a)
            holds(code == 0, 'structure: %s' % text[-2000:])
    return tally.end()


sys.exit(main())

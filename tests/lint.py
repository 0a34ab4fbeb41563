#!/usr/bin/python3
"""Who may include whom (DESIGN: the house). Prints each breach; exit 1.

A folder includes headers of earlier folders only, from outside only its
public ones; foreign libraries stay in the folders named beside them.
"""
import glob
import os
import re
import sys

ORDER = ('base source transform content compare register font text image fo '
         'layout pdf pipeline batch cli').split()
# Folders that may include a foreign header, by the start of its name.
FOREIGN = {
    'libxml/': 'source transform content compare font image fo',
    'libxslt/': 'transform', 'libexslt/': 'transform',
    'unicode/': 'source transform compare text',
    'cmark-gfm': 'content', 'hb': 'font text', 'hyphen.h': 'text',
    'hpdf': 'pdf', 'libdeflate.h': 'pdf', 'png.h': 'image', 'jpeglib.h': 'image',
    'jerror.h': 'image', 'sqlite3.h': 'register', 'qrencode.h': 'transform',
    'openssl/': 'base', 'zip.h': 'source', 'jansson.h': 'batch cli',
}
ONLY = {'text': {'base', 'font', 'text'},
        'pdf': {'base', 'font', 'image', 'pdf'}}
ALLOWED = {('pdf', 'layout/area.h'),
           # a face's header names the source it is read through
           }


def public(folder, header):
    return folder == 'base' or header in (folder + '.h', 'area.h') \
        or header.endswith('.def')


def check(path):
    folder = path.split('/')[1]
    for n, line in enumerate(open(path, encoding='utf-8'), 1):
        m = re.match(r'\s*#\s*include\s+(["<])([^">]+)[">]', line)
        if not m:
            continue
        name = m.group(2)
        if m.group(1) == '"':
            if name.startswith('schemas/'):
                continue
            other, _, header = name.partition('/')
            if other == folder or (folder, name) in ALLOWED:
                continue
            if other not in ORDER:
                yield n, 'unknown folder in "%s"' % name
            elif ORDER.index(other) > ORDER.index(folder):
                yield n, '%s may not include %s' % (folder, name)
            elif folder in ONLY and other not in ONLY[folder]:
                yield n, '%s may include only %s, not %s' % (
                    folder, ' '.join(sorted(ONLY[folder])), name)
            elif not public(other, header):
                yield n, '%s is private to %s' % (name, other)
            continue
        for start, folders in FOREIGN.items():
            if name.startswith(start) and folder not in folders.split():
                yield n, '<%s> belongs to %s' % (name, folders)


DATES = ('date received agreed sent explained answered inquired deadline '
         'deadline-agreed issued valid-from valid-until decided found suspended '
         'instruction resumed due requested disclosed declared returned completed '
         'notified occurred in-force until granted pledge reviewed left revoked '
         'assessed contracted published start end changed disposed').split()
NEAR = re.compile(r'@(?:%s)\s*(?:&[lg]t;|>)|(?:&[lg]t;|[^-]>)=?\s*@(?:%s)\b'
                  % (('|'.join(DATES),) * 2))


def check_dates(path):
    """XPath 1.0 has no order on strings: dates are compared by functions."""
    text = open(path, encoding='utf-8').read()
    for m in re.finditer(r'\b(?:test|select|match|value|context|xpath|when)'
                         r'\s*=\s*"([^"]*)"', text):
        if NEAR.search(m.group(1)):
            yield text.count('\n', 0, m.start()) + 1, \
                'a date is compared by < or >: ' + m.group(1)


def main():
    bad = 0
    for pattern in ('schemas/*.sch', 'stylesheets/*/*.x*'):
        for path in sorted(glob.glob(pattern)):
            for n, what in check_dates(path):
                print('%s:%d: %s' % (path, n, what))
                bad += 1
    for path in sorted(glob.glob('src/*/*.[ch]')):
        for n, what in check(path):
            print('%s:%d: %s' % (path, n, what))
            bad += 1
        lines = open(path, encoding='utf-8').read().count('\n')
        if lines > 1200:
            print('%s: %d lines: two subjects?' % (path, lines))
            bad += 1
    return 1 if bad else 0


os.chdir(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.exit(main())

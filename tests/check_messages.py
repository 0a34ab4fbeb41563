#!/usr/bin/python3
"""Every message has all its words, and a test that triggers it.

    check_messages.py PROGRAM [BUILD]

Triggered: its code in a C test, or its id in one (a row of what the program
must say) or in a case's want.msg. What cannot be brought about by a test is
named below with the reason, and nothing that is tested may stand there.
Last line 'N passed, M failed'.
"""
import glob
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
UNREACHABLE = {
    'EFORK': 'the system refuses a process',
    'EWORKER': 'a worker dies before its first paper: check_batch.sh kills them by chance',
    'EGRAMMAR': 'stands in where our reading of a schema finds no fault '
                'though libxml2 did; no such input is known',
    'EPAGES': '200,000 pages take minutes',
    'EPDF': 'libharu out of memory, or a file over 2 GB',
    'EPDFVERSION': 'another libharu at run time than at build time',
}


def read(*patterns):
    paths = [p for pattern in patterns for p in glob.glob(HERE + pattern)]
    return '\n'.join(open(p, encoding='utf-8').read() for p in paths)


def strings(text):
    """The C strings of a text, neighbours joined; parts joined by no comma."""
    return re.findall(r'((?:"(?:[^"\\]|\\.)*"\s*)+)(?:,|\Z)', text)


def main():
    passed = failed = 0
    table = read('/../src/base/messages.def')
    table = table[table.index('*/') + 2:]
    rows = re.findall(r'BN_MSG\((\w+),\s*"([^"]+)",\s*(\w+),\s*(\d+),(.*?)\)\n'
                      r'(?=\s*(?:BN_MSG|/\*|#|\Z))', table, re.S)
    tests = read('/*.c', '/*.h', '/*/rows.h', '/check_[!m]*')
    said = read('/cases/*/want.msg')
    ids = set()
    if len(rows) != len(re.findall(r'^BN_MSG\(', table, re.M)):
        print('FAIL rows that this script cannot read')
        failed += 1
    for code, ident, level, status, words in rows:
        bad = []
        parts = strings(words.strip())
        # a rule says in its own words what is to be done; so does a notice
        plain = code == 'ERULE' or level == 'BN_INFO'
        if len(parts) != 4 or not all(re.search(r'"[^"]', p)
                                      for p in parts[:2 if plain else 4]):
            bad.append('%d texts of four' % len(parts))
        elif code != 'ERULE' and not re.search('[\u3040-\u30ff\u4e00-\u9fff]',
                           parts[0].strip() + parts[2]):
            bad.append('no Japanese')
        if ident in ids:
            bad.append('id twice')
        ids.add(ident)
        tested = re.search(r'\bBN_%s\b' % code, tests) or \
            re.search(r'["\[]%s["\]]' % re.escape(ident), tests) or \
            '-' in ident and "'%s'" % ident in tests or \
            re.search(r'[\[ ]%s\]' % re.escape(ident), said)
        if bool(tested) == (code in UNREACHABLE):
            bad.append('tested after all' if tested else 'no test triggers it')
        if bad:
            failed += 1
            print('FAIL %s [%s]: %s' % (code, ident, '; '.join(bad)))
        else:
            passed += 1
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed else 0


raise SystemExit(main())

#!/usr/bin/python3
"""Hold what `bunsho revise` lists against a count of its own.

    check_revise.py PROGRAM [BUILD] [NUMBER]

Cases are made from a sample: each third one is of another edition, the others
lose a measure or two in turn. The measures of each case, what becomes of them by the
revision map, and the open decisions are counted here from the files alone.
Last line 'N passed, M failed'.
"""
import copy
import json
import os
import subprocess
import sys
import tempfile

from lxml import etree

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(HERE)


def make_cases(folder, number):
    """Files, and for each its id, edition and measures."""
    sample = etree.parse(TREE + '/samples/cases/full-certified.xml').getroot()
    made = []
    for n in range(number):
        case = copy.deepcopy(sample)
        case.set('id', 'TC-2030-%04d' % n)
        if n % 3 == 2:
            case.find('edition-ref').set('ref', 'e2024')
        gone = {'V.h'} if n % 2 else {'IV.h', 'III.h'}
        for element in list(case.iter()):
            if not isinstance(element.tag, str):
                continue
            if element.tag == 'measure' and element.get('ref') in gone:
                element.getparent().remove(element)
            elif element.get('measure') in gone:
                element.set('measure', 'I.2')
            elif element.get('measures'):
                left = [m for m in element.get('measures').split() if m not in gone]
                element.set('measures', ' '.join(left) or 'I.2')
        path = '%s/%04d.xml' % (folder, n)
        etree.ElementTree(case).write(path, encoding='utf-8')
        measures = {m for e in case.iter() if isinstance(e.tag, str)
                    for m in (e.get('measures', '') + ' ' + e.get('measure', '')).split()}
        measures |= {e.get('ref') for e in case.iterfind('.//selected-measures/measure')}
        made.append((path, case.get('id'), case.find('edition-ref').get('ref'),
                     measures - {'law'}))
    return made


def want_rows(made):
    """(unit, measure or new measure, kind), as the map says."""
    rows = etree.parse(TREE + '/criteria/e2018-e2024.xml').getroot().findall('map')
    kinds = {m: r.get('kind') for r in rows for m in r.get('from', '').split()}
    loose = [(r.get('to', ''), r.get('kind')) for r in rows if not r.get('from')]
    want = []
    for _, unit, edition, measures in made:
        if edition != 'e2018':
            continue
        want += [(unit, m, kinds.get(m, 'unknown')) for m in measures]
        want += [(unit, to, kind) for to, kind in loose]
    return sorted(want)


def main():
    program = sys.argv[1]
    number = int(sys.argv[3]) if len(sys.argv) > 3 else 12
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        made = make_cases(folder, number)
        run = subprocess.run(
            [program, 'revise', '--from', 'e2018', '--to', 'e2024', '--share', TREE,
             '--house', TREE + '/samples/house', '--today', '2026-01-01',
             '--format', 'json'] + [m[0] for m in made], capture_output=True)
    if run.returncode:
        wrong.append('exit %d: %s' % (run.returncode, run.stderr.decode()[:500]))
        rows = []
    else:
        rows = json.loads(run.stdout)
    want = want_rows(made)
    for what in ('measure', 'decide'):
        got = sorted((r['unit'], r['id'] or r['to'], r['state'])
                     for r in rows if r['what'] == what)
        if what == 'decide':
            want = [w for w in want if w[2] != 'same']
        if got != want:
            wrong.append('%s: %d rows, want %d; first difference %r' % (
                what, len(got), len(want),
                next((p for p in zip(got, want) if p[0] != p[1]), None)))
    others = sorted(r['unit'] for r in rows if r['what'] == 'edition')
    if others != sorted(m[1] for m in made if m[2] != 'e2018'):
        wrong.append('cases of the other edition: %r' % others)
    touched = {r['unit'] for r in rows if r['what'] == 'document'}
    if touched != {m[1] for m in made if m[2] == 'e2018'}:
        wrong.append('documents are touched in %r' % sorted(touched))
    for w in wrong:
        print('FAIL %s' % w)
    print('%d passed, %d failed' % (4 - min(4, len(wrong)), len(wrong)))
    return 1 if wrong else 0


sys.exit(main())

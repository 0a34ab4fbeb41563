#!/usr/bin/python3
"""Hold what `bunsho revise` lists and makes against a count of its own.

    check_revise.py PROGRAM [BUILD] [NUMBER]

Cases are made from a sample: each third one is of another edition, the others
lose a measure or two in turn. The measures of each case, what becomes of them by the
revision map, and the open decisions are counted here from the files alone.

A house whose map knows every kind of change gives new data (--apply): measures,
marks and what is left as it was are worked out here, too, and the papers that
are made again are held against those whose content differs between the editions.
Last line 'N passed, M failed'.
"""
import copy
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from lxml import etree

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(HERE)
TODAY = '2026-01-01'


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
        drop(case, gone)
        path = '%s/%04d.xml' % (folder, n)
        etree.ElementTree(case).write(path, encoding='utf-8')
        made.append((path, case.get('id'), case.find('edition-ref').get('ref'),
                     measures_of(case)))
    return made


def drop(case, gone):
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


def measures_of(case):
    found = {m for e in case.iter() if isinstance(e.tag, str)
             for m in (e.get('measures', '') + ' ' + e.get('measure', '')).split()}
    found |= {e.get('ref') for e in case.iterfind('.//selected-measures/measure')}
    return found - {'law'}


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


def revise(program, house, files, *more):
    run = subprocess.run(
        [program, 'revise', '--from', 'e2018', '--to', 'e2024', '--share', TREE,
         '--house', house, '--today', TODAY, '--format', 'json', *more] + files,
        capture_output=True)
    return run, json.loads(run.stdout) if run.stdout else []


def check_list(program, number):
    """What is listed for many cases by the map of the stock."""
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        made = make_cases(folder, number)
        run, rows = revise(program, TREE + '/samples/house', [m[0] for m in made])
    if run.returncode:
        wrong.append('exit %d: %s' % (run.returncode, run.stderr.decode()[:500]))
    want = want_rows(made)
    for what in ('measure', 'decide'):
        got = sorted((r['unit'], r['id'] or r['to'], r['state']) for r in rows
                     if r['what'] == what and r['basis'])
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
    return wrong


# ----------------------------------------------------------------- --apply

EDITION = '''<criteria-edition id="e2024" schema-version="1" in-force="2024-08-16" text="full">
  <title>見本の基準</title>
  <notice number="令和六年告示第九十九号" verified="yes" law-provision="法第二条第二十四項第一号">令和六年告示第九十九号</notice>
  <forms><form code="container">物</form><form code="equipment">装置</form><form code="electronic">電子</form></forms>
  <section id="all" label="Ⅰ"><title>共通</title>%s</section>
</criteria-edition>'''
MAP = [  # from, to, kind, basis
    ('I.1', 'I.1', 'same', 'stated'), ('I.2', 'I.2', 'same', 'stated'),
    ('II.h', 'II.h', 'same', 'stated'), ('V.h', 'V.h', 'same', 'inferred'),
    ('I.3', 'M3', 'reworded', 'stated'), ('I.4.h', 'M4a M4b', 'split', 'stated'),
    ('I.5.h I.6.h', 'M56', 'merged', 'stated'), ('III.h', '', 'deleted', 'stated'),
    ('IV.h', '', 'unknown', 'stated'), ('', 'N1', 'added', 'stated'),
]
SAME = {'I.1', 'I.2', 'II.h'}


def make_house(folder, rows=MAP, same=False):
    """The sample's house with an edition and a map of its own. same: every
    measure stays as it is."""
    house = folder + '/house'
    shutil.copytree(TREE + '/samples/house', house)
    os.makedirs(house + '/criteria', exist_ok=True)
    old = [m.get('id') for m in
           etree.parse(TREE + '/criteria/e2018.xml').getroot().iter('measure')]
    if same:
        rows = [(m, '', 'same', 'stated') for m in old]
    ids = dict.fromkeys(old + [i for r in rows for i in r[1].split()])
    with open(house + '/criteria/e2024.xml', 'w', encoding='utf-8') as f:
        f.write(EDITION % ''.join(
            '<measure id="%s" label="%s" level="minimum" source="見本"><title>%s</title></measure>'
            % (i, i, '措置' + i) for i in ids))
    with open(house + '/criteria/e2018-e2024.xml', 'w', encoding='utf-8') as f:
        f.write('<revision-map from="e2018" to="e2024" schema-version="1">%s</revision-map>'
                % ''.join('<map%s%s kind="%s" basis="%s" source="見本">説明</map>' % (
                    ' from="%s"' % a if a else '', ' to="%s"' % b if b else '', k, s)
                          for a, b, k, s in rows))
    return house


def successors(measure):
    for old, new, kind, _ in MAP:
        if measure in old.split():
            return new.split() or [measure]
    return [measure]


def is_open(measure):
    return measure not in SAME


def expected(case):
    """The measures of each element under the new edition, as a list, and the
    number of marks."""
    want, marks, selected = [], 1, set()  # 1: N1 was added
    for e in case.iter():
        if not isinstance(e.tag, str):
            continue
        selection = e.tag == 'measure' and e.getparent().tag == 'selected-measures'
        name = 'ref' if selection else 'measure'
        if e.get('measures'):
            new = []
            for m in e.get('measures').split():
                new += [s for s in successors(m) if s not in new]
                marks += is_open(m)
            want.append((e.tag, 'measures', ' '.join(new)))
        if e.get(name) and e.get(name) != 'law':
            parts = successors(e.get(name))
            if e.get('id'):
                parts = parts[:1]
            for p in parts:
                if selection and p in selected:
                    continue
                selected |= {p} if selection else set()
                marks += is_open(e.get(name))
                want.append((e.tag, name, p))
    return sorted(want), marks


def got_of(case):
    got = []
    for e in case.iter():
        if not isinstance(e.tag, str):
            continue
        selection = e.tag == 'measure' and e.getparent().tag == 'selected-measures'
        for name in ('measures', 'ref' if selection else 'measure'):
            if e.get(name) and e.get(name) != 'law':
                got.append((e.tag, name, e.get(name)))
    return sorted(got)


def words(case):
    """Text of the elements that name no measure: nothing of it may change."""
    return [(e.tag, (e.text or '').strip()) for e in case.iter()
            if isinstance(e.tag, str) and not len(e)
            and not (e.get('measure') or e.get('measures'))
            and not any(a.get('measure') for a in e.iterancestors())
            and e.tag not in ('measure', 'edition-ref')]


def check_data(program):
    """New data by a map with every kind of change."""
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        house = make_house(folder)
        file = TREE + '/samples/cases/full-certified.xml'
        before = open(file, 'rb').read()
        run, rows = revise(program, house, [file], '--apply', folder + '/data')
        if run.returncode:
            return ['apply: exit %d: %s' % (run.returncode, run.stderr.decode()[:500])]
        new = folder + '/data/full-certified.xml'
        case = etree.parse(new).getroot()
        old = etree.fromstring(before)
        want, marks = expected(old)
        got = got_of(case)
        if got != want:
            wrong.append('measures of the new data: %r' % (
                next((p for p in zip(got, want) if p[0] != p[1]), (len(got), len(want))),))
        found = sum(1 for _ in case.iter(etree.PI))
        said = [int(r['id']) for r in rows if r['what'] == 'data']
        if (found, said) != (marks, [marks]):
            wrong.append('%d decisions are marked, %r said; want %d' % (found, said, marks))
        if case.find('edition-ref').get('ref') != 'e2024':
            wrong.append('the edition of the new data')
        if words(case) != words(old):
            wrong.append('other words changed')
        if open(file, 'rb').read() != before:
            wrong.append('the old data were written to')
        run = subprocess.run([program, 'build', new, '--share', TREE, '--house', house,
                              '--today', TODAY, '-o', folder + '/out'], capture_output=True)
        if b'R127' not in run.stderr or os.path.exists(folder + '/out'):
            wrong.append('papers are made while decisions are open')
        text = re.sub(r'<\?bunsho-decide.*?\?>', '', open(new, encoding='utf-8').read())
        open(new, 'w', encoding='utf-8').write(text)
        run = subprocess.run([program, 'build', new, '--share', TREE, '--house', house,
                              '--today', TODAY, '-o', folder + '/out'], capture_output=True)
        if b'R127' in run.stderr:
            wrong.append('a decision is open after its mark was taken out')
        run, _ = revise(program, house, [file], '--apply', os.path.dirname(file))
        if run.returncode != 65 or open(file, 'rb').read() != before:
            wrong.append('data are written over the file they are of')
    return wrong


def contents(program, house, file, out):
    """Content of each paper of a case, without places."""
    subprocess.run([program, 'build', file, '--share', TREE, '--house', house, '--draft',
                    '--today', TODAY, '--dump=content', '-o', out], capture_output=True)
    found = {}
    for path in glob.glob(out + '/TC-*/*.content.xml'):
        name = os.path.basename(path)[:-len('.content.xml')]
        text = open(path, encoding='utf-8').read()
        found[name] = re.sub(r' data-(at|edition)="[^"]*"', '', text)
    return found


def check_papers(program):
    """Papers made again are those whose content differs."""
    wrong = []
    known = [line.split('\t')[1] for line in subprocess.run(
        [program, 'list', 'documents', '--share', TREE], capture_output=True
    ).stdout.decode().splitlines()]
    for same in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            house = make_house(folder, same=same)
            file = TREE + '/samples/cases/full-certified.xml'
            run, rows = revise(program, house, [file], '--apply', folder + '/data',
                               '--draft', '-o', folder + '/out')
            if run.returncode:
                wrong.append('papers: exit %d: %s' % (run.returncode, run.stderr.decode()[:500]))
            before = contents(program, house, file, folder + '/a')
            after = contents(program, house, folder + '/data/full-certified.xml', folder + '/b')
            listed = {r['to'] for r in rows if r['what'] == 'document' and r['state'] == 'touched'}
            made = {os.path.basename(r['to'])[:-4] for r in rows if r['what'] == 'paper'}
            kinds = {k for k in after if k in before}
            differ = {k for k in kinds if before[k] != after[k]}

            def kind(key):
                """The document that a paper is of, when it is listed."""
                of = max((d for d in known if key == d or key.startswith(d + '-')),
                         key=len, default=None)
                return of if of in listed else None
            if same and not listed:
                wrong.append('nothing prints the notice')
            missed = {k for k in differ if kind(k) is None}
            if missed:
                wrong.append('differ and are not listed: %r' % sorted(missed))
            idle = {k for k in kinds - differ if kind(k)}
            if idle:
                wrong.append('listed and the same (same=%s): %r' % (same, sorted(idle)))
            on_disk = {os.path.basename(p)[:-4] for p in glob.glob(folder + '/out/*/*.pdf')}
            if made != on_disk or {kind(k) for k in made} != listed:
                wrong.append('made %r of %r' % (sorted(made), sorted(listed)))
    return wrong


def main():
    program = sys.argv[1]
    number = int(sys.argv[3]) if len(sys.argv) > 3 else 12
    wrong = check_list(program, number) + check_data(program) + check_papers(program)
    for w in wrong:
        print('FAIL %s' % w)
    print('%d passed, %d failed' % (16 - min(16, len(wrong)), len(wrong)))
    return 1 if wrong else 0


sys.exit(main())

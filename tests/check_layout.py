#!/usr/bin/python3
"""Look at the pages of every sample as areas (--dump=areas).

    check_layout.py PROGRAM [BUILD]

No sample is built with a warning that is not a rule's: nothing overflows, no
table, picture or glyph is at fault. Where a layout has its lines on a grid,
each line of body text (Mincho 10.5 pt) in the flow begins a whole number of
lines of 17.85 pt from the top of the page's body, whatever stands before it,
and its measure is a whole number of characters.
Last line 'N passed, M failed'.
"""
import glob
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(HERE)
STEP, SIZE, NEAR = 17850, 10500, 10  # millipoints
GRID = {'report', 'rulebook', 'contract', 'letter'}  # layouts, no pledges


def number(element, name):
    return int(element.get(name, '0'))


def body_lines(element, y):
    """Tops of the lines of body text in a stack of areas, and the lines."""
    for child in element:
        if child.tag not in ('block', 'lineArea'):
            continue
        if child.get('is-viewport-area') or (
                child.get('positioning') and
                child.get('is-reference-area')):  # cells and boxes
            continue
        if child.get('positioning'):  # label and body of an item
            yield from body_lines(child, y)
            continue
        if child.tag == 'lineArea':
            text = child.find('.//text')
            if text is not None and text.get('font-size') == str(SIZE) \
                    and 'Mincho' in text.get('font-name', ''):
                yield y, child
        else:
            before = int(child.get('bap', '0 0 0 0').split()[2])
            yield from body_lines(child, y + before +
                                  number(child, 'space-before'))
        y += number(child, 'bpda')


def grid_faults(path):
    """Body lines off the grid; and how many there are."""
    faults, n = [], 0
    for page in tree.parse(path).iter('pageViewport'):
        for flow in page.iter('flow'):
            if (number(flow, "ipd") + NEAR) % SIZE > 2 * NEAR:
                faults.append('the measure is no whole number of characters')
            for y, line in body_lines(flow, 0):
                n += 1
                over = y % STEP
                if NEAR < over < STEP - NEAR:
                    faults.append('page %s: %s at %.3f lines' % (
                        page.get('nr'), ''.join(line.itertext())[:20],
                        y / STEP))
    return faults, n


def layouts():
    """Layout of each kind of paper; none for a pledge."""
    found = {}
    for path in glob.glob(TREE + '/stylesheets/documents/*.xml'):
        root = tree.parse(path).getroot()
        template = root.get('template')
        layout = root.get('layout')
        if template and layout == 'contract':
            with open(TREE + '/templates/' + template,
                      encoding='utf-8') as f:
                if re.search(r'^class:.*\bpledge\b', f.read(), re.M):
                    layout = 'pledge'
        found[root.get('id')] = layout
    return found


def kind(path, known):
    """The kind of paper that a file of samples is."""
    name = os.path.basename(path).split('.')[0]
    while name and name not in known:
        name = name.rpartition('-')[0]
    return known.get(name)


def main():
    program = os.path.abspath(sys.argv[1])
    samples = TREE + '/samples'
    known = layouts()
    passed = failed = looked = 0
    with tempfile.TemporaryDirectory() as out:
        with open(samples + '/EXPECT', encoding='utf-8') as f:
            rows = [l.rstrip('\n').split('\t') for l in f
                    if l.strip() and not l.startswith('#')]
        for i, row in enumerate(rows):
            extra = (row[3] if len(row) > 3 else '').replace('{out}', out)
            extra = extra.split()
            words = row[0].split()
            if '--today' not in extra:
                extra += ['--today', '2020-10-06']
            if words[0] in ('compare', 'revise'):  # a command of its own
                os.makedirs(os.path.dirname(extra[extra.index('-o') + 1]))
            else:
                words = ['build'] + words + ['--house', 'house',
                                             '--dump=areas', '-o',
                                             '%s/%d' % (out, i)]
            p = subprocess.run([program] + words + extra, cwd=samples,
                               capture_output=True)
            said = [l for l in p.stderr.decode('utf-8', 'replace').splitlines()
                    if re.search(r"(警告|エラー): .*\[[a-z][a-z-]*\]$", l)]
            if said:
                failed += 1
                print('FAIL', row[0])
                for line in said[:5]:
                    print('    ', line)
            else:
                passed += 1
        for path in sorted(glob.glob(out + '/*/*/*.areas.xml')):
            if kind(path, known) not in GRID:
                continue
            faults, n = grid_faults(path)
            looked += n
            if faults:
                failed += 1
                print('FAIL', os.path.relpath(path, out))
                for line in faults[:5]:
                    print('    ', line)
            else:
                passed += 1
    if looked < 500:  # nothing to see is no proof
        failed += 1
        print('FAIL', 'only', looked, 'lines of body text were found')
    print('%d passed, %d failed' % (passed, failed))
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())

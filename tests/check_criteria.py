#!/usr/bin/python3
"""Hold the law texts of criteria/ against the texts they were taken from.

    check_criteria.py [PROGRAM]

Every law is well-formed. Where $BUNSHO_SHARED (default ../shared) has the
seeds, the words of each law in reading order are the seed's, character by
character but for white space and list marks: nothing lost, nothing made up.
What was repaired stands in the data before the element as
<?bunsho-repair seed="…"?> with the seed's own characters for the whole of it,
or <?bunsho-repair seed="…" text="…"?> for the passage `text` in it. The two
sides of the comparison tables are held against the tables: each piece of a
cell belongs to one of the sides, and both come out whole. Last line
'N passed, M failed'.
"""
import glob
import os
import re
import subprocess
import sys

from lxml import etree

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(HERE)
SEEDS = os.path.join(os.environ.get('BUNSHO_SHARED', TREE + '/../shared'), 'seeds')

# law, seed, the line that the body begins after
TAKEN = [
    ('m2018.xml', '000_bcce73a438f4af68.txt',
     '技術等情報漏えい防止措置認証業務の実施の方法'),
    ('g-mid.xml', '003_40f4958d1e32a417.txt',
     '技術等情報漏えい防止措置の実施の促進に関する指針'),
]
FULL = {0xFF10 + i: 0x30 + i for i in range(10)}


# law after, law before, seed, first line of the table and the line behind it
TABLES = [
    ('g2024.xml', 'g-mid2.xml', '001_31440d3d37bc8e5a.txt',
     '<p>改正後</p>', '備考'),
    ('m2024.xml', 'm-mid.xml', '001_31440d3d37bc8e5a.txt',
     '改正後\t改正前', '備考'),
]
# right column, left column, seed, first line of the table and one behind it
TRIAL = ('criteria-trial.xml', 'guideline-trial.xml', '002_cced7b7dd9737f40.txt',
         '「を推奨」', '個人情報のお取扱い')


def repaired(text, repair):
    """The text of an element as the seed has it."""
    if repair is None:
        return text
    seed, passage = repair
    if passage is None:
        return seed
    if passage not in text:
        raise SystemExit('repair of %r: no %r in %r' % (seed, passage, text))
    return text.replace(passage, seed, 1)


def words(law, titled=True):
    """Titles and sentences in reading order, as the seed prints them; titled:
    with the law's own."""
    out, repair = [], None
    for node in law.iter():
        if node.tag is etree.PI:
            repair = (re.search(r'seed="([^"]*)"', node.text).group(1),
                      (re.search(r'text="([^"]*)"', node.text) or [None, None])[1])
            continue
        name = node.tag if isinstance(node.tag, str) else ''
        if name == 'ArticleCaption':
            continue  # the seed has it behind the title
        text = (node.text or '').strip()
        if name == 'LawTitle' and not titled:
            continue
        if name.endswith('Title') or name == 'ParagraphNum':
            out.append(repaired(text.translate(FULL) if titled else text, repair))
            repair = None
            if name == 'ArticleTitle':
                out.append(node.getparent().findtext('ArticleCaption', ''))
        elif name == 'Sentence':
            out.append(repaired(text, repair))
            repair = None
        if name == 'ParagraphNum':
            out.append(node.getparent().findtext('ParagraphCaption', ''))
    return re.sub(r'\s', '', ''.join(out))


def cells(path, start, end):
    """The pieces of a table's cells in the order of the file."""
    lines = open(path, encoding='utf-8').read().split('\n')
    at = next(i for i, l in enumerate(lines) if l.startswith(start))
    out = []
    for line in lines[at:]:
        if line.startswith(end):
            break
        out += re.split(r'\t|</?p[^>]*>', line)
    # marks of lists and of markup are the file's
    out = [re.sub(r'\s|<[^>]*>', '', re.sub(r'^\s*-+(?=\s|$)', '', c)) for c in out]
    return [c for c in out if c not in ('', '改正後', '改正前')]


def interleaved(pieces, after, before):
    """Do the pieces, each given to one side, make both texts?"""
    states, done = {0}, 0
    for n, piece in enumerate(pieces):
        after_them = set()
        for i in states:  # characters of `after` that are used up
            if after.startswith(piece, i):
                after_them.add(i + len(piece))
            if before.startswith(piece, done - i):
                after_them.add(i)
        done += len(piece)
        states = after_them
        if not states:
            return 'piece %d %r' % (n, piece[:30])
    whole = len(after) in states and done == len(after) + len(before)
    return None if whole else 'the end: the data has more'


def seed_words(path, start):
    lines = [re.sub(r'^[#\-\s]+', '', l).strip()
             for l in open(path, encoding='utf-8').read().splitlines()]
    at = next(i for i, l in enumerate(lines) if l.startswith(start))
    return re.sub(r'\s', '', ''.join(lines[at + 1:]))


# What the revision of 2024 changed, as CRITERIA.md section 6 lists it: before
# and after of every marked place.
CHANGES = [
    ('平成三十年', '令和六年'), ('第三号', '第一号'),
    ('必要最低限の措置の部分（技術等情報漏えい防止措置基準のⅠの第一から第三まで及び'
     '第四から第六までの柱書き、Ⅱの柱書き並びに技術等情報の態様に応じてⅢ、Ⅳ及びⅤの'
     '柱書きの部分をいう。)', '義務項目'),
    ('平成三十年', '令和六年'), ('第三号', '第号'),
    ('のIの第二からVIIまで', ''), ('第1の3の', '第2の2(1)から(3)までに掲げる'),
    ('求められる', '定める義務項目を達成するために適切と考えられる手段に従って作成する'),
    ('求められる', '定める義務項目を達成するために適切と考えられる手段に従って作成する'),
]
H = '{http://www.w3.org/1999/xhtml}'


def split_marks(cell):
    """Text of a cell outside its 傍線, and the marked stretches."""
    kept, marked = '', []
    for p in cell.iter(H + 'p'):
        kept += p.text or ''
        for u in p.iter(H + 'u'):
            marked.append(u.text)
            kept += '\0' + (u.tail or '')
    return kept, marked


def same_table(program, after, before):
    """`bunsho compare` gives the table again: what is wrong, and the marks."""
    run = subprocess.run([program, 'compare', TREE + '/criteria/' + before,
                          TREE + '/criteria/' + after, '--dump=content'],
                         capture_output=True)
    if run.returncode:
        return run.stderr.decode(), []
    rows = [r.findall(H + 'td') for r in
            etree.fromstring(run.stdout).iter(H + 'tr') if r.find(H + 'td') is not None]
    marks = []
    for column, law in ((0, after), (1, before)):
        body = etree.parse(TREE + '/criteria/' + law).getroot().find('LawBody')
        whole = ''.join(''.join(r[column].itertext()) for r in rows)
        plain = re.sub(r'\s', '', whole)
        if plain != words_of(body):
            return '%s is not whole in the table' % law, []
    for new, old in rows:
        kept_new, in_new = split_marks(new)
        kept_old, in_old = split_marks(old)
        if kept_new.replace('\0', '') != kept_old.replace('\0', ''):
            return 'unmarked text differs: %r' % kept_new[:60], []
        if len(in_new) == len(in_old):
            marks += list(zip(in_old, in_new))
        else:
            marks += [(o, '') for o in in_old] + [('', n) for n in in_new]
    return None, marks


def words_of(body):
    """Words without looking at repairs."""
    for pi in list(body.iter(etree.PI)):
        pi.getparent().remove(pi)
    return words(body)


def check_editions():
    """Editions and revision maps: grammar, ids once, maps point at measures."""
    failed, measures = [], {}
    for path in sorted(glob.glob(TREE + '/criteria/*.xml')):
        root = etree.parse(path).getroot()
        grammar = etree.RelaxNG(etree.parse(
            '%s/schemas/%s.rng' % (TREE, root.tag)))
        if not grammar.validate(root):
            failed.append('%s: %s' % (path, grammar.error_log.last_error))
        if root.tag == 'criteria-edition':
            ids = [m.get('id') for m in root.iter('measure')]
            measures[root.get('id')] = set(ids)
            if len(ids) != len(set(ids)):
                failed.append('%s: an id stands twice' % path)
    for path in sorted(glob.glob(TREE + '/criteria/*-*.xml')):
        root = etree.parse(path).getroot()
        if root.tag != 'revision-map':
            continue
        for side in ('from', 'to'):
            known = measures[root.get(side)]
            for m in root.iter('map'):
                for i in m.get(side, '').split():
                    if i not in known:
                        failed.append('%s: no measure %s' % (path, i))
        named = {i for m in root.iter('map') for i in m.get('from', '').split()}
        if named != measures[root.get('from')]:
            failed.append('%s: nothing on %s' % (
                path, measures[root.get('from')] - named))
    for f in failed:
        print('FAIL %s' % f)
    return 2 * (not failed), len(failed)


def check_compare(program):
    """The comparison tables of 2024 out of their two sides."""
    failed, marks = 0, []
    for after, before, *_ in TABLES:
        wrong, found = same_table(program, after, before)
        marks += found
        if wrong:
            failed += 1
            print('FAIL compare %s %s: %s' % (before, after, wrong))
    if not failed and marks != CHANGES:
        failed += 1
        print('FAIL compare: changes are %r' % (marks,))
    return len(TABLES) + 1 - failed, failed


def main():
    passed = failed = 0
    for path in sorted(glob.glob(TREE + '/criteria/*.xml')):
        try:
            etree.parse(path)
            passed += 1
        except etree.XMLSyntaxError as e:
            failed += 1
            print('FAIL %s: %s' % (path, e))
    for name, seed, start in TAKEN:
        if not os.path.exists(os.path.join(SEEDS, seed)):
            print('SKIPPED %s: no seeds at hand' % name)
            continue
        law = etree.parse(TREE + '/criteria/' + name).getroot()
        got = words(law.find('LawBody/MainProvision'))
        want = seed_words(os.path.join(SEEDS, seed), start)
        if got == want:
            passed += 1
            continue
        failed += 1
        at = next((i for i, (a, b) in enumerate(zip(got, want)) if a != b),
                  min(len(got), len(want)))
        print('FAIL %s: at %d %r, in the seed %r'
              % (name, at, got[at - 10:at + 20], want[at - 10:at + 20]))
    for after, before, seed, start, end in TABLES:
        path = os.path.join(SEEDS, seed)
        if not os.path.exists(path):
            continue
        sides = [words(etree.parse(TREE + '/criteria/' + name).getroot()
                       .find('LawBody')).replace('［略］', '[略]')
                 for name in (after, before)]
        pieces = cells(path, start, end)
        if after.startswith('m'):
            sides = [s.translate(FULL) for s in sides]
        wrong = interleaved(pieces, *sides)
        passed, failed = passed + (not wrong), failed + bool(wrong)
        if wrong:
            print('FAIL %s, %s: %s' % (after, before, wrong))
    if os.path.exists(os.path.join(SEEDS, TRIAL[2])):
        sides = [words(etree.parse(TREE + '/criteria/' + name).getroot().find('LawBody'), False)
                 for name in TRIAL[:2]]
        wrong = interleaved(cells(os.path.join(SEEDS, TRIAL[2]), *TRIAL[3:]), *sides)
        passed, failed = passed + (not wrong), failed + bool(wrong)
        if wrong:
            print('FAIL %s, %s: %s' % (TRIAL[0], TRIAL[1], wrong))
    good, bad = check_editions()
    passed, failed = passed + good, failed + bad
    if len(sys.argv) > 1:
        good, bad = check_compare(sys.argv[1])
        passed, failed = passed + good, failed + bad
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed else 0


sys.exit(main())

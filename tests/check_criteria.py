#!/usr/bin/python3
"""Hold the law texts of criteria/ against the texts they were taken from.

    check_criteria.py [PROGRAM]

Every law is well-formed. Where $BUNSHO_SHARED (default ../shared) has the
seeds, the words of each law in reading order are the seed's, character by
character but for white space and list marks: nothing lost, nothing made up.
What was repaired stands in the data as <?bunsho-repair seed="…"?> with the
seed's own characters. Last line 'N passed, M failed'.
"""
import glob
import os
import re
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


def words(law):
    """Titles and sentences in reading order, as the seed prints them."""
    out, repair = [], None
    for node in law.iter():
        if node.tag is etree.PI:
            repair = re.search(r'seed="([^"]*)"', node.text).group(1)
            continue
        name = node.tag if isinstance(node.tag, str) else ''
        if name == 'ArticleCaption':
            continue  # the seed has it behind the title
        text = (node.text or '').strip()
        if name.endswith('Title') and name != 'LawTitle' or name == 'ParagraphNum':
            out.append(repair if repair else text.translate(FULL))
            repair = None
            if name == 'ArticleTitle':
                out.append(node.getparent().findtext('ArticleCaption', ''))
        elif name == 'Sentence':
            out.append(text)
        if name == 'ParagraphNum':
            out.append(node.getparent().findtext('ParagraphCaption', ''))
    return re.sub(r'\s', '', ''.join(out))


def seed_words(path, start):
    lines = [re.sub(r'^[#\-\s]+', '', l).strip()
             for l in open(path, encoding='utf-8').read().splitlines()]
    at = next(i for i, l in enumerate(lines) if l.startswith(start))
    return re.sub(r'\s', '', ''.join(lines[at + 1:]))


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
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed else 0


sys.exit(main())

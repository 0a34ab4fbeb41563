#!/usr/bin/python3
"""Look at every line of every sample as it was composed (--dump=lines).

    check_lines.py PROGRAM [BUILD]

No line but a paragraph's first starts with a character that may not start
one, none but its last ends with one that may not end one (JLREQ.md 2.1);
no line sticks out; justified lines end within 0.01 pt of the measure. And
the text of every line comes back from the PDF as it went in (pdftotext,
white space apart; it is parted by ruby, so that a line may come in pieces).
Last line 'N passed, M failed'.
"""
import csv
import glob
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(HERE)

NO_START = set('）〕］｝〉》」』】〙〗〟’”｠»'      # closing brackets
               '‐〜゠～–！？‼⁇⁈⁉・：；。．、，'     # hyphens, marks, stops
               'ヽヾゝゞ々〻ー'                     # iteration, prolonged
               'ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ'
               '％‰℃｡､｣･ｰｧｨｩｪｫｯｬｭｮ')
NO_END = set('（〔［｛〈《「『【〘〖〝‘“｟«￥＄￡＃€№｢')
NEAR = 10  # millipoints


def faults(row):
    text = row['text'].strip(' ')
    part = row['part']
    width, reach = int(row['width']), int(row['reach'])
    slack = width - int(row['end']) - reach
    if text and part in ('middle', 'last') and text[0] in NO_START:
        yield 'starts with ' + text[0]
    if text and part in ('first', 'middle') and text[-1] in NO_END:
        yield 'ends with ' + text[-1]
    if reach > width + NEAR:
        yield 'sticks out by %.2f pt' % ((reach - width) / 1000)
    if row['align'] == 'justify' and part in ('first', 'middle') \
            and abs(slack) > NEAR:
        yield 'ends %.2f pt before the measure' % (slack / 1000)
    if row['align'] == 'justify' and part in ('first', 'middle') \
            and row['end'] != '0':
        yield 'is not justified: %.2f pt left' % (int(row['end']) / 1000)


def solid(text):
    return ''.join(text.split())


def in_order(page, text):
    """Do the characters of text follow one another somewhere on the page? Ruby
    and notes may stand between the characters they belong to: no more than a
    line's length of others between two."""
    if text in page:
        return True
    start = page.find(text[0])
    while start >= 0:
        at = start
        for c in text[1:]:
            at = page.find(c, at + 1, at + 60)
            if at < 0:
                break
        else:
            return True
        start = page.find(text[0], start + 1)
    return False


def comes_back(path, lines):
    """Lines that the PDF beside the dump does not give back."""
    pdf = path[:-len('.lines')] + '.pdf'
    text = subprocess.run(['pdftotext', '-raw', pdf, '-'],
                          capture_output=True).stdout.decode('utf-8')
    pages = [solid(p) for p in text.split('\f')]
    for row in lines:
        no, line = int(row['page']) - 1, solid(row['text'])
        if line and (no >= len(pages) or not in_order(pages[no], line)):
            yield row


def rows(path):
    with open(path, encoding='utf-8', newline='') as f:
        yield from csv.DictReader(f, delimiter='\t', quoting=csv.QUOTE_NONE)


def main():
    program = os.path.abspath(sys.argv[1])
    passed = failed = 0
    samples = TREE + '/samples'
    with tempfile.TemporaryDirectory() as out:
        with open(samples + '/EXPECT', encoding='utf-8') as f:
            lines = [l.rstrip('\n').split('\t') for l in f
                     if l.strip() and l[0] != '#']
        for fields in lines:
            more = fields[3].replace('{out}', out).split() \
                if len(fields) > 3 else []
            if not fields[0].split()[0].endswith('.xml'):
                continue  # of another command
            for dump in ['--dump=lines'], []:
                subprocess.run([program, 'build'] + fields[0].split() +
                               ['--house', 'house', '-o', out, '--today',
                                '2020-10-06'] + dump + more,
                               cwd=samples, capture_output=True)
        for path in sorted(glob.glob(out + '/**/*.lines', recursive=True)):
            lines = list(rows(path))
            gone = list(comes_back(path, lines))
            passed += len(lines) - len(gone)
            failed += len(gone)
            for row in gone:
                print('FAIL %s page %s line %s does not come back: %s' %
                      (os.path.relpath(path, out), row['page'], row['line'],
                       row['text'][:60]))
            for row in lines:
                bad = list(faults(row))
                passed += not bad
                failed += bool(bad)
                for what in bad:
                    print('FAIL %s page %s line %s %s: %s' %
                          (os.path.relpath(path, out), row['page'],
                           row['line'], what, row['text'][:40]))
    if passed < 1000:  # the samples have thousands of lines
        print('FAIL only %d lines were found' % passed)
        failed += 1
    print('%d passed, %d failed' % (passed, failed))
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())

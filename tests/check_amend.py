#!/usr/bin/python3
"""Do the amending sentences of `bunsho compare --format amend` make the new text?

    check_amend.py PROGRAM [BUILD] [NUMBER]

Laws of articles, paragraphs and items are made and changed at random (words changed, put
in and taken out, provisions added, deleted, moved up and down by that). The sentences
are carried out here one after the other, as a person would with a pencil, on addresses
read anew from the text. Last line 'N passed, M failed'.
"""
import os
import random
import re
import subprocess
import sys
import tempfile
from xml.sax.saxutils import escape

from lxml import etree

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(HERE)
K = '〇一二三四五六七八九'
WORDS = ('措置 機関 依頼者 審査 業務 従事者 情報 秘密 契約 証明書 期間 報告 書類 範囲 管理 手順 '
         '責任者 委員会 苦情 記録 区域 鍵 名簿 教育 施錠 複製 廃棄 運搬 誓約書 権限').split()
VERBS = '定める 確認する 保存する 報告する 受領する 提出する 管理する 記録する 通知する 公表する'.split()


def kanji(n):
    tens, ones = divmod(n, 10)
    return ('' if tens == 0 else '十' if tens == 1 else K[tens] + '十') + (K[ones] if ones else '')


def number(s):
    if '十' in s:
        a, b = s.split('十')
        return (K.index(a) if a else 1) * 10 + (K.index(b) if b else 0)
    return K.index(s)


class Law:
    """Articles: [caption, [[text, [item, …]], …]]; numbers are places."""

    def __init__(self, articles):
        self.articles = articles

    def xml(self):
        out = ['<?xml version="1.0" encoding="UTF-8"?>\n<Law Era="Reiwa" Year="7" Num="1" LawType="Misc" '
               'Lang="ja"><LawNum>令和七年規程第一号</LawNum><LawBody><LawTitle>見本規程</LawTitle><MainProvision>']
        for n, (caption, paragraphs) in enumerate(self.articles, 1):
            out.append('<Article Num="%d"><ArticleCaption>（%s）</ArticleCaption><ArticleTitle>第%s条</ArticleTitle>'
                       % (n, escape(caption), kanji(n)))
            for k, (text, items) in enumerate(paragraphs, 1):
                out.append('<Paragraph Num="%d"><ParagraphNum>%s</ParagraphNum><ParagraphSentence><Sentence Num="1">%s'
                           '</Sentence></ParagraphSentence>' % (k, '' if k == 1 else chr(0xFF10 + k), escape(text)))
                for i, item in enumerate(items, 1):
                    out.append('<Item Num="%d"><ItemTitle>%s</ItemTitle><ItemSentence><Sentence Num="1">%s</Sentence>'
                               '</ItemSentence></Item>' % (i, kanji(i), escape(item)))
                out.append('</Paragraph>')
            out.append('</Article>')
        return ''.join(out) + '</MainProvision></LawBody></Law>\n'


# ----------------------------------------------------------------- changes

def sentence(r):
    return '%sは、%sを%s、%sについて%sを%sものとする。' % (
        r.choice(WORDS), r.choice(WORDS), r.choice(VERBS)[:-2] + 'し' if r.random() < .3 else 'もって',
        r.choice(WORDS), r.choice(WORDS), r.choice(VERBS))


def paragraph(r):
    items = ['%sの%sに係る%s' % (r.choice(WORDS), r.choice(WORDS), r.choice(WORDS))
             for _ in range(r.choice((0, 0, 3, 4)))]
    return [sentence(r) + sentence(r), items]


def article(r):
    return [r.choice(WORDS) + 'の' + r.choice(WORDS), [paragraph(r) for _ in range(r.choice((1, 1, 2, 3)))]]


def edit(r, text):
    at = [m.start() for m in re.finditer('|'.join(WORDS), text)]
    if not at:
        return text
    p = r.choice(at)
    word = next(w for w in sorted(WORDS, key=len, reverse=True) if text.startswith(w, p))
    kind = r.randrange(3)
    if kind == 0:
        return text[:p] + r.choice(WORDS) + text[p + len(word):]
    if kind == 1:
        return text[:p] + '特定の' + text[p:]
    return text[:p] + text[p + len(word):] if text[p + len(word):] else text


def change(r, articles):
    new = [[c, [[t, list(i)] for t, i in p]] for c, p in articles]
    for _ in range(r.randrange(1, 6)):
        a = r.randrange(len(new))
        p = r.randrange(len(new[a][1]))
        kind = r.randrange(9)
        if kind < 3:
            new[a][1][p][0] = edit(r, new[a][1][p][0])
        elif kind == 3 and new[a][1][p][1]:
            i = r.randrange(len(new[a][1][p][1]))
            new[a][1][p][1][i] = edit(r, new[a][1][p][1][i])
        elif kind == 4:
            new.insert(r.randrange(len(new) + 1), article(r))
        elif kind == 5 and len(new) > 3:
            del new[a]
        elif kind == 6:
            new[a][1].insert(p + 1, paragraph(r))
        elif kind == 7 and p > 0:
            del new[a][1][p]
        elif kind == 8 and new[a][1][p][1]:
            new[a][1][p][1].insert(r.randrange(len(new[a][1][p][1]) + 1), '新たな%sの%s' % (r.choice(WORDS), r.choice(WORDS)))
    return new


# ------------------------------------------------------------- the pencil

class Pencil:
    """The old text as slots: numbers are written at each provision and stay until a
    sentence changes them."""

    def __init__(self, articles):
        self.articles = [dict(n=a, caption=c, paragraphs=[
            dict(n=k, text=t, items=[dict(n=i, text=x) for i, x in enumerate(items, 1)])
            for k, (t, items) in enumerate(paragraphs, 1)]) for a, (c, paragraphs) in enumerate(articles, 1)]

    ADDRESS = r'第(?P<a>[一二三四五六七八九十]+)条(?:第(?P<p>[一二三四五六七八九十]+)項)?(?:第(?P<i>[一二三四五六七八九十]+)号)?'

    def find(self, address):
        """Where an address is: its list, and its index there; what is own text only."""
        m = re.fullmatch(self.ADDRESS + '(?P<own>各号列記以外の部分)?', address)
        if m is None:
            raise ValueError('no address: ' + address)
        place, at = self.articles, self.index(self.articles, m['a'])
        if m['p'] or m['i']:
            place, at = place[at]['paragraphs'], self.index(place[at]['paragraphs'], m['p'] or '一')
        if m['i']:
            place, at = place[at]['items'], self.index(place[at]['items'], m['i'])
        return place, at

    @staticmethod
    def index(place, text):
        found = [k for k, x in enumerate(place) if x['n'] == number(text)]
        if len(found) != 1:
            raise ValueError('%d of number %s' % (len(found), text))
        return found[0]

    def texts(self, address):
        """Every place that the words 「…中」 speak of."""
        place, at = self.find(address)
        x = place[at]
        if 'paragraphs' in x:
            if address.endswith('各号列記以外の部分'):
                return [x['paragraphs'][0]]
            return [y for p in x['paragraphs'] for y in [p] + p['items']]
        if address.endswith('各号列記以外の部分'):
            return [x]
        return [x] + x.get('items', [])

    def words(self, address, rest):
        done = []
        pattern = re.compile(r'「([^」]*)」(?:を「([^」]*)」に改め(?:る)?|の下に「([^」]*)」を加え(?:る)?|を削(?:る|り))(?:、|。)')
        pos = 0
        while pos < len(rest):
            m = pattern.match(rest, pos)
            if m is None:
                raise ValueError('words: ' + rest[pos:])
            done.append((m[1], m[2] if m[2] is not None else m[1] + m[3] if m[3] is not None else ''))
            pos = m.end()
        where = {}  # quotations are of the old words, all of them
        for old, new in done:
            places = [x for x in self.texts(address) if old in x['text']]
            if len(places) != 1 or places[0]['text'].count(old) != 1:
                raise ValueError('「%s」 stands %d times in %s' % (old, sum(
                    x['text'].count(old) for x in self.texts(address)), address))
            where.setdefault(id(places[0]), (places[0], []))[1].append((places[0]['text'].index(old), old, new))
        for place, changes in where.values():
            for at, old, new in sorted(changes, reverse=True):
                place['text'] = place['text'][:at] + new + place['text'][at + len(old):]

    def provisions(self, node):
        out = []
        for x in node:
            if x.tag == 'Article':
                out.append(dict(n=number(x.findtext('ArticleTitle')[1:-1]), caption=x.findtext('ArticleCaption')[1:-1],
                                paragraphs=self.provisions(x.findall('Paragraph'))))
            elif x.tag == 'Paragraph':
                n = x.findtext('ParagraphNum') or '１'
                out.append(dict(n=ord(n) - 0xFF10, text=''.join(x.find('ParagraphSentence').itertext()),
                                items=self.provisions(x.findall('Item'))))
            elif x.tag == 'Item':
                out.append(dict(n=number(x.findtext('ItemTitle')), text=''.join(x.find('ItemSentence').itertext())))
            elif x.tag == 'Sentence':
                out.append(''.join(x.itertext()))
        return out

    def carry_out(self, said, new):
        N = '第[一二三四五六七八九十]+'
        A = '(%s条(?:%s項)?(?:%s号)?(?:各号列記以外の部分)?)' % (N, N, N)
        for pattern, do in (
                (A + '中(「.*)$', self.words),
                (A + 'の見出しを「（(.*)）」に改める。', self.caption),
                (A + 'を次のように改める。', lambda a: self.replace(a, new)),
                (A + 'を削る。', lambda a: self.delete(a, a)),
                (A + '(?:及び|から)(第[^ま]*?)(?:まで)?を削る。', self.delete),
                (A + 'から(第.*?)までを([一二三四五六七八九十]+)[条項号]ずつ繰り(上|下)げる。', self.shift),
                (A + 'を(?:同条|同項)?(第.*)とする。', self.rename),
                (A + 'の(次|前)に次の([一二三四五六七八九十]+)[条項号]を加える。', lambda a, w, n: self.add(a, w, new)),
                (A + 'に次の([一二三四五六七八九十]+)[条項号]を加える。', lambda a, n: self.append(a, new))):
            m = re.fullmatch(pattern, said)
            if m:
                return do(*m.groups())
        raise ValueError('not understood: ' + said)

    def caption(self, a, text):
        place, at = self.find(a)
        place[at]['caption'] = text

    def replace(self, a, new):
        place, at = self.find(a)
        if isinstance(new[0], str):
            self.texts(a)[0]['text'] = new[0]
        else:
            place[at] = dict(new[0], n=place[at]['n'])

    def other(self, place, text):
        return self.index(place, re.search('第([一二三四五六七八九十]+)[条項号]$', text)[1])

    def delete(self, a, b):
        place, at = self.find(a)
        del place[at:self.other(place, b) + 1]

    def shift(self, a, b, n, way):
        place, at = self.find(a)
        for x in place[at:self.other(place, b) + 1]:
            x['n'] += number(n) if way == '下' else -number(n)

    def rename(self, a, b):
        place, at = self.find(a)
        to = number(re.search('第([一二三四五六七八九十]+)[条項号]$', b)[1])
        if any(x['n'] == to for x in place):
            raise ValueError('%s is there already' % b)
        place[at]['n'] = to

    def add(self, a, where, new):
        place, at = self.find(a)
        place[at + (where == '次'):at + (where == '次')] = new

    def append(self, a, new):
        place, at = self.find(a)
        x = place[at]
        if 'paragraphs' in x and new and 'items' in new[0]:
            x['paragraphs'] += new
        else:
            (x['paragraphs'][0] if 'paragraphs' in x else x)['items'] += new

    def result(self):
        for place in [self.articles] + [a['paragraphs'] for a in self.articles] + [
                p['items'] for a in self.articles for p in a['paragraphs']]:
            if [x['n'] for x in place] != list(range(1, len(place) + 1)):
                raise ValueError('numbers: %r' % [x['n'] for x in place])
        return [[a['caption'], [[p['text'], [i['text'] for i in p['items']]] for p in a['paragraphs']]]
                for a in self.articles]


def try_one(program, seed, folder):
    r = random.Random(seed)
    old = [article(r) for _ in range(r.randrange(4, 9))]
    new = change(r, old)
    for name, law in (('old', old), ('new', new)):
        with open('%s/%s.xml' % (folder, name), 'w', encoding='utf-8') as f:
            f.write(Law(law).xml())
    run = subprocess.run([program, 'compare', folder + '/old.xml', folder + '/new.xml', '--share', TREE,
                          '--format', 'amend', '-o', folder + '/amend.xml'], capture_output=True)
    if run.returncode:
        return run.stderr.decode()
    law = etree.parse(folder + '/amend.xml').getroot()
    pencil = Pencil(old)
    said = []
    try:
        for a in law.iter('AmendProvision'):
            said.append(''.join(a.find('AmendProvisionSentence').itertext()))
            node = a.find('NewProvision')
            pencil.carry_out(said[-1], pencil.provisions(node) if node is not None else None)
        if pencil.result() != new:
            return 'another text comes out:\n  %s' % '\n  '.join(said)
    except (ValueError, TypeError, IndexError) as e:
        return '%s\n  %s' % (e, '\n  '.join(said))
    grammar = etree.RelaxNG(etree.parse(TREE + '/schemas/Law.rng'))
    return None if grammar.validate(law) else str(grammar.error_log.last_error)


def main():
    program = sys.argv[1]
    number_of = int(sys.argv[3]) if len(sys.argv) > 3 else 60
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(number_of):
            wrong = try_one(program, seed, folder)
            if wrong:
                failed += 1
                print('FAIL %d: %s' % (seed, wrong))
    print('%d passed, %d failed' % (number_of - failed, failed))
    return 1 if failed else 0


sys.exit(main())

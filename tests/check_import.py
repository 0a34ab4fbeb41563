#!/usr/bin/python3
"""Tables become cases, auditors and registers of a kit, or say why not.

    check_import.py PROGRAM [BUILD]

Last line 'N passed, M failed'.
"""
import csv
import glob
import io
import os
import re
import subprocess
import sys
import tempfile

from lxml import etree

import tally
from tally import ROOT, check


def run(*args, lang='en'):
    return subprocess.run([PROGRAM, *args, '--today', '2020-10-06', '--lang',
                           lang], capture_output=True, text=True)


def put(path, text, encoding='utf-8', end='\n'):
    with open(path, 'wb') as f:
        f.write(text.replace('\n', end).encode(encoding))


CASES = '''案件番号,依頼者,住所,郵便番号,代表者,代表者の役職,中小企業,従業員数,担当者,申込日,技術等情報1,種類1,態様1,技術等情報2,種類2,態様2,措置,希望する認証の範囲,認証の範囲,秘密保持契約日
TC-1,"株式会社甲, ""東""",東京都架空区1番,1000001,甲　一郎,代表取締役,はい,１２人,乙　二郎,令和元年5月15日,図面,設計図,保管容器に保管することができる書類等・物,CAD,設計データ,電子情報,"I.2、I.3",設計部,本社設計部,R1.5.1
TC-2,"有限会社髙﨑
製作所",大阪府架空市,530-0001,丙　三郎,,いいえ,"1,200",丁　四郎,2019/6/1,装置,製造装置,equipment,,,,I.2 I.3,工場,,
'''


def cases(folder):
    """The same cases out of every encoding."""
    forms = [('utf-8', '\n'), ('utf-8', '\r\n'), ('utf-8-sig', '\r\n'),
             ('cp932', '\r\n'), ('cp932', '\r'), ('utf-16', '\n')]
    first = None
    for i, (encoding, end) in enumerate(forms):
        path = '%s/t%d.csv' % (folder, i)
        out = '%s/c%d' % (folder, i)
        put(path, CASES, encoding, end)
        done = run('import', 'cases', path, '-o', out, '--house',
                   ROOT + '/samples/house')
        check('cases in %s' % encoding, done.stderr if done.returncode else '')
        files = {n: open(out + '/' + n, encoding='utf-8').read()
                 for n in sorted(os.listdir(out))} if os.path.isdir(out) else {}
        first = first or files
        check('are the same', '' if files == first and len(files) == 2
              else list(files))
    tree = etree.fromstring(first['TC-1.xml'].encode())
    for path, want in (
            ('client/name', '株式会社甲, "東"'), ('body-ref/@ref', 'body-sample'),
            ('client/@sme', 'yes'), ('client/profile/@employees', '12'),
            ('application/@date', '2019-05-15'),
            ('application/@received', '2019-05-15'),
            ('application/information[1]/@form', 'container'),
            ('application/information[2]/name', 'CAD'),
            ('count(application/information)', '2'),
            ('application/selected-measures/measure[2]/@ref', 'I.3'),
            ('client/address/@postal-code', '100-0001'),
            ('contracts/contract/@date', '2019-05-01'),
            ('count(certificates)', '0')):
        if path.startswith('count'):
            got = '%d' % tree.xpath(path)
        else:
            got = tree.xpath('string(%s)' % path)
        check('TC-1 ' + path, '' if got == want else got)
    tree = etree.fromstring(first['TC-2.xml'].encode())
    for path, want in (('client/name', '有限会社髙﨑製作所'),
                       ('client/profile/@employees', '1200'),
                       ('application/@date', '2019-06-01'),
                       ('client/sites/site/name', '有限会社髙﨑製作所')):
        got = tree.xpath('string(%s)' % path)
        check('TC-2 ' + path, '' if got == want else got)
    done = run('check', folder + '/c0/TC-1.xml', '--house',
               ROOT + '/samples/house')
    check('what was imported follows the grammar',
          done.stderr if 'grammar' in done.stderr or 'A01' not in done.stdout
          else '')
    before = os.stat(folder + '/c0/TC-1.xml').st_mtime_ns
    done = run('import', 'cases', folder + '/t0.csv', '-o', folder + '/c0',
               '--house', ROOT + '/samples/house')
    check('nothing is replaced unasked', '' if done.returncode == 73 and
          '[exists]' in done.stderr and
          os.stat(folder + '/c0/TC-1.xml').st_mtime_ns == before else
          done.stderr)
    done = run('import', 'cases', folder + '/t0.csv', '-o', folder + '/c0',
               '--house', ROOT + '/samples/house', '--overwrite')
    check('what is replaced is said', '' if done.returncode == 0 and
          done.stderr.count('[replaced]') == 2 else done.stderr)


# an edit of the table, and the message that must come of it: line, column, id,
# and the head of the column in its words
FAULTS = [
    ('no id', ('TC-2,', ','), '3:1', "import-empty", '案件番号'),
    ('the same id', ('TC-2,', 'TC-1,'), '3:1', "import-twice", '案件番号'),
    ('an id that is none', ('TC-2,', '2番,'), '3:1', "import-value", '案件番号'),
    ('a required column is not there', ('申込日', '申込'), '1:1', "import-column", '申込日'),
    ('a day that is none', ('令和元年5月15日', '令和元年5月32日'), '2:61', "import-date", '申込日'),
    ('a day before its era', ('令和元年5月15日', '令和元年4月30日'), '2:61', "import-date", '申込日'),
    ('a day behind its era', ('2019/6/1', '平成31年6月1日'), '4:45', "import-date", '申込日'),
    ('no day at all', ('2019/6/1', '未定'), '4:45', "import-date", '申込日'),
    ('a code that is none', ('equipment', '機械'), '4:62', "import-value", '態様1'),
    ('neither yes nor no', ('いいえ', '不明'), '4:28', "import-value", '中小企業'),
    ('no number', ('"1,200"', '多数'), '4:32', "import-number", '従業員数'),
    ('no postal code', ('530-0001', '530'), '4:13', "import-value", '郵便番号'),
    ('what the grammar lacks', ('設計データ', ''), '2:104', 'grammar-missing', 'kind'),
    ('a cell too many', ('TC-2,', 'TC-2,,'), '4:87', 'csv-cells', ''),
    ('an open quote', (',工場,,', ',工場,,"'), '4:87', 'csv-open', ''),
]


def faults(folder):
    for i, (why, edit, at, ident, head) in enumerate(FAULTS):
        path = '%s/f%d.csv' % (folder, i)
        out = '%s/f%d' % (folder, i)
        check('edit of "%s"' % why, '' if edit[0] in CASES else 'not there')
        put(path, CASES.replace(edit[0], edit[1], 1))
        done = run('import', 'cases', path, '-o', out, '--house',
                   ROOT + '/samples/house')
        line = [x for x in done.stderr.split('\n') if '[%s]' % ident in x]
        good = done.returncode == 65 and line and head in line[0] and \
            line[0].startswith('%s:%s: error: ' % (path, at))
        check(why, '' if good else done.stderr)
        check(why + ': nothing is written',
              os.listdir(out) if os.path.exists(out) else '')
    path = folder + '/bytes.csv'
    with open(path, 'wb') as f:
        f.write('案件番号,依頼者\nTC-1,甲'.encode('cp932') + b'\xF0\x40\n')
    done = run('import', 'cases', path, '-o', folder + '/x')
    check('gaiji', '' if done.returncode == 65 and
          done.stderr.startswith(path + ':2:7: error: ') and
          '[gaiji]' in done.stderr else done.stderr)
    with open(path, 'wb') as f:
        f.write('案件番号,依頼者\nTC-1,甲'.encode('cp932') + b'\x85\x40\n')
    done = run('import', 'cases', path, '-o', folder + '/x')
    check('bytes without a character', '' if done.returncode == 65 and
          done.stderr.startswith(path + ':2:7: error: ') and
          '[encoding]' in done.stderr else done.stderr)
    done = run('import', 'nothing', path, '-o', folder + '/x')
    check('no such mapping', '' if done.returncode == 64 and
          '[import-kind]' in done.stderr else done.stderr)
    done = run('import', 'visitor', path, '-o', folder + '/x')
    check('a register needs a kit', '' if done.returncode == 64 and
          '--into' in done.stderr else done.stderr)


def mapping(folder):
    """Heads of one's own, by a mapping of a few lines."""
    put(folder + '/map.xml', '<import><column name="client" head="お客様"/>'
        '<column name="sme" default="yes"/></import>')
    text = CASES.replace('依頼者,', 'お客様,', 1)
    put(folder + '/m.csv', text)
    args = ['import', 'cases', folder + '/m.csv', '--house',
            ROOT + '/samples/house', '-o']
    done = run(*args, folder + '/m0')
    check('without the mapping the head is not known', '' if
          done.returncode == 65 and '[import-column]' in done.stderr and
          '[import-unused]' in done.stderr else done.stderr)
    done = run(*args, folder + '/m1', '--map', folder + '/map.xml')
    check('with it, it is', done.stderr if done.returncode else '')
    put(folder + '/map.xml', '<import>\n <column name="klient" head="x"/>'
        '</import>')
    done = run(*args, folder + '/m2', '--map', folder + '/map.xml')
    check('a column that is none', '' if done.returncode == 65 and
          'map.xml:2:2: ' in done.stderr and '[import-map]' in done.stderr
          else done.stderr)
    put(folder + '/map.xml', '<import into="files"><column name="id" '
        'head="案件番号"/></import>')
    put(folder + '/map.xml', '''<import into="files">
 <column name="id" head="案件番号" unique="yes"/><column name="client" head="お客様"/>
 <record><client-kit id="{id}"><company>{client}</company></client-kit></record>
</import>''')
    done = run(*args, folder + '/m3', '--map', folder + '/map.xml')
    check('a record of one\'s own is held against the grammar', '' if
          done.returncode == 65 and '[grammar' in done.stderr else done.stderr)


AUDITORS = '''番号,氏名,住所,記録日,学歴,役職,経験,審査回数,研修,研修日,研修時間,研修2,研修日2,評価日,権限
A-1,架空　三郎,東京都,平成30年12月14日,大学卒業,主任審査員,ISMSの審査,42回,公平性研修,H31.1.18,6,手法,2019-02-01,Ｈ３１．１．２４,主任
A-2,髙﨑　文例,大阪府,2018/12/14,大学卒業,審査員,監査,,公平性研修,2019年1月18日,6,,,2019-01-24,審査業務従事者
'''


def auditors(folder):
    put(folder + '/a.csv', AUDITORS, 'cp932', '\r\n')
    os.mkdir(folder + '/house')
    out = folder + '/house/auditors.xml'
    done = run('import', 'auditors', folder + '/a.csv', '-o', out)
    check('a register needs a body', '' if done.returncode == 66 else
          done.stderr)
    put(folder + '/house/body.xml',
        open(ROOT + '/samples/house/body.xml', encoding='utf-8').read())
    done = run('import', 'auditors', folder + '/a.csv', '-o', out)
    check('auditors', done.stderr if done.returncode else '')
    tree = etree.parse(out)
    for path, want in (('@body', 'body-sample'),
                       ('auditor[1]/@address-recorded', '2018-12-14'),
                       ('auditor[1]/training[2]/@date', '2019-02-01'),
                       ('auditor[1]/competence/@date', '2019-01-24'),
                       ('auditor[1]/experience/@audits', '42'),
                       ('auditor[1]/authority/@role', 'lead'),
                       ('auditor[2]/name', '髙﨑　文例'),
                       ('auditor[2]/training[2]', '')):
        got = tree.xpath('string(/auditor-register/%s)' % path)
        check('auditors ' + path, '' if got == want else got)


def registers(folder):
    """Every register of the samples out of a table is what it was."""
    kits = [etree.parse(p) for p in sorted(glob.glob(ROOT +
                                                     '/samples/kits/*.xml'))]
    seen = 0
    for path in sorted(glob.glob(ROOT + '/templates/import/*.xml')):
        m = etree.parse(path).getroot()
        kind = m.get('kind')
        if m.get('parent') != 'log':
            continue
        for k, kit in enumerate(kits):
            entries = kit.xpath('/client-kit/log[@kind="%s"]/entry' % kind)
            if not entries:
                continue
            seen += 1
            register(folder, '%s-%d' % (kind, k), m, kit, entries)
    check('registers', '' if seen > 20 else seen)


def cells(columns, entry):
    values = {f.get('name'): re.sub(r'\s+', ' ', f.text.strip())
              for f in entry.findall('field')}
    if 'in' in columns and 'date' in columns: # the day stands for both
        values['date'] = values['in'][:10]
        for name in ('in', 'out'):
            if name in values:
                values[name] = values[name][11:]
    values['no'] = entry.get('no')
    return [values.get(re.sub('^item(?=[0-9])', 'item-', c), '')
            for c in columns]


def register(folder, name, m, kit, entries):
    columns = {}
    for c in m.findall('column'):
        head = c.get('head').split('|')[0]
        if '#' in head:
            for i in range(1, 31):
                columns['%s%d' % (c.get('name')[:-1], i)] = head[:-1] + str(i)
        else:
            columns[c.get('name')] = head
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(columns.values())
    for entry in entries:
        table.writerow(cells(columns, entry))
    put('%s/%s.csv' % (folder, name), text.getvalue().replace('\r\n', '\n'),
        'cp932', '\r\n')
    bare = etree.fromstring(etree.tostring(kit))
    for log in bare.findall('log'):
        if log.get('kind') == m.get('kind'):
            bare.remove(log)
    put('%s/%s.xml' % (folder, name), etree.tostring(bare, encoding='unicode'))
    out = '%s/%s-out.xml' % (folder, name)
    done = run('import', m.get('kind'), '%s/%s.csv' % (folder, name), '--into',
               '%s/%s.xml' % (folder, name), '-o', out)
    check('import ' + name, done.stderr if done.returncode else '')
    if done.returncode:
        return
    again = etree.parse(out).xpath('/client-kit/log[@kind="%s"]/entry'
                                   % m.get('kind'))

    def data(entry):
        return entry.get('no'), sorted(
            (f.get('name'), re.sub(r'\s+', ' ', f.text.strip()))
            for f in entry.findall('field'))

    check('what came of ' + name, '' if [data(e) for e in again] ==
          [data(e) for e in entries] else '\n'.join(
              str(x) for x in zip(map(data, again), map(data, entries))
              if x[0] != x[1]))


def kits(folder):
    kit = folder + '/kit.xml'
    put(kit, open(ROOT + '/samples/kits/KIT-0042.xml', encoding='utf-8').read())
    old = open(kit, encoding='utf-8').read()
    put(folder + '/v.csv', '氏名,所属,日付,入室時刻,退室時刻,用件,立会者\n'
        '見学　花子,架空重工,令和2年7月1日,午後1時30分,15:00,見学,文例　十\n')
    out = folder + '/kit2.xml'
    done = run('import', 'visitor', folder + '/v.csv', '--into', kit, '-o', out)
    check('a record more', done.stderr if done.returncode else '')
    new = open(out, encoding='utf-8').read()
    before = etree.fromstring(old.encode()).xpath(
        'count(/client-kit/log[@kind="visitor"]/entry)')
    entries = etree.fromstring(new.encode()).xpath(
        '/client-kit/log[@kind="visitor"]/entry')
    check('is behind those that are there', '' if
          len(entries) == before + 1 else len(entries))
    check('with the next number', '' if entries[-1].get('no') ==
          '%d' % (before + 1) else entries[-1].get('no'))
    check('day and time', '' if entries[-1].xpath('string(field[@name="in"])')
          == '2020-07-01T13:30' else etree.tostring(entries[-1]))
    lines = set(old.split('\n'))
    lost = [x for x in lines - set(new.split('\n'))
            if '<?xml' not in x and 'visitor' not in x]
    check('the rest of the file stays as it was', '' if len(lost) <= 2 else lost)
    check('the old kit stays', '' if open(kit, encoding='utf-8').read() == old
          else 'changed')
    put(folder + '/v.csv', '番号,氏名,所属,日付,入室時刻,立会者\n'
        '1,見学　花子,架空重工,令和2年7月1日,午後1時30分,文例　十\n')
    done = run('import', 'visitor', folder + '/v.csv', '--into', kit, '-o',
               folder + '/kit3.xml')
    check('a number twice', '' if done.returncode == 65 and
          '[import-twice]' in done.stderr and ':2:1: ' in done.stderr and
          not os.path.exists(folder + '/kit3.xml') else done.stderr)
    put(folder + '/s.csv', '番号,業務分類,情報資産名称,利用者範囲,管理部署,媒体,登録日,態様\n'
        '901,技術,新図面,開発部,開発部,書類,R2.4.1,電子情報\n')
    put(folder + '/v.csv', '氏名,所属,日付,入室時刻,立会者\n'
        '見学　花子,架空重工,令和2年7月1日,25時,文例　十\n')
    done = run('import', 'visitor', folder + '/v.csv', '--into', kit, '-o',
               folder + '/kit3.xml')
    check('no time of day', '' if done.returncode == 65 and
          '[import-time]' in done.stderr and ':2:21: ' in done.stderr
          else done.stderr)
    done = run('import', 'assets', folder + '/s.csv', '--into', kit, '-o',
               folder + '/kit4.xml')
    check('assets', done.stderr if done.returncode else '')
    put(folder + '/h.csv', '番号,氏名,役職,付与日,範囲,教育日,教育時間\n'
        'H901,新人　一,主事,R2.4.1,図面庫,R2.4.10,1時間\n')
    done = run('import', 'access-holders', folder + '/h.csv', '--into',
               folder + '/kit4.xml', '-o', folder + '/kit5.xml')
    check('access holders', done.stderr if done.returncode else '')
    put(folder + '/k.csv', '番号,鍵,種類,貸出し日時,返却日時,借りた者,承認者\n'
        'KEY90,実験室,認証カード,R2.5.20 9:10,2020/5/20 17:40,文例　十,例示　花子\n')
    done = run('import', 'keys', folder + '/k.csv', '--into',
               folder + '/kit5.xml', '-o', folder + '/kit6.xml')
    check('keys', done.stderr if done.returncode else '')
    put(folder + '/c.csv', '番号,名称,評価日,契約日,必要性,能力,同等以上の取組,契約の事項\n'
        'SC90,有限会社試験,R1.5.1,R1.5.2,切削の委託,設備の確認,規程の確認,1、2、3、4、5、6\n')
    done = run('import', 'subcontractors', folder + '/c.csv', '--into',
               folder + '/kit6.xml', '-o', folder + '/kit7.xml')
    check('subcontractors', done.stderr if done.returncode else '')
    tree = etree.parse(folder + '/kit7.xml')
    check('six clauses, a loan', '' if
          tree.xpath('count(//subcontractor[@id="SC90"]/clause)') == 6 and
          tree.xpath('string(//key[@id="KEY90"]/loan/@out)') ==
          '2020-05-20T09:10' else 'other')
    done = run('check', folder + '/kit7.xml', '--house',
               ROOT + '/samples/house')
    check('the kit passes', done.stderr if done.returncode else '')


def main():
    for part in (cases, faults, mapping, auditors, registers, kits):
        with tempfile.TemporaryDirectory() as folder:
            part(folder)
    return tally.end()


PROGRAM = os.path.abspath(sys.argv[1])
if __name__ == '__main__':
    raise SystemExit(main())

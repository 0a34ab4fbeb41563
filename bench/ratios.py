#!/usr/bin/python3
"""How many times our CPU seconds and memory each peer needs.

    ratios.py RESULTS.json     (of the peers' runner, --json)
"""
import json
import sys

with open(sys.argv[1], encoding='utf-8') as f:
    results = json.load(f)
print('size   peer        CPU s   times ours   MiB')
for row in results['cold']:
    base = 'ours-xml' if row['peer'] == 'fop-xslt' else 'ours'
    ours = [r for r in results['cold']
            if r['peer'] == base and r['size'] == row['size']]
    if row['pages'] and ours and ours[0]['cpu']:
        print('%-5s  %-10s  %6.3f  %10.1f  %5.0f' % (
            row['size'], row['peer'], row['cpu'],
            row['cpu'] / ours[0]['cpu'], row['rss']))
ours = [r for r in results['batch']
        if r['peer'] == 'ours' and r['how'] == 'one process']
for row in results['batch']:
    rate = row['docs'] / row['cpu'] if row['cpu'] else 0
    print('warm   %-10s  %6.2f documents a CPU second%s (%s)' % (
        row['peer'], rate,
        ', ours %.1f times' % (ours[0]['docs'] / ours[0]['cpu'] / rate)
        if ours and rate and row is not ours[0] else '', row['how']))

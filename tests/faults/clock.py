"""The clock, by faketime: leap days, 2038, the last year, 令和99年, a clock that
is set back between two issues, zones and their summer time. The day is
Japan's, whatever the zone.
"""
import datetime
import os
import shutil
import sqlite3
import subprocess
import zoneinfo

# UTC seconds, zone, the day in Japan
MOMENTS = (
    (1709134200, 'UTC', '2024-02-29'),                 # 02-28 15:30
    (1709134199 - 1800, 'UTC', '2024-02-28'),          # 02-28 14:59:59
    (1709218800, 'America/New_York', '2024-03-01'),    # 02-29 15:00
    (1710055800, 'America/New_York', '2024-03-10'),    # 02:30 that is not there
    (1730611800, 'America/New_York', '2024-11-03'),    # 01:30 that comes twice
    (1711846800, 'Europe/Berlin', '2024-03-31'),
    (1704034800, 'Pacific/Apia', '2024-01-01'),        # 2023-12-31 15:00
    (1704034799, 'Asia/Tokyo', '2023-12-31'),
    (2147483647, 'UTC', '2038-01-19'),
    (2147483648, 'UTC', '2038-01-19'),
    (2147526000, 'UTC', '2038-01-20'),
    (4294967296, 'UTC', '2106-02-07'),                 # one more than 32 bits hold
    (4638297600, 'UTC', '2116-12-25'),
    (253402268399, 'UTC', '9999-12-31'),               # the last second
)


SHEET = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:bn="urn:bunsho:functions">
<xsl:template match="/"><fo:root><fo:layout-master-set><fo:simple-page-master master-name="p"
  page-width="200mm" page-height="100mm"><fo:region-body/></fo:simple-page-master>
</fo:layout-master-set><fo:page-sequence master-reference="p"><fo:flow flow-name="xsl-region-body">
<fo:block><xsl:value-of select="bn:date(bn:today())"/></fo:block></fo:flow></fo:page-sequence>
</fo:root></xsl:template></xsl:stylesheet>"""


def issue(program, folder, seconds, zone, register, case='bare.xml'):
    return subprocess.run(
        ['faketime', '-f', at(seconds, zone), program, 'issue', case, '--house', 'house', '-o',
         'out-' + register, '--register', register, '-q', '--only', 'audit-plan'], cwd=folder,
        env=dict(os.environ, TZ=zone), stdin=subprocess.DEVNULL, capture_output=True, timeout=120)


def at(seconds, zone='UTC'):
    """As faketime takes it, which reads it in the zone of the program."""
    return '@' + datetime.datetime.fromtimestamp(seconds, zoneinfo.ZoneInfo(zone)).strftime('%Y-%m-%d %H:%M:%S')


def dates(folder, register):
    c = sqlite3.connect(folder + '/' + register)
    try:
        return [r[0] for r in c.execute("SELECT date FROM event WHERE kind = 'issued' ORDER BY id")], \
            [r[0] for r in c.execute('SELECT n FROM number ORDER BY rowid')]
    finally:
        c.close()


def sweep(scene, work, report):
    """Returns why there is nothing to be seen; None."""
    if not shutil.which('faketime'):
        return 'no faketime'
    folder, program = work + '/clock', scene.program
    scene.fresh(folder)
    shown = subprocess.run(['faketime', '-f', at(2000000000), 'date', '+%s'], capture_output=True,
                           env=dict(os.environ, TZ='UTC'), text=True).stdout
    if not shown.startswith('20000000'):
        return 'faketime sets no clock here'
    for i, (seconds, zone, day) in enumerate(MOMENTS):
        register = 'r%d.db' % i
        p = issue(program, folder, seconds, zone, register)
        got = dates(folder, register)[0] if p.returncode == 0 else p.stderr.decode()[-300:]
        report([] if got == [day] else ['%d in %s: %s, not %s' % (seconds, zone, got, day)])
    p = issue(program, folder, 253402268400, 'UTC', 'late.db')
    report([] if p.returncode == 64 and b'[today]' in p.stderr and
           not os.path.exists(folder + '/late.db') else ['year 10000: %d %s' % (p.returncode, p.stderr[-300:])])
    # 2117; 253402268400 above: no year of four digits
    with open(folder + '/day.xsl', 'w', encoding='utf-8') as f:
        f.write(SHEET)
    with open(folder + '/day.xml', 'w', encoding='utf-8') as f:
        f.write('<day/>')
    p = subprocess.run(['faketime', '-f', at(4653961200), program, 'format', 'day.xml', '--xsl', 'day.xsl',
                        '--dump=fo'], cwd=folder, capture_output=True, env=dict(os.environ, TZ='UTC'))
    report([] if '令和99年' in p.stdout.decode() else ['令和99年: %s' % p.stderr.decode()[-300:]])
    # set back between two issues: each gets a number of its own, in order
    for i, seconds in enumerate((1709134200, 1600000000, 1709134201)):
        text = open(folder + '/bare.xml', encoding='utf-8').read().replace('TC-2019-0007', 'TC-2020-%04d' % i)
        with open(folder + '/back%d.xml' % i, 'w', encoding='utf-8') as f:
            f.write(text)
        p = issue(program, folder, seconds, 'UTC', 'back.db', 'back%d.xml' % i)
        report([] if p.returncode == 0 else ['clock set back, issue %d: %s' % (i, p.stderr[-300:])])
    days, numbers = dates(folder, 'back.db')
    report([] if days == ['2024-02-29', '2020-09-13', '2024-02-29'] and len(set(numbers)) >= 2 and
           all(n > 0 for n in numbers) else ['clock set back: %s %s' % (days, numbers)])
    texts = sqlite3.connect(folder + '/back.db').execute(
        "SELECT text FROM number WHERE series = 'plan'").fetchall()
    report([] if len(texts) == len(set(texts)) == 3 else ['clock set back: numbers %s' % texts])
    return None

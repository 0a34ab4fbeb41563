#!/usr/bin/python3
"""Reports of report.py through `bunsho format`: CPU seconds, memory, ratios.

    measure.py PROGRAM [DOCUMENTS]

Cold: one process a document, median of five. Warm: DOCUMENTS (50) different
ones of twenty pages in one process. Busy machines are slow: the ratios of one
run are what to compare.
"""
import os
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def spend(command):
    """CPU seconds and peak MiB of a process."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit('%s: exit %d' % (' '.join(command), process.returncode))
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def write(path, pages, variant=0):
    with open(path, 'w', encoding='utf-8') as f:
        subprocess.run([sys.executable, HERE + '/report.py', str(pages),
                        str(variant)], stdout=f, check=True)


def pages_of(pdf):
    told = subprocess.run(['pdfinfo', pdf], capture_output=True, text=True)
    for line in told.stdout.splitlines():
        if line.startswith('Pages:'):
            return int(line.split()[1])
    return 0


def main():
    program = os.path.abspath(sys.argv[1])
    documents = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    with tempfile.TemporaryDirectory() as folder:
        fo, pdf = folder + '/a.fo', folder + '/a.pdf'
        cold = {}
        print('pages  CPU s   pages/s  MiB')
        for wanted in (3, 20, 200, 1000):
            write(fo, wanted)
            runs = [spend([program, 'format', fo, '-o', pdf])
                    for _ in range(5)]
            cpu = statistics.median(r[0] for r in runs)
            pages = pages_of(pdf)
            cold[wanted] = cpu, pages
            print('%5d  %.3f  %7.0f  %3.0f' % (
                pages, cpu, pages / cpu, max(r[1] for r in runs)))
        listed = folder + '/list'
        with open(listed, 'w', encoding='utf-8') as f:
            for i in range(documents):
                path = '%s/%03d' % (folder, i)
                write(path + '.fo', 20, i)
                f.write('%s.fo\t%s.pdf\n' % (path, path))
        cpu, mib = spend([program, 'format', '--list', listed])
        print('%d documents of %d pages, one process: %.1f a CPU second, '
              '%.0f MiB' % (documents, cold[20][1], documents / cpu, mib))
        print('warm / cold: %.2f of the time' % (
            cpu / documents / cold[20][0]))
        print('200 to 1000 pages: %.2f times the time a page' % (
            (cold[1000][0] / cold[1000][1]) / (cold[200][0] / cold[200][1])))


main()

"""Very many documents in one process: its memory stands after the first ones."""
import os
import subprocess
import threading
import time

PAGE = 4096
MOST = 1.1  # of what it is after a tenth


def resident(pid):
    try:
        with open('/proc/%d/statm' % pid) as f:
            return int(f.read().split()[1]) * PAGE
    except (OSError, IndexError, ValueError):
        return 0


def watch(args, folder, made):
    """Run it; (documents, bytes) as often as can be, and how it ended."""
    p = subprocess.Popen(args, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, text=True)
    seen, samples = [0], []

    def count():
        for _ in p.stdout:
            seen[0] += 1

    reader = threading.Thread(target=count)
    reader.start()
    while p.poll() is None:
        n, size = (made() if made else seen[0]), resident(p.pid)
        if size and (not samples or n > samples[-1][0]):
            samples.append((n, size))
        time.sleep(0.01)
    reader.join()
    return samples, p.returncode


def flat(what, samples, status, documents):
    if status:
        return ['%s: exit %d' % (what, status)]
    early = [size for n, size in samples if documents // 10 <= n <= documents // 5]
    late = [size for n, size in samples if n >= documents - documents // 10]
    if not early or not late:
        return ['%s: it could not be watched: %d samples' % (what, len(samples))]
    if max(late) > MOST * max(early):
        return ['%s: %d KiB after a tenth, %d KiB at the end' % (what, max(early) >> 10, max(late) >> 10)]
    print('%s: %d documents, %d KiB after a tenth, %d at the end' % (
        what, documents, max(early) >> 10, max(late) >> 10), flush=True)
    return []


def sweep(scenes, work, documents, cases, report):
    page, build = scenes
    folder = work + '/many'
    page.fresh(folder)
    with open(folder + '/list', 'w', encoding='utf-8') as f:
        for i in range(documents):
            f.write('page.fo\tpages/%d/%d.pdf\n' % (i % 100, i))
    done = [0]

    def made():  # in order, so that the next one is looked for only
        while done[0] < documents and os.path.exists('%s/pages/%d/%d.pdf' % (folder, done[0] % 100, done[0])):
            done[0] += 1
        return done[0]

    samples, status = watch([page.program, 'format', '--list', 'list'], folder, made)
    report(flat('format --list', samples, status, documents))
    build.fresh(folder)
    text = open(folder + '/in/case.xml', encoding='utf-8').read()
    os.mkdir(folder + '/cases')
    for i in range(cases):
        one = text.replace('TC-2019-0007', 'TC-2021-%05d' % i)
        one = one.replace('SNK-2019-0012', 'SNK-2021-%05d' % i).replace('説-31-007', '説-31-%05d' % i)
        with open('%s/cases/%05d.xml' % (folder, i), 'w', encoding='utf-8') as f:
            f.write(one)
    # papers of one case only: those over many cases hold them all
    samples, status = watch([build.program, 'build'] + ['cases/%05d.xml' % i for i in range(cases)] +
                            ['--house', 'house', '-o', 'papers', '--only', 'audit-plan', '--today',
                             '2020-10-06'], folder, None)
    report(flat('build', samples, status, cases))

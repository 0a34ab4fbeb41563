"""The n-th call to the system fails, for each n, with each error it can meet.

A run that says it went well has made what an undisturbed one makes; another
one says why, with the exit status of its kind, every file is the old or the
new one, nothing temporary is left, and the next run completes.
"""
import errno
import os
from concurrent.futures import ThreadPoolExecutor

FULL, IO = (75,), (74,)
SHORT = 0  # half of the bytes are moved, no error
# What each call can meet, and the exit status of that (0 is always right when
# everything is as it should be). A file that cannot be read is 66, one that is
# read in part 66 or 74; 65 and 70 where what was read is no longer data.
WRITING = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EIO: IO, errno.EROFS: (73,)}
ERRORS = {
    'create': {**WRITING, errno.EACCES: (73,), errno.ENFILE: IO, errno.EMFILE: IO},
    'write': {**WRITING, errno.EINTR: (), SHORT: ()},
    'fsync': WRITING,
    'rename': WRITING,
    'link': WRITING,
    'mkdir': {**WRITING, errno.EACCES: (73,)},
    'truncate': WRITING,
    'unlink': {errno.EIO: IO, errno.EACCES: (73, 74)},
    'close': {errno.EIO: IO, errno.ENOSPC: FULL, errno.EINTR: ()},
    'statfs': {errno.EIO: IO},
    'fork': {errno.EAGAIN: (75,), errno.ENOMEM: (75,)},
    'pipe': {errno.EMFILE: (74, 75), errno.ENFILE: (74, 75)},
    'open': {errno.EIO: (66, 74), errno.EACCES: (66, 73), errno.EMFILE: (66, 74, 75)},
    'read': {errno.EIO: (66, 74), errno.EINTR: (), SHORT: ()},
    'readdir': {errno.EIO: (66, 74)},
    'stat': {errno.EIO: (66, 73, 74), errno.EACCES: (66, 73)},
    'mmap': {errno.ENOMEM: (75,)},
}
CHANGING = ('create', 'write', 'fsync', 'rename', 'link', 'mkdir', 'truncate', 'unlink', 'fork', 'pipe')
READING = ('close', 'statfs', 'open', 'read', 'readdir', 'stat', 'mmap')


def below(tracer, folder, tree):
    """The files of the run, and with the tree the program's own and the fonts;
    not what the loader reads to start it."""
    args = [tracer]
    for prefix in (folder,) if tree is None else (
            folder, tree + '/stylesheets', tree + '/schemas', tree + '/criteria',
            tree + '/templates', tree + '/fonts', '/usr/share'):
        args += ['-p', os.path.realpath(prefix)]
    return args + ['-x', '-shm', '-x', '/zoneinfo', '-x', '/locale']


def count(scene, tracer, folder, tree, kind):
    number = folder + '.count'
    scene.run(folder, below(tracer, folder, tree) + ['-k', kind, '-c', number, '--'])
    with open(number) as f:
        return int(f.read())


def one(scene, tracer, folder, tree, kind, n, error, allowed):
    """What is wrong when the n-th call of a kind meets the error: a list."""
    how = ['-s'] if error == SHORT else ['-e', str(error)]
    got = scene.run(folder, below(tracer, folder, tree) + ['-k', kind, '-n', str(n)] + how + ['--'])
    wrong = scene.faults(got)
    whole = scene.is_new(got) and got.status == scene.new.status and got.out == scene.new.out
    if got.status == scene.new.status and not whole:
        wrong.append('exit %d, and something is missing' % got.status)
    elif got.status != scene.new.status:
        # SQLite does not always tell why it could not, and a moment later it can
        if got.status not in allowed and not (got.status == 74 and b'register.db' in got.err):
            wrong.append('exit %d (%s)' % (got.status, allowed))
        if not got.err.strip():
            wrong.append('no message')
    if not wrong and not whole and error == list(ERRORS[kind])[0] and (
            kind in CHANGING or got.files != scene.old.files or got.rows != scene.old.rows):
        wrong += scene.again(folder)
    return wrong and ['%s: %s %d, %s: %s  %s' % (
        scene.name, kind, n, errno.errorcode.get(error, 'short'), '; '.join(wrong),
        got.err.decode(errors='replace').strip()[-250:])]


EVERY = None
ONE = (errno.EIO, errno.ENOMEM)
FEW = (errno.ENOSPC, errno.EIO, errno.EAGAIN, errno.EMFILE, errno.ENOMEM, SHORT)


def sweep(scenes, tracer, work, tree, kinds, step, errors, report):
    """step: at every so-manieth call; errors: only these of those that a kind
    can meet."""
    jobs = []
    for scene in scenes:
        for kind in kinds:
            calls = count(scene, tracer, '%s/%s.0' % (work, scene.name), tree, kind)
            jobs += [(scene, kind, n, e, allowed) for n in range(1, calls + 1, step)
                     for e, allowed in ERRORS[kind].items() if errors is EVERY or e in errors]

    def run(indexed):
        slot, (scene, kind, n, e, allowed) = indexed
        folder = '%s/%s.%d' % (work, scene.name, os.getpid() if slot is None else slot)
        return one(scene, tracer, folder, tree, kind, n, e, allowed)

    threads = os.cpu_count() or 1
    with ThreadPoolExecutor(threads) as pool:
        slots = list(range(1, threads + 1))

        def in_slot(job):
            slot = slots.pop()
            try:
                return run((slot, job))
            finally:
                slots.append(slot)

        for wrong in pool.map(in_slot, jobs):
            report(wrong)

"""The power switch, call by call.

kill: everything is killed in front of the n-th call that changes a file, for
each n. (Between two such calls nothing on the disk changes, so that this is
every boundary of any call.)

power: the calls are written down once. Then, after each, what would be on the
disk if the power went: all that was not synced is gone; or the names came to
the disk before the bytes; or the bytes before the names; or writes came out
of order and one of them in half. A folder like that is put up, and it must
agree with its register, and the next run must complete to the same bytes.
"""
import hashlib
import os
import shutil

import calls
from scenes import Result, register_rows

KINDS = 'create,write,fsync,rename,link,mkdir,truncate,unlink'
O_CREAT, O_TRUNC = os.O_CREAT, os.O_TRUNC
HALF = 512


def agree(scene, folder, got):
    """Issued papers and their records: no paper stands in its place that is not
    recorded, and it is what the record says."""
    wrong, digests = [], {}
    for row in got.rows:
        if row[0] == 'event' and row[1] == 'issued':
            digests[row[10]] = row[9]
    for row in scene.new.rows:
        if row[0] == 'event' and row[1] == 'issued' and row[10] in got.files:
            if digests.get(row[10]) != got.files[row[10]]:
                wrong.append('%s stands there, but its record is %s' % (row[10], digests.get(row[10])))
    return wrong


def look(scene, folder, what):
    got = Result(0, b'', b'', folder)
    wrong = scene.faults(got, killed=True) + agree(scene, folder, got) + scene.again(folder)
    return wrong and ['%s: %s: %s' % (scene.name, what, '; '.join(wrong))]


def kill(scene, tracer, work, step, report):
    folder = os.path.realpath(work) + '/' + scene.name + '.kill'
    args = [tracer, '-p', folder, '-x', '-shm', '-k', KINDS]
    scene.run(folder, args + ['-c', folder + '.count', '--'])
    with open(folder + '.count') as f:
        n = int(f.read())
    report([] if n else ['%s: no call changes a file' % scene.name])
    for i in range(1, n + 1, step):
        scene.run(folder, args + ['-n', str(i), '-9', '--'])
        report(look(scene, folder, 'killed at call %d of %d' % (i, n)))


class File:
    def __init__(self, data=b''):
        self.disk, self.now = bytes(data), bytearray(data)
        self.pending = []  # (place, bytes; None: cut there)

    def write(self, at, data):
        self.pending.append((at, data))
        put(self.now, at, data)

    def sync(self):
        self.disk, self.pending = bytes(self.now), []

    def torn(self):
        """Every other write came, the last of all in half."""
        data = bytearray(self.disk)
        for i, (at, part) in enumerate(self.pending):
            if i + 1 == len(self.pending) and part:
                put(data, at, part[:len(part) // 2 // HALF * HALF])
            elif i % 2 == 0:
                put(data, at, part)
        return bytes(data)


def put(data, at, part):
    if part is None:
        if len(data) > at:
            del data[at:]
        data.extend(bytes(at - len(data)))
        return
    data.extend(bytes(max(0, at - len(data))))
    data[at:at + len(part)] = part


class Disk:
    """What programs see (now) and what has come to the disk, by paths."""

    def __init__(self, folder):
        self.now, self.disk = {}, {}
        for top, folders, names in os.walk(folder):
            for n in folders:
                self.now[os.path.relpath(os.path.join(top, n), folder)] = None
            for n in names:
                with open(os.path.join(top, n), 'rb') as f:
                    self.now[os.path.relpath(os.path.join(top, n), folder)] = File(f.read())
        self.disk = dict(self.now)

    def do(self, kind, one, two, flags, at, data):
        file = self.now.get(one)
        if kind == 'create' and flags & O_CREAT and one not in self.now:
            self.now[one] = File()
        elif kind == 'create' and flags & O_TRUNC and file:
            file.write(0, None)
        elif kind == 'write' and file:
            file.write(at, data)
        elif kind == 'truncate' and file:
            file.write(at, None)
        elif kind == 'fsync' and file:
            file.sync()
        elif kind == 'fsync':
            for paths in (self.now, self.disk):
                for p in [p for p in paths if os.path.dirname(p) == ('' if one == '.' else one)]:
                    self.disk.pop(p, None)
                    if p in self.now:
                        self.disk[p] = self.now[p]
        elif kind == 'rename' and one in self.now:
            self.now[two] = self.now.pop(one)
        elif kind == 'link' and one in self.now:
            self.now[two] = self.now[one]
        elif kind == 'unlink':
            self.now.pop(one, None)
        elif kind == 'mkdir':
            self.now.setdefault(one, None)

    def states(self):
        def of(paths, data):
            return {p: data(f) if f else None for p, f in paths.items()
                    if f is None or not p.endswith('-shm')}
        yield 'what was synced', of(self.disk, lambda f: f.disk)
        yield 'names before bytes', of(self.now, lambda f: f.disk)
        yield 'bytes before names', of(self.disk, lambda f: bytes(f.now))
        yield 'bytes out of order', of(self.now, File.torn)


def put_up(state, folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(folder)
    for path in sorted(state):
        target = os.path.join(folder, path)
        if not os.path.isdir(os.path.dirname(target)):
            continue  # its folder never came to the disk
        if state[path] is None:
            os.mkdir(target)
        else:
            with open(target, 'wb') as f:
                f.write(state[path])


def events(log, data, folder):
    """The calls as they were written down, paths relative to the folder."""
    with open(log) as lines, open(data, 'rb') as bytes_of:
        for line in lines:
            kind, _, one, two, flags, at, n = line.rstrip('\n').split('\t')
            part = bytes_of.read(int(n)) if kind == 'write' else b''
            one, two = (os.path.relpath(p, folder) if p else '' for p in (one, two))
            if not one.endswith(' (deleted)'):
                yield kind, one, two, int(flags), int(at), part


def power(scene, tracer, work, step, report):
    folder = os.path.realpath(work) + '/' + scene.name + '.power'
    got = scene.run(folder, [tracer, '-p', folder, '-x', '-shm', '-k', KINDS, '-l', folder + '.log', '-d',
                             folder + '.data', '--'])
    report([] if scene.is_new(got) else ['%s: being traced changes it: %s' % (scene.name, got.err)])
    disk, seen, tried = Disk(scene.template), set(), 0
    todo = list(events(folder + '.log', folder + '.data', folder))
    for i, event in enumerate(todo + [None]):
        for name, state in disk.states():
            digest = hashlib.sha256(repr(sorted(state.items(), key=lambda x: x[0])).encode()).digest()
            if digest in seen:
                continue
            seen.add(digest)
            tried += 1
            if tried % step:
                continue
            put_up(state, folder)
            report(look(scene, folder, 'power lost before call %d of %d (%s), %s' % (
                i + 1, len(todo), ' '.join(map(str, event[:3])) if event else 'the end', name)))
        if event:
            disk.do(*event)
    # the log is whole: played to its end it is what the run made
    put_up(dict(list(disk.states())[2][1], **{p: bytes(f.now) if f else None for p, f in disk.now.items()}),
           folder)
    rows = register_rows(folder + '/house/register.db')
    files = Result(0, b'', b'', folder).files
    report([] if files == scene.new.files and rows == scene.new.rows else
           ['%s: played to its end the log is not what the run made' % scene.name])

"""Disks that are really full, quotas that are really used up, files that may
grow no more: in a tmpfs, on an ext4 image, by a limit of the process.

At each size the run ends with 75 and everything old in its place, or it has
made everything; given room, the next one completes.
"""
import ctypes
import os
import resource
import shutil
import subprocess

NOBODY = 65534


def size_of(folder):
    return sum(os.lstat(os.path.join(t, n)).st_blocks * 512 for t, d, names in os.walk(folder)
               for n in names + d)


def ended(scene, got, what):
    wrong = scene.faults(got)
    if got.status == scene.new.status and not scene.is_new(got):
        wrong.append('exit %d, and something is missing' % got.status)
    if got.status not in (scene.new.status, 75):
        wrong.append('exit %d' % got.status)
    return wrong and ['%s: %s: %s %s' % (scene.name, what, '; '.join(wrong),
                                         got.err.decode(errors='replace')[-300:])]


def sh(*args):
    return subprocess.run(args, capture_output=True).returncode == 0


def full_disk(scenes, work, sizes, report):
    """Returns why it cannot be tried here; None."""
    place = work + '/small'
    os.makedirs(place, exist_ok=True)
    if os.getuid() != 0 or not sh('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place):
        return 'no tmpfs can be mounted'
    sh('umount', place)
    for scene in scenes:
        met = 0
        for kib in sizes:
            room = size_of(scene.template) // 1024 + kib
            sh('mount', '-t', 'tmpfs', '-o', 'size=%dk' % room, 'tmpfs', place)
            try:
                folder = place + '/' + scene.name
                try:
                    scene.fresh(folder)
                except (OSError, shutil.Error):
                    continue  # no room even for what was there before
                got = scene.run(folder, fresh=False)
                met += got.status == 75
                wrong = ended(scene, got, 'full at %d KiB' % kib)
                sh('mount', '-o', 'remount,size=64m', place)
                report(wrong or ['%s: full at %d KiB: %s' % (scene.name, kib, w)
                                 for w in scene.again(folder)])
            finally:
                sh('umount', place)
        report([] if met else ['%s: no size was too small' % scene.name])
    return None


class Limits(ctypes.Structure):
    """struct if_dqblk of quotactl(2); blocks of 1 KiB."""
    _fields_ = [(n, ctypes.c_uint64) for n in (
        'hard', 'soft', 'used', 'inodes', 'inodes_soft', 'inodes_used', 'time', 'inodes_time')] + [
        ('valid', ctypes.c_uint32)]


def become_nobody():
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


class Ext4:
    """A quota of a user, as root has none."""
    mkfs = ['mkfs.ext4', '-q', '-O', 'quota', '-E', 'quotatype=usrquota']
    options, user = 'loop,usrquota', {'preexec_fn': become_nobody}

    def __init__(self, place):
        self.device = next(x.split()[0] for x in open('/proc/mounts')
                           if x.split()[1] == os.path.realpath(place))

    def folder(self, path):
        os.mkdir(path)

    def limit(self, folder, kib):
        """Of what the folder holds so much more; None: no limit."""
        for top, folders, names in os.walk(folder):
            for n in [top] + [os.path.join(top, x) for x in folders + names]:
                os.lchown(n, NOBODY, NOBODY)
        room = 0 if kib is None else max(1, size_of(folder) // 1024 + kib)
        limits = Limits(hard=room, soft=room, valid=1)
        set_command = (0x800008 << 8) | 0  # Q_SETQUOTA of USRQUOTA
        return ctypes.CDLL(None).quotactl(set_command, self.device.encode(), NOBODY,
                                          ctypes.byref(limits)) == 0

    def drop(self, folder):
        shutil.rmtree(folder)


class Btrfs:
    """A quota of a folder."""
    mkfs, options, user = ['mkfs.btrfs', '-q'], 'loop', {}

    def __init__(self, place):
        sh('btrfs', 'quota', 'enable', place)

    def folder(self, path):
        sh('btrfs', 'subvolume', 'create', path)

    def limit(self, folder, kib):
        sh('sync', '-f', folder)
        if kib is None:
            return sh('btrfs', 'qgroup', 'limit', '64M', folder)
        shown = subprocess.run(['btrfs', 'qgroup', 'show', '--raw', '-f', folder],
                               capture_output=True, text=True).stdout.split()
        used = int(shown[-2]) if shown and shown[-2].isdigit() else size_of(folder)
        return sh('btrfs', 'qgroup', 'limit', str(used + (kib << 10)), folder)

    def drop(self, folder):
        sh('btrfs', 'subvolume', 'delete', folder)


def quota(scenes, work, sizes, report):
    """Returns why there is none here; None."""
    if os.getuid() != 0:
        return 'needs root'
    place, image = work + '/quota', work + '/quota.img'
    os.makedirs(place, exist_ok=True)
    why = []
    for kind in (Ext4, Btrfs):
        with open(image, 'wb') as f:
            f.truncate(256 << 20)
        if not shutil.which(kind.mkfs[0]) or not sh(*kind.mkfs, image):
            why.append('%s makes none with quotas' % kind.mkfs[0])
        elif not sh('mount', '-o', kind.options, image, place):
            why.append('the kernel mounts no such %s' % kind.__name__)
        else:
            try:
                quota_on(kind, place, scenes, sizes, report)
                return None
            finally:
                sh('umount', place)
                os.remove(image)
    return ', '.join(why)


def quota_on(kind, place, scenes, sizes, report):
    disk = kind(place)
    os.chmod(place, 0o777)
    for scene in scenes:
        met = 0
        for kib in sizes:
            folder, what = place + '/' + scene.name, '%s quota of %d KiB' % (kind.__name__, kib)
            disk.folder(folder)
            shutil.copytree(scene.template, folder, dirs_exist_ok=True)
            if not disk.limit(folder, kib):
                report(['%s: cannot be set' % what])
            got = scene.run(folder, fresh=False, **disk.user)
            met += b'quota' in got.err
            wrong = ended(scene, got, what)
            disk.limit(folder, None)
            report(wrong or ['%s: %s: %s' % (scene.name, what, w) for w in scene.again(folder)])
            disk.drop(folder)
        report([] if met else ['%s: no quota was too small' % scene.name])


def file_size(scenes, work, sizes, report):
    """No file of the run may become greater than this."""
    for scene in scenes:
        met = 0
        for kib in sizes:
            folder, most = '%s/%s.size' % (work, scene.name), kib << 10

            def limit():
                resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

            got = scene.run(folder, preexec_fn=limit)
            met += got.status == 75
            report(ended(scene, got, 'files of at most %d KiB' % kib) or scene.again(folder))
        report([] if met else ['%s: no limit was too small' % scene.name])

"""Memory runs out at the n-th request, for each n, once and from then on.

A child at each request says whether the program is ready for it (memory.c);
beside that, real runs in which it happens, some early, some anywhere: 0 with
everything as it should be, or 75, nothing torn, nothing lost, and the next run
completes.
"""
import os
import random


def watched(scene, shim, work, every):
    """Each request of all processes of a run: what is wrong, how many."""
    folder, log = '%s/%s.memory' % (work, scene.name), '%s/%s.log' % (work, scene.name)
    if os.path.exists(log):
        os.remove(log)
    got = scene.run(folder, env={'LD_PRELOAD': shim, 'BN_MEMORY': log, 'BN_EVERY': str(every)})
    lines = [x.split(' ', 3) for x in open(log).read().splitlines()] if os.path.exists(log) else []
    wrong = ['%s: request %s: %s' % (scene.name, x[2], x[3]) for x in lines if x[0] == 'wrong']
    if got.status != scene.new.status or not scene.is_new(got):
        wrong.append('%s: being looked at changes it: exit %d %s' % (scene.name, got.status, got.err[-300:]))
    counts = [int(x[2]) for x in lines if x[0] == 'requests']
    if not counts or max(counts) < 500:
        wrong.append('%s: too few requests: %s' % (scene.name, counts))
    return wrong, counts


def real(scene, shim, work, n, once):
    folder = '%s/%s.memory' % (work, scene.name)
    got = scene.run(folder, env={'LD_PRELOAD': shim, 'BN_FAIL': '%d%s' % (n, 'once' if once else '')})
    # temporary files of a worker whose parent left are removed by the next run
    wrong = scene.faults(got, killed=True)
    if got.status == scene.new.status and not scene.is_new(got):
        wrong.append('exit %d, and something is missing' % got.status)
    if got.status not in (scene.new.status, 75):
        wrong.append('exit %d' % got.status)
    if got.status and not got.err.strip():
        wrong.append('no message')
    wrong += scene.again(folder)
    return wrong and ['%s: memory is out at %d%s: %s %s' % (
        scene.name, n, ' once' if once else '', '; '.join(wrong), got.err[-300:].decode(errors='replace'))]


def sweep(scenes, shim, work, every, runs, report):
    rng = random.Random(3)
    for scene in scenes:
        wrong, counts = watched(scene, shim, work, every)
        report(wrong[:5])
        for i in range(runs):
            n = (1, 3, 17, 400)[i] if i < 4 else rng.randint(1, max(counts or [1]))
            report(real(scene, shim, work, n, i % 2 == 0))

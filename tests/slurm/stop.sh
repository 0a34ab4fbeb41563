#!/bin/sh
# stop.sh DIR - end what start.sh DIR has started, by its own pid files.
for name in slurmd.n1 slurmd.n2 slurmctld munged; do
    [ -f "$1/$name.pid" ] && kill "$(cat "$1/$name.pid")" 2>/dev/null
done
exit 0

#!/bin/sh
# start.sh DIR - munged, slurmctld and two slurmd, all of whose files are below
# DIR (absolute). Then: export SLURM_CONF=DIR/slurm.conf
set -eu
dir=$1
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$dir/log" "$dir/state" "$dir/spool/n1" "$dir/spool/n2"
chmod 755 "$dir"
sed -e "s#@DIR@#$dir#g" -e "s#@CPUS@#$(nproc)#g" "$here/slurm.conf.in" >"$dir/slurm.conf"
if [ ! -f "$dir/munge.key" ]; then
    (umask 077; head -c 1024 /dev/urandom >"$dir/munge.key")
fi
SLURM_CONF=$dir/slurm.conf
export SLURM_CONF
munged --force --key-file="$dir/munge.key" --socket="$dir/munge.socket" \
    --pid-file="$dir/munged.pid" --seed-file="$dir/munged.seed" \
    --log-file="$dir/log/munged.log"
slurmctld -f "$SLURM_CONF"
slurmd -f "$SLURM_CONF" -N n1
slurmd -f "$SLURM_CONF" -N n2

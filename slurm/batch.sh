#!/bin/bash
# batch.sh - one array task of a batch: sbatch --array=0-399%80 batch.sh
#   MANIFEST OUT HOUSE TODAY [OPTION…], with SHARD_COUNT set to the number of
#   tasks, e.g.
#   SHARD_COUNT=400 sbatch --export=ALL --array=0-399%80 batch.sh m.ndjson \
#       /shared/out /shared/house 2020-10-06
# Submit failed tasks again with the same SHARD_COUNT (--array=7,13): the count
# is never guessed from the array. To issue, numbers are given before, by one
# process, and recorded afterwards, by merge.sh:
#   bunsho number CASES -o m.ndjson --house HOUSE
#   … batch.sh m.ndjson OUT HOUSE TODAY --issue
# slurm.conf: RequeueExit=75 (disk full, lock: try again).
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=%A_%a.out
set -u
if [ $# -lt 4 ] || [ -z "${SHARD_COUNT:-}" ]; then
    echo 'usage: SHARD_COUNT=N sbatch --array=0-(N-1) batch.sh MANIFEST OUT HOUSE TODAY [OPTION…]' >&2
    exit 64
fi
manifest=$1 out=$2 house=$3 today=$4
shift 4
# the fifth start gives up with 70 by itself
"${BUNSHO:-bunsho}" batch "$manifest" -o "$out" --house "$house" --today "$today" \
    --shard auto "$@"
status=$?
[ $status -gt 128 ] && status=75 # killed: try again
exit $status

#!/bin/bash
# batch.sh - one array task of a batch: sbatch --array=0-399%80 batch.sh
#   MANIFEST OUT HOUSE TODAY, with SHARD_COUNT set to the number of tasks, e.g.
#   SHARD_COUNT=400 sbatch --export=ALL --array=0-399%80 batch.sh m.ndjson \
#       /shared/out /shared/house 2020-10-06
# Submit failed tasks again with the same SHARD_COUNT (--array=7,13): the count
# is never guessed from the array. Numbers are given before, by one process:
#   bunsho batch m.ndjson -o OUT --house HOUSE --issue
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=%A_%a.out
set -u
if [ $# -ne 4 ] || [ -z "${SHARD_COUNT:-}" ]; then
    echo 'usage: SHARD_COUNT=N sbatch --array=0-(N-1) batch.sh MANIFEST OUT HOUSE TODAY' >&2
    exit 64
fi
[ "${SLURM_RESTART_COUNT:-0}" -gt 3 ] && exit 70 # gave up
"${BUNSHO:-bunsho}" batch "$1" -o "$2" --house "$3" --today "$4" --shard auto
status=$?
[ $status -gt 128 ] && status=75 # killed: try again
exit $status

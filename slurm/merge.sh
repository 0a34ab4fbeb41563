#!/bin/bash
# merge.sh - after all tasks, whatever became of them:
#   sbatch --dependency=afterany:JOB merge.sh OUT HOUSE TODAY [OPTION…]
# Records what the shards have issued and makes the papers over many cases. Ends
# with 65 when a shard's results are missing or a unit failed.
#SBATCH --output=%j.merge.out
set -u
[ $# -ge 3 ] || { echo 'usage: merge.sh OUT HOUSE TODAY [OPTION…]' >&2; exit 64; }
out=$1 house=$2 today=$3
shift 3
exec "${BUNSHO:-bunsho}" merge "$out" --house "$house" --today "$today" "$@"

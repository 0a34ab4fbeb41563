#!/bin/bash
# merge.sh - after all tasks, whatever became of them:
#   sbatch --dependency=afterany:JOB merge.sh OUT HOUSE TODAY
# Ends with 65 when a shard's results are missing or a unit failed.
#SBATCH --output=%j.merge.out
set -u
[ $# -eq 3 ] || { echo 'usage: merge.sh OUT HOUSE TODAY' >&2; exit 64; }
exec "${BUNSHO:-bunsho}" merge "$1" --house "$2" --today "$3"

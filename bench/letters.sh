#!/bin/sh
# letters.sh PROGRAM [CASES] - one-page letters, one of each of 200 cases, by
# one worker: letters a CPU second, with all that comes before a letter (the
# case read, its grammar, the rules).
set -u
program=$(realpath "$1")
n=${2:-200}
samples=$(cd "$(dirname "$0")/../samples" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$samples/house" "$work/house"
mkdir "$work/in"
i=0
while [ "$i" -lt "$n" ]; do
    i=$((i + 1))
    sed "s/TC-2019-0007/TC-L-$i/g; s/SNK-2019-0012/SNK-L-$i/g
        s/説-31-007/説-L-$i/g" "$samples/cases/full-certified.xml" \
        >"$work/in/$i.xml"
done
times >"$work/before"
"$program" batch "$work/in" -o "$work/out" -j 1 --house "$work/house" \
    --today 2020-10-06 --only application-receipt -q >"$work/log" 2>&1
status=$?
times >"$work/after"
made=$(find "$work/out" -name '*.pdf' | wc -l)
cat "$work/before" "$work/after" | awk -v made="$made" -v status=$status '
    { gsub(/[ms]/, " "); t[NR] = $1 * 60 + $2 + $3 * 60 + $4 }
    END { s = t[4] - t[2]
          printf "%d letters in %.2f CPU s: %.0f a second (exit %d)\n",
              made, s, (s > 0 ? made / s : 0), status }'

#!/bin/bash
# batch.sh PROGRAM - many generated cases: documents a second, memory, skipping.
#   CASES (10000), SEED (1), JOBS ("1 2"), KILLS (0): times that a run with
#   issuing is killed; ONLY: documents, as of --only.
set -u
program=$(realpath "$1")
tree=$(cd "$(dirname "$0")/.." && pwd)
n=${CASES:-10000}
work=$(mktemp -d "${TMPDIR:-/tmp}/bunsho-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
cp -r "$tree/samples/house" house

/usr/bin/python3 - "$tree" "$n" "${SEED:-1}" <<'PY'
import os, random, sys
tree, n, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
text = open(tree + '/samples/cases/full-certified.xml', encoding='utf-8').read()
towns = '例示町 見本町 架空町 試験町 文例町 仮名町'.split()
names = '精機 製作所 工業 電子 化成 鋳造 光学 金属'.split()
rng = random.Random(seed)
os.makedirs('in')
for i in range(1, n + 1):
    s = text.replace('TC-2019-0007', 'TC-%05d' % i)
    s = s.replace('SNK-2019-0012', 'SNK-2019-%05d' % i)
    s = s.replace('説-31-007', '説-31-%05d' % i)
    s = s.replace('株式会社サンプル精機', '株式会社' + rng.choice(['例示', '架空', '見本', '仮名'])
                  + rng.choice(names) + str(rng.randint(1, 999)))
    for town in towns:
        s = s.replace(town, rng.choice(towns))
    open('in/c%05d.xml' % i, 'w', encoding='utf-8').write(s)
PY

# Peak of the parent and of the largest worker, in KiB, sampled.
watch() {
    local pid=$1 parent=0 worker=0 v c
    while kill -0 "$pid" 2>/dev/null; do
        v=$(awk '/VmRSS/{print $2}' "/proc/$pid/status" 2>/dev/null)
        [ "${v:-0}" -gt "$parent" ] && parent=$v
        for c in $(cat "/proc/$pid/task/$pid/children" 2>/dev/null); do
            v=$(awk '/VmRSS/{print $2}' "/proc/$c/status" 2>/dev/null)
            [ "${v:-0}" -gt "$worker" ] && worker=$v
        done
        papers=$(wc -l <made 2>/dev/null)
        echo "$papers $parent $worker" >>memory
        sleep 0.5
    done
}

for j in ${JOBS:-1 2}; do
    rm -rf out memory
    start=$(date +%s.%N)
    "$program" batch in -o out -j "$j" --house house --today 2020-10-06 \
        ${ONLY:+--only "$ONLY"} -q --message-format=json >made 2>/dev/null &
    pid=$!
    watch $pid
    wait $pid
    status=$?
    end=$(date +%s.%N)
    papers=$(find out -name '*.pdf' | wc -l)
    echo "$n $papers $start $end $j $status" | awk '{
        printf "-j %d: %d cases, %d papers in %.1f s: %.1f papers/s (exit %d)\n",
            $5, $1, $2, $4 - $3, $2 / ($4 - $3), $6}'
    awk -v n="$n" '{ parent = $2; worker = $3
        if ($1 >= n / 10 && !p) { p = parent; w = worker } }
        END { printf "     memory KiB, parent %d at a tenth, %d at the end; worker %d, %d\n",
            p, parent, w, worker }' memory
done
start=$(date +%s.%N)
"$program" batch in -o out --house house --today 2020-10-06 \
    ${ONLY:+--only "$ONLY"} 2>&1 | tail -n 1
end=$(date +%s.%N)
echo "$start $end" | awk '{printf "second run: %.1f s\n", $2 - $1}'
if [ "${KILLS:-0}" -gt 0 ]; then
    ROUNDS=$KILLS "$tree/tests/check_batch.sh" "$program" | tail -n 5
fi

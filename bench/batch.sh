#!/bin/bash
# batch.sh PROGRAM - many generated cases: documents a second, memory, skipping,
# what a changed stylesheet makes again, a stream of cases.
#   CASES (10000), SEED (1), JOBS ("1 2"), ONLY (five kinds; "all"), STREAM (1)
set -u
program=$(realpath "$1")
tree=$(cd "$(dirname "$0")/.." && pwd)
n=${CASES:-10000}
only=${ONLY:-audit-plan,audit-report,certification-contract,certificate,certificate-annex}
[ "$only" = all ] && only=
work=$(mktemp -d "${TMPDIR:-/tmp}/bunsho-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
cp -r "$tree/samples/house" house
mkdir share && cp -r "$tree"/{stylesheets,schemas,criteria,templates,fonts} share/

# Names, towns, dates of findings and their texts differ; what is no case of a
# number stays as long as it was.
/usr/bin/python3 - "$tree" "$n" "${SEED:-1}" <<'PY'
import os, random, re, sys
tree, n, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
text = open(tree + '/samples/cases/full-certified.xml', encoding='utf-8').read()
towns = '例示町 見本町 架空町 試験町 文例町 仮名町'.split()
names = '精機 製作所 工業 電子 化成 鋳造 光学 金属'.split()
rng = random.Random(seed)
os.makedirs('in')
stream = open('stream.xml', 'w', encoding='utf-8')
stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<cases>\n')
for i in range(1, n + 1):
    s = text.replace('TC-2019-0007', 'TC-%05d' % i)
    s = re.sub(r'(number="[^"]*?)(\d+)(号?")', lambda m: m.group(1) + m.group(2) + '%05d' % i + m.group(3), s)
    s = s.replace('株式会社サンプル精機', '株式会社' + rng.choice(['例示', '架空', '見本', '仮名'])
                  + rng.choice(names) + str(rng.randint(1, 999)))
    for town in towns:
        s = s.replace(town, rng.choice(towns))
    open('in/c%05d.xml' % i, 'w', encoding='utf-8').write(s)
    stream.write(re.sub(r'<\?xml[^>]*\?>\s*', '', s) + '\n')
stream.write('</cases>\n')
PY
echo "$n cases of $(du -k --apparent-size in/c00001.xml | cut -f1) KiB"

# run FOLDER ARGUMENTS: a batch, and a line of memory every half second: units
# done, KiB of the parent, of the largest worker.
run() {
    local out=$1 pid v w c start end status
    shift
    rm -f memory
    : >made
    start=$(date +%s.%N)
    "$program" batch "$@" -o "$out" --house house --share share --today 2020-10-06 \
        ${only:+--only "$only"} -q --message-format=json >made 2>/dev/null &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        v=$(awk '/VmRSS/{print $2}' "/proc/$pid/status" 2>/dev/null)
        w=0
        for c in $(cat "/proc/$pid/task/$pid/children" 2>/dev/null); do
            c=$(awk '/VmRSS/{print $2}' "/proc/$c/status" 2>/dev/null)
            [ "${c:-0}" -gt "$w" ] && w=$c
        done
        echo "$(wc -l <made) ${v:-0} $w" >>memory
        sleep 0.5
    done
    wait $pid
    status=$?
    end=$(date +%s.%N)
    echo "$start $end $status $(find "$out" -name '*.pdf' | wc -l) $*" | awk '{
        printf "%s %s %s: %d papers in %.1f s: %.1f papers/s (exit %d)\n",
            $5, $6, $7, $4, $2 - $1, $4 / ($2 - $1), $3}'
    awk -v n="$n" '$1 >= n / 10 && $3 { if (!from) { from = $1; p = $2; w = $3 }
            to = $1; pe = $2; we = $3
            if ($2 > pm) pm = $2; if ($3 > wm) wm = $3 }
        END { printf "    KiB at unit %d and %d: parent %d, %d (most %d); largest worker %d, %d (most %d)\n",
            from, to, p, pe, pm, w, we, wm }' memory
}

# again WHAT: what another run of the last one makes
again() {
    local start end
    start=$(date +%s.%N)
    "$program" batch in -o out --house house --share share --today 2020-10-06 \
        -j 2 ${only:+--only "$only"} --lang en >made 2>said
    end=$(date +%s.%N)
    echo "$start $end" | awk -v what="$1" '{printf "%s: %.1f s, ", what, $2 - $1}'
    echo "made $(wc -l <made)"
    sed 's,.*/,,; s/\.pdf$//' made | sort | uniq -c | sed 's/^ */    /'
}

for j in ${JOBS:-1 2}; do
    rm -rf out
    run out in -j "$j"
done
again 'nothing changed'
echo '<!-- changed -->' >>share/stylesheets/page/contract.xsl
again 'page/contract.xsl changed'
sed -i 's/製造部員3名/製造部員4名/' in/c00001.xml
again 'a case changed'
if [ "${STREAM:-1}" = 1 ]; then
    only=certificate
    rm -rf out
    run out stream.xml -j 2
fi

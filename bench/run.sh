#!/bin/sh
# run.sh PROGRAM - where the time of one document goes, and how it compares.
#
# Prints what reports of three to a thousand pages cost cold and warm, CPU
# seconds by stage for the papers of one case, all samples, letters; and, where
# $BUNSHO_SHARED (default ../shared) has the peers' runner, the same report in
# other formatters that are installed (NPM_DIR for Typst), with the ratios.
# Shared machines are noisy: compare ratios of one run. SIZES, PEERS: what
# run.py is asked for.
set -u
program=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
tree=$(dirname "$here")
shared=${BUNSHO_SHARED:-$tree/../shared}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

echo "== reports of our own, page description to PDF"
"$here/measure.py" "$program" || exit 1

echo "== one case, all papers, CPU seconds by stage (median of 5)"
for i in 1 2 3 4 5; do
    "$program" build "$tree/samples/cases/full-certified.xml" \
        --house "$tree/samples/house" -o "$out/$i" --today 2020-10-06 \
        --timing -q 2>"$out/timing.$i" || { cat "$out/timing.$i"; exit 1; }
done
cat "$out"/timing.* | awk '
    $2 ~ /^[0-9.]+$/ { n[$1]++; v[$1, n[$1]] = $2; if (!($1 in order)) { order[$1] = ++k; name[k] = $1 } }
    END {
        for (i = 1; i <= k; i++) {
            s = name[i]
            for (a = 1; a <= n[s]; a++) for (b = a + 1; b <= n[s]; b++)
                if (v[s, b] < v[s, a]) { t = v[s, a]; v[s, a] = v[s, b]; v[s, b] = t }
            printf "%-10s %.4f\n", s, v[s, int((n[s] + 1) / 2)]
        }
    }'

echo "== all samples"
"$here/samples.sh" "$program"
echo "== one-page letters"
"$here/letters.sh" "$program"

if [ -f "$shared/peers/run.py" ]; then
    echo "== the same report in other formatters"
    OURS="$program format {in} -o {out}" \
        OURS_XML="$program format {in} --xsl {xsl} -o {out}" \
        OURS_BATCH="$program format --list {list}" \
        python3 "$shared/peers/run.py" "$out/peers" --sizes "${SIZES:-S,M,L}" \
        --json "$out/peers.json" \
        --only "${PEERS:-ours,ours-xml,fop,fop-xslt,typst,uplatex}"
    "$here/ratios.py" "$out/peers.json"
    echo "== the floor: libharu alone"
    text=$shared/seeds/000_bcce73a438f4af68.txt
    font=$(fc-match -f '%{file}' IPAexMincho)
    if cc -O2 -o "$out/floor" "$shared/peers/floor.c" -lhpdf -lm; then
        for pages in 20 200 1000; do
            TIMEFORMAT='%U + %S CPU s' bash -c 'time "$@"' - "$out/floor" \
                "$font" "$text" $pages "$out/floor.pdf" line
        done
    fi
else
    echo "no peers: set BUNSHO_SHARED to compare with other formatters"
fi

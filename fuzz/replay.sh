#!/bin/sh
# replay.sh BUILD - feed each target of BUILD/fuzz the files of its corpus and
# other inputs of its kind that the tree holds. Last line 'N passed, M failed'.
set -u
cd "$(dirname "$0")/.." || exit 66
passed=0
failed=0

# replay NAME: with its seeds (fuzz/seeds.sh) and its corpus.
replay() {
    # shellcheck disable=SC2046
    said=$(timeout 120 "$build/fuzz/fuzz_$1" $(fuzz/seeds.sh "$1") 2>&1)
    status=$?
    if [ "$status" -eq 0 ]; then
        passed=$((passed + 1))
        echo "ok   $1: $(printf '%s\n' "$said" | tail -n 1)"
    else
        failed=$((failed + 1))
        echo "FAIL $1: exit $status"
        printf '%s\n' "$said" | tail -n 40 | sed 's/^/     /'
    fi
}

build=$1
for source in fuzz/fuzz_*.c; do
    name=${source#fuzz/fuzz_}
    replay "${name%.c}"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

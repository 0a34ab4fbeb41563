#!/bin/sh
# run.sh BUILD TARGET… - each target for FUZZ_SECONDS under libFuzzer, beginning
# with its seeds. CC and LIBS come from make. The first finding of a target ends
# it; the input that caused it is named. Last line 'N passed, M failed'.
set -u
cd "$(dirname "$0")/.." || exit 66
build=$1
shift
passed=0
failed=0
for target in "$@"; do
    name=${target#fuzz_}
    work=$build/corpus/$name
    mkdir -p "$work" "$build/fuzz"
    fuzz/seeds.sh "$name" | while read -r f; do
        cp "$f" "$work/$(printf '%s' "$f" | tr / _)"
    done
    # shellcheck disable=SC2086
    $CC -std=c11 -O1 -g -fsanitize=fuzzer,address,undefined \
        -fno-sanitize-recover=undefined -o "$build/fuzz/$target" \
        "fuzz/$target.c" fuzz/fuzz.c "$build/libbunsho.a" $LIBS || exit 70
    echo "== $name"
    # inputs over 20 seconds or 2 GB are findings too
    if "$build/fuzz/$target" -max_total_time="${FUZZ_SECONDS:-60}" \
        -timeout=20 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
        -artifact_prefix="$build/$name-" "$work" >"$build/$name.log" 2>&1; then
        passed=$((passed + 1))
        grep -E 'number_of_executed_units|peak_rss' "$build/$name.log"
    else
        failed=$((failed + 1))
        tail -n 40 "$build/$name.log"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

#!/bin/sh
# check.sh BUILD - every test there is; the last line counts them all.
#
# Parts: unit tests (cmocka), tests/cases, the samples against EXPECT, the
# structure of every sample PDF, and, where $BUNSHO_SHARED (default ../shared)
# is at hand, fo-suite and jlreq/check against the floors in tests/floor.
set -u
build=$1
program=$build/bunsho
here=$(dirname "$0")
shared=${BUNSHO_SHARED:-../shared}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0
failed=0

# add NAME: count the last 'N passed, M failed' of the log.
add() {
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
    if [ -z "$line" ]; then
        echo "$1: no result"
        tail -n 20 "$log"
        failed=$((failed + 1))
        return
    fi
    p=${line%% passed*}
    f=${line##*, }
    f=${f%% failed}
    grep -E '^(FAIL|     )' "$log"
    echo "$1: $line"
    passed=$((passed + p))
    failed=$((failed + f))
}

# unit NAME: one cmocka program; a crash counts as one failure.
unit() {
    "$build/tests/$1" >"$log" 2>&1
    status=$?
    ok=$(grep -c '^\[       OK \]' "$log")
    bad=$(grep -cE '^\[  FAILED  \] [a-z_0-9]+$' "$log")
    if [ $status -ne 0 ]; then
        [ "$bad" -gt 0 ] || bad=1
        grep -E -B1 -A4 'ERROR|runtime error|AddressSanitizer' "$log" | head -n 40
    fi
    echo "$1: $ok passed, $bad failed"
    passed=$((passed + ok))
    failed=$((failed + bad))
}

# floor NAME RESULT: holds a count against the one that tests/floor records.
floor() {
    want=$(sed -n "s/^$1 //p" "$here/floor")
    got=$(grep -oE '^[0-9]+ passed' "$log" | tail -n 1)
    got=${got%% passed}
    if [ "${got:-0}" -ge "$want" ]; then
        passed=$((passed + 1))
        echo "$1: ${got} pass, floor $want"
    else
        failed=$((failed + 1))
        echo "$1: only ${got:-0} pass, floor $want"
    fi
}

only=${T:-}
for t in "$build"/tests/test_*; do
    [ -x "$t" ] && [ ! -d "$t" ] || continue
    name=$(basename "$t")
    case $name in *.d) continue ;; esac
    [ -z "$only" ] || [ "$name" = "test_$only" ] || continue
    unit "$name"
done
if [ -z "$only" ]; then
    for script in "$here"/check_*.sh "$here"/check_*.py; do
        [ -x "$script" ] || continue
        [ -z "${NO_SUITES:-}" ] || continue
        "$script" "$program" "$build" >"$log" 2>&1
        add "$(basename "$script")"
    done
    if [ -n "${NO_SUITES:-}" ]; then
        "$here/../samples/build.sh" "$program" "$build/out" >"$log" 2>&1
        add samples
    fi
    "$here/run_cases.py" "$program" >"$log" 2>&1
    add cases
    "$here/../fuzz/replay.sh" "$build" >"$log" 2>&1
    add fuzz
    if [ -d "$shared/fo-suite" ] && [ -z "${NO_SUITES:-}" ]; then
        /usr/bin/python3 "$shared/fo-suite/run.py" \
            "$program format {fo} --dump=areas -o {at}" >"$log" 2>&1
        floor fo-suite
        /usr/bin/python3 "$shared/jlreq/check/run.py" --quiet \
            "$program format {fo} -o {pdf}" IPAexMincho >"$log" 2>&1
        floor jlreq
    fi
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

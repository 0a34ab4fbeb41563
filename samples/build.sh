#!/bin/sh
# build.sh PROGRAM OUT [OPTION…] - set every sample into OUT and hold what
# happened against EXPECT: a line a file with its exit status and the rules
# that must be reported, no others ('-': none). Today is the day that EXPECT
# names, so that the papers are the same on every day.
set -u
program=$1
mkdir -p "$2"
out=$(cd "$2" && pwd)
case $program in
*/*) program=$(cd "$(dirname "$program")" && pwd)/$(basename "$program") ;;
esac
shift 2
here=$(cd "$(dirname "$0")" && pwd)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
bad=0
good=0
today=$(sed -n 's/.*--today \([0-9-]*\).*/\1/p' "$here/EXPECT" | head -n 1)

tab=$(printf '\t')
while IFS=$tab read -r file status rules options; do
    case $file in '' | '#'*) continue ;; esac
    # shellcheck disable=SC2086
    case $file in
    'compare '* | 'revise '*) # a command of its own: into FOLDER/FILE of {out}
        case " $* " in *' --dump='*) continue ;; esac
        options=$(printf '%s' "$options" | sed "s|{out}|$out|g")
        mkdir -p "$(dirname "${options##*-o }")"
        (cd "$here" && exec "$program" $file $options) >"$log" 2>&1
        ;;
    *)
        (cd "$here" && exec "$program" build $file --house house -o "$out" \
            --today "$today" ${options:-} "$@") >"$log" 2>&1
        ;;
    esac
    got=$?
    # no sample may give a layout warning; tests/check_samples.py reads this
    grep -E '\[(overfull-line|overflow)\]' "$log"
    said=$(grep -v '情報:' "$log" | grep -oE '\[R[0-9]{3}' | tr -d '[' | sort -u | tr '\n' ' ')
    want=$(printf '%s\n' "$rules" | tr ' ' '\n' | grep -v '^-$' | sort -u | tr '\n' ' ')
    if [ "$got" = "$status" ] && [ "${said% }" = "${want% }" ]; then
        good=$((good + 1))
        echo "$file: exit $got ${said:-}"
    else
        bad=$((bad + 1))
        echo "FAIL $file: exit $got (want $status), rules ${said:-none} (want ${want:-none})"
        cat "$log"
    fi
done <"$here/EXPECT"
find "$out" -name '*.pdf' 2>/dev/null | LC_ALL=C sort
echo "$good passed, $bad failed"
[ "$bad" -eq 0 ]

#!/bin/sh
# samples.sh PROGRAM [OUT] - what making all sample papers costs, in CPU
# seconds: the cases of samples/EXPECT in one process, kits, laws and what a
# body makes without cases in a second, each line with options of its own in
# one.
set -u
program=$(realpath "$1")
samples=$(cd "$(dirname "$0")/../samples" && pwd)
if [ $# -gt 1 ]; then
    mkdir -p "$2" && out=$(realpath "$2")
else
    out=$(mktemp -d)
    trap 'rm -rf "$out"' EXIT
fi
cd "$samples" || exit 1
today=$(sed -n 's/.*--today \([0-9-]*\).*/\1/p' EXPECT | head -n 1)
tab=$(printf '\t')
# CPU seconds of all processes that have ended (of the shell itself: no
# subshell, which has none)
spent() {
    times >"$out/.times"
    seconds=$(awk 'NR == 2 { gsub(/[ms]/, " "); print $1 * 60 + $2 + $3 * 60 + $4 }' \
        "$out/.times")
}

# What is refused is part of the samples: 65 is no fault here.
make_papers() {
    "$program" build "$@" --house house -o "$out" -q >/dev/null 2>&1
    [ $? -le 65 ] || echo "$*: failed"
}

# The files of lines with one file and no options, of some folders.
plain() {
    awk -F '\t' -v folders="$1" '
        /^#/ || $4 != "" || $1 ~ / / { next }
        $1 ~ "^(" folders ")/" { print $1 }' EXPECT
}

tell() {
    spent
    echo "$(find "$out" -name '*.pdf' | wc -l) papers of $1: $seconds CPU s"
}

# shellcheck disable=SC2046
make_papers $(plain cases) --today "$today"
tell "cases, one process"
# shellcheck disable=SC2046
make_papers $(plain 'kits|laws|house') --today "$today"
tell "cases, kits, laws and the body, two processes"

awk -F '\t' '!/^#/ && ($4 != "" || $1 ~ / /) { print $1 FS $4 }' EXPECT |
    while IFS=$tab read -r file options; do
        case $file in
        'compare '* | 'revise '*) # a command of its own
            options=$(printf '%s' "$options" | sed "s|{out}|$out|g")
            mkdir -p "$(dirname "${options##*-o }")"
            # shellcheck disable=SC2086
            "$program" $file $options >/dev/null 2>&1 || echo "$file: failed"
            continue
            ;;
        esac
        case $options in
        *--today*) ;;
        *) options="$options --today $today" ;;
        esac
        # shellcheck disable=SC2086
        make_papers $file $options
    done
tell "all lines"

#!/bin/bash
# check_clerk.sh PROGRAM [BUILD] - the clerk's and the consultant's way, as they
# go it: a new house, data from tables, blank forms, templates of templates.
set -u
program=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
samples=$here/../samples
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
cd "$work" || exit 1

check() {
    local name=$1
    shift
    if "$@" >log 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $name"
        head -n 5 log | sed 's/^/     /'
    fi
}
is() { [ "$1" = "$2" ] || { echo "got $1, want $2"; return 1; }; }
holds() { grep -qF -- "$2" "$1" || { echo "no '$2' in $1:"; head -c 600 "$1"; return 1; }; }
run() { "$program" "$@" --today 2020-10-06; }

# ------------------------------------------------- templates include others
cp -r "$samples/house" house
mkdir -p house/templates/parts
printf -- '---\ntitle: 情報セキュリティ方針\nlayout: rulebook\n---\n\n{{> parts/words}}\n' \
    >house/templates/D43-security-policy.md
echo '方針を定める。' >house/templates/parts/words.md
kit() { run batch "$samples/kits/KIT-0042.xml" --house house -o kit --only security-policy --lang en "$@"; }
kit >/dev/null 2>&1
check 'a kit with an include is made' [ -f kit/KIT-0042/security-policy.pdf ]
kit >out 2>err
check 'and left alone' holds err '0 made, 0 issued, 1 unchanged'
echo '方針を改める。' >house/templates/parts/words.md
kit >out 2>err
check 'until the included text changes' holds err '1 made, 0 issued, 0 unchanged'
pdftotext kit/KIT-0042/security-policy.pdf text.txt
check 'and is then made anew' holds text.txt '方針を改める。'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

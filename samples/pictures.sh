#!/bin/sh
# pictures.sh PROGRAM OUT - the pictures of README.md, from the samples in OUT
# (make samples), the guide and a blank form.
set -eu
program=$1
out=$2
here=$(cd "$(dirname "$0")" && pwd)
blank=$(mktemp -d)
trap 'rm -rf "$blank"' EXIT

# picture NAME FILE.pdf [PAGE]
picture() {
    pdftoppm -png -r 60 -singlefile -f "${3:-1}" -l "${3:-1}" "$2" "$here/pictures/$1"
}

"$program" blank -o "$blank" --house "$here/house" --today 2020-10-06 \
    --only complaint-record >/dev/null 2>&1
case=$out/TC-2019-0007
kit=$out/KIT-0042
picture form "$case/audit-plan.pdf"
picture letter "$case/decision-notice-granted.pdf"
picture report "$case/audit-report.pdf" 4
picture certificate "$case/certificate.pdf"
picture certificate-english "$case/certificate-english.pdf"
picture rulebook "$kit/information-management-rules.pdf"
picture ledger "$kit/visitor-log.pdf"
picture figure "$kit/incident-report-route.pdf"
picture checklist "$kit/self-checklist.pdf"
picture trial "$out"/TR-2018-A01/proposal.pdf
picture blank "$blank/blank/complaint-record.pdf"
picture guide "$out/guide.pdf" 5

# comparison tables and law books, horizontal and vertical
for writing in horizontal vertical; do
    "$program" compare "$here/../criteria/m-mid.xml" "$here/../criteria/m2024.xml" \
        --writing $writing -o "$blank/comparison-$writing.pdf" --today 2026-11-26
done
mkdir "$blank/house"
printf '%s\n' '<?xml version="1.0"?>' '<house><option name="law-writing" value="vertical"/></house>' \
    >"$blank/house/house.xml"
"$program" build "$here/laws/sample-regulation.xml" -o "$blank" --today 2026-11-26 -q
"$program" build "$here/../criteria/m2018.xml" --house "$blank/house" -o "$blank" --today 2026-11-26 -q
picture comparison "$blank/comparison-horizontal.pdf"
picture comparison-vertical "$blank/comparison-vertical.pdf"
picture law "$blank/sample-regulation/law-book.pdf"
picture law-vertical "$blank/m2018/law-book.pdf"

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

# ------------------------------------------------------------ a new house
"$program" init new >listed 2>err
check 'init' [ -s listed ]
check 'init lists what it made' is "$(sort listed)" "$(find new -type f | sort)"
echo mine >new/house.xml
"$program" init new --lang en >out 2>err
check 'a second init is refused' is $? 73
check 'and says why' holds err '[exists]'
check 'and changes nothing' is "$(cat new/house.xml)" mine
rm -r new
mkdir new
echo mine >new/auditors.xml
"$program" init new --lang en >out 2>err
check 'nothing is made beside a file that is in the way' is "$(ls new)" auditors.xml
rm -r new
"$program" init new -q >out 2>err
check 'init -q says nothing' is "$(cat out err)" ''
run check new/body.xml --lang en >out 2>err
check 'check names what is to be written in the body' holds out 'new/body.xml:13:2	/body-profile/name	（記入）'
check 'also attributes' holds out '/body-profile/accreditation/@number'
fill() { LC_ALL=C.UTF-8 sed -i -E 's/（(記入[^）]*)）/文例/g; s/（きにゅう）/ぶんれい/g' "$@"; }
fill new/body.xml new/auditors.xml
run check new/body.xml >out 2>err
check 'a filled body passes' is $? 0
check 'with nothing left to write' [ -z "$(grep 記入待ち out)" ]
run build new/body.xml -o made >out 2>err
check 'its papers are made' [ -s made/body/nda-committee-CM1.pdf ]

# ------------------------------------------------------------- a new case
"$program" new case new/cases/TC-0001.xml
check 'its id is the name of its file' holds new/cases/TC-0001.xml 'id="TC-0001"'
check 'its body that of the house' holds new/cases/TC-0001.xml '<body-ref ref="body"/>'
run check new/cases/TC-0001.xml >out 2>err
check 'the skeleton passes the grammar' is $? 0
check 'what is to be written is named by file, line and path' \
    holds out '/certification-case/application/information/kind	（記入：種類）'
run build new/cases/TC-0001.xml -o made >out 2>err
check 'it cannot be made yet' is $? 65
check 'because of what is left' holds err 'R151'
fill new/cases/TC-0001.xml
run check new/cases/TC-0001.xml >out 2>err
check 'a filled case passes' is $? 0
check 'the next paper is named' holds out '次の書類: C04 認証業務契約書'
check 'and when it is due' holds out "	要る条件	certification-case/contracts/contract[@type = 'service']"
check 'and which field it lacks, with its path' grep -q '	要る欄	.*	.' out
run build new/cases/TC-0001.xml -o made --draft >out 2>err
check 'its drafts are made' is $? 0
check 'the rule of the house works' is "$(grep -c H001 err)" 0
sed -i 's/received="2019-03-19"/received="2019-03-29"/' new/cases/TC-0001.xml
run check new/cases/TC-0001.xml >out 2>err
check 'and warns a week late' holds err '[H001 機関の定め TC-0001]'

# -------------------------------------------------------------- a new kit
"$program" new kit new/kits/KIT-1.xml
fill new/kits/KIT-1.xml
run check new/kits/KIT-1.xml >out 2>err
check 'a filled kit passes' is $? 0
sed 's,<committee-name>.*</committee-name>,,' "$samples/kits/KIT-0042.xml" >new/kits/KIT-2.xml
run check new/kits/KIT-2.xml >out 2>err
check 'what is blank in it: template, path, paper' \
    grep -qE '^空欄	.*/templates/.*\.md:[0-9]+:[0-9]+	/client-kit/committee-name	D[0-9]+ ' out
check 'what a paper lacks' grep -q '^D41	.*	未記入: .*committee-name' out
check 'each path once' is "$(grep '^空欄' out | cut -f3 | sort | uniq -d)" ''
run build new/kits/KIT-1.xml -o made >out 2>err
check 'its papers are made' is $? 0

# ------------------------------------------- letterhead, seal, own fonts
letter() {
    rm -rf made
    run build "$samples/cases/full-certified.xml" --house house -o made \
        --only decision-notice-granted >out 2>err
    pdftotext -layout made/TC-2019-0007/decision-notice-granted.pdf text.txt
}
letter
check 'a letter without letterhead' is "$(grep -c 〒000-0001 text.txt)" 0
plain=$(wc -l <text.txt)
cat >house/house.xml <<'X'
<house><option name="letterhead" value="yes"/><option name="seal-position" value="over"/></house>
X
letter
check 'letterhead: the address stands above' is "$(head -n 3 text.txt | grep -c '東京都架空区例示町')" 1
check 'and nothing overflows' is "$(grep -c overf err)" 0
cp new/fonts-example.xml house/fonts.xml
letter
check 'the example of fonts is used' [ -n "$(pdffonts made/TC-2019-0007/decision-notice-granted.pdf | grep BIZUDMincho)" ]
check 'no layout warning comes of it' is "$(grep -vE '\[R(121|098) ' err)" ''

# ------------------------------------------------- copies, and all in one
case=$samples/cases/full-certified.xml
rm -rf house/house.xml house/fonts.xml made
run build "$case" --house house -o made --copy --only certificate,audit-plan >/dev/null 2>&1
pdftotext -layout made/TC-2019-0007/certificate.copy.pdf text.txt
check 'a copy says so' is "$(grep -c '写 *し' text.txt)" 1
pdftotext -layout made/TC-2019-0007/audit-plan.copy.pdf text.txt
check 'on every page' is "$(grep -c '写 *し' text.txt)" \
    "$(pdfinfo made/TC-2019-0007/audit-plan.copy.pdf | sed -n 's/^Pages: *//p')"
check 'the paper itself is not made' [ ! -e made/TC-2019-0007/certificate.pdf ]

bind() { run build "$case" --house house -o "$1" "--bind=$1" \
    --only application-form,first-review-checksheet,audit-plan,audit-report >/dev/null 2>&1; }
bind own
bind through
all=own/TC-2019-0007/all.pdf
pages=$(pdfinfo $all | sed -n 's/^Pages: *//p')
run build "$case" --house house -o apart --only application-form,first-review-checksheet,audit-plan,audit-report >/dev/null 2>&1
sum=0
for f in apart/TC-2019-0007/*.pdf; do
    sum=$((sum + $(pdfinfo "$f" | sed -n 's/^Pages: *//p')))
done
check 'bound: as many pages as apart, none empty' is "$pages" "$sum"
check 'the outline has the papers, and below them their headings' \
    is "$(mutool show $all outline | grep -c '^[+|][[:space:]]"')" 4
pages_of() { pdfinfo "$1" | sed -n 's/^Pages: *//p'; }
second=$(($(pages_of apart/TC-2019-0007/application-form.pdf) + 1))
of=$(pages_of apart/TC-2019-0007/first-review-checksheet.pdf)
check 'the second paper begins with its page 1' \
    [ "$(pdftotext -f $second -l $second -layout $all - | grep -cE "1 ?/ ?$of *\$")" = 1 ]
check 'counted through, it goes on' \
    [ "$(pdftotext -f $second -l $second -layout through/TC-2019-0007/all.pdf - | grep -cE "$second ?/ ?$pages *\$")" = 1 ]

# ------------------------------------------------ a certificate in English
english() { run build "$1" --house house -o english --only certificate-english,certificate-annex-english --lang en >out 2>err; }
english "$case"
check 'an English certificate and its annex' is "$(grep -c pdf out)" 2
pdftotext -layout english/TC-2019-0007/certificate-english.pdf text.txt
check 'names as the data gives them' holds text.txt 'Sample Precision Co., Ltd.'
check 'days in English' holds text.txt '5 September 2019 to 4 September 2022'
check 'the name of the criteria is marked as a translation' holds text.txt 'Reference translation'
sed 's,<remark>Matters.*</remark>,,' "$case" >two.xml
english two.xml
check 'a remark that lacks its English is refused' holds err 'Remarksが未記入です。 [R151'
sed '/<english>/,/<\/english>/d' "$case" >two.xml
english two.xml
check 'without English words none is due' holds err '[not-due]'
echo '<house><option name="english" value="yes"/></house>' >house/house.xml
english two.xml
check 'unless the house wants it, then they are asked for' holds err 'R151'
rm house/house.xml

# --------------------------------------------- paper that has its border
cert() { run build "$case" --house house -o "$1" --only certificate --dump=areas >/dev/null 2>&1; }
cert plain
echo '<house><option name="preprinted" value="yes"/></house>' >house/house.xml
cert pre
texts() { grep -oE '<(word|text|char)[^>]*>[^<]*' "$1/TC-2019-0007/certificate.areas.xml"; }
texts plain >plain.txt
texts pre >pre.txt
check 'preprinted: there is text' [ -s pre.txt ]
check 'and each stands where it stood' cmp plain.txt pre.txt
check 'but the border is left out' is \
    "$(grep -o '<foreignObject' pre/TC-2019-0007/certificate.areas.xml | wc -l)" \
    "$(($(grep -o '<foreignObject' plain/TC-2019-0007/certificate.areas.xml | wc -l) - 1))"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

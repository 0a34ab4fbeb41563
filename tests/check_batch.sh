#!/bin/bash
# check_batch.sh PROGRAM [BUILD] - many cases at once: the same bytes however
# they are divided, nothing made twice, numbers never lost or doubled.
# ROUNDS (default 6) is how often the parent or a worker is killed
# (kill_batch.py).
set -u
program=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
samples=$here/../samples
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
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
same() { diff -r -x .bunsho -x '*.ndjson' "$1" "$2"; }
none() { [ -z "$(find "$1" \( -name '*.part' -o -name '.*.issue' \) -print)" ]; }

# N cases with numbers of their own, or with none yet: cases N FOLDER [new]
cases() {
    mkdir -p "$2"
    for i in $(seq 1 "$1"); do
        sed -e "s/TC-2019-0007/$(printf 'TC-2020-%04d' "$i")/" \
            -e "s/SNK-2019-0012/$(printf 'SNK-2019-%04d' $((i + 100)))/" \
            -e "s/説-31-007/$(printf '説-31-%04d' "$i")/" \
            "$samples/cases/full-certified.xml" >"$2/$(printf c%04d "$i").xml"
        [ -z "${3:-}" ] || sed -E -i \
            -e 's/(<(certificate|plan|report|notice)( [^>]*)?) number="[^"]*"/\1/' \
            "$2/$(printf c%04d "$i").xml"
    done
}
cp -r "$samples/house" house
# a few kinds of document are enough, and the same however many there come to be
only=audit-plan,audit-report,decision-notice-granted,certificate,certificate-annex,certificate-register
run() { "$program" "$@" --house house --today 2020-10-06 --lang en --only "$only"; }
batch() { run batch "$@"; }

# ------------------------------------------------- ledgers of a thousand rows
cases 260 many
registers=certificate-register,document-retention-register,guidance-register,sme-status-report,auditor-performance-report
of_many() { "$program" build many/*.xml --house house --today 2020-10-06 --only "$registers" -q "$@" >/dev/null 2>&1; }
of_many -o many.parts --dump=areas
check 'registers of many cases are made' is $? 0
of_many -o many.whole --dump=fo
for id in ${registers//,/ }; do
    fo=$(find many.whole -name "$id.fo")
    "$program" format "$fo" -o many.whole/areas.xml --dump=areas >/dev/null 2>&1
    check "$id of the rows that are read has the areas of the whole" \
        cmp many.whole/areas.xml "$(find many.parts -name "$id.areas.xml")"
done
of_many -o many.built
"$program" batch many -o many.out --house house --today 2020-10-06 --only "$registers" -q >/dev/null 2>&1
check 'batch makes the same registers' same many.built many.out
pdftotext -layout "$(find many.built -name document-retention-register.pdf)" rows
check 'every row is there once, in order' \
    is "$(awk '/^ *[0-9]+ .*TC-2020-/ { print $1 }' rows | cksum)" "$(seq 1 520 | cksum)"
rm -r many many.*

# ---------------------------------------------------------------- same bytes
cases 7 in
mkdir old
batch in -o j1 -j 1 >out1 2>err1
check 'exit status 0' is $? 0
check 'papers are listed as made' is "$(wc -l <out1)" "$(find j1 -name '*.pdf' | wc -l)"
for j in 2 4; do
    batch in -o "j$j" -j "$j" -q >/dev/null 2>&1
    check "-j $j makes the same bytes" same j1 "j$j"
    check "-j $j tells in the same order" \
        is "$(batch in -o "k$j" -j "$j" 2>/dev/null | sed 's,^k[0-9]*/,,' | cksum)" \
        "$(sed 's,^j1/,,' out1 | cksum)"
done
"$program" batch in -o few --house house --today 2020-10-06 --only certificate \
    -q --message-format=json >lines 2>/dev/null
check 'where no paper over many cases is asked for, none is looked for' \
    is "$(grep -c '"unit"' lines) $(grep -c '"body:' lines)" '7 0'
run build in/*.xml -o built -q >/dev/null 2>&1
check 'build makes the same bytes' same j1 built
for i in 0 1 2 3 4 5 6; do batch in -o shards --shard $i/7 -q >/dev/null 2>&1; done
run merge shards -q >/dev/null 2>&1
check 'merge ends with 0' is $? 0
check '7 shards make the same bytes' same j1 shards
check 'merge lists every unit once' is "$(wc -l <shards/results.ndjson)" 7
cp shards/results-0-of-7.ndjson kept
for i in 0 1 2 3 4 5 6; do [ -s shards/results-$i-of-7.ndjson ] && full=$i; done
head -n 1 "shards/results-$full-of-7.ndjson" >>shards/results-0-of-7.ndjson
run merge shards -q >/dev/null 2>&1
check 'a unit in two shards is refused' is $? 65
cp kept shards/results-0-of-7.ndjson
rm "shards/results-$full-of-7.ndjson"
run merge shards -q >/dev/null 2>&1
check 'a missing shard is refused' is $? 65
SHARD_COUNT=7 SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_TASK_COUNT=1 \
    SLURM_ARRAY_TASK_MIN=2 batch in -o auto --shard auto -q >/dev/null 2>&1
check 'auto: SHARD_COUNT wins' test -f auto/results-2-of-7.ndjson
JOB_COMPLETION_INDEX=2 batch in -o auto --shard auto -q >/dev/null 2>&1
check 'auto: Kubernetes without a count is 64' is $? 64
SLURM_RESTART_COUNT=4 SHARD_COUNT=7 SLURM_ARRAY_TASK_ID=2 batch in -o auto --shard auto -q >/dev/null 2>err9
check 'auto: started for the fifth time it gives up' is $? 70
check 'and says so' grep -qF '[restarts]' err9
for s in 7/7 -1/7 1 a/b 0/0 1/; do
    batch in -o auto --shard "$s" -q >/dev/null 2>&1
    check "--shard $s is 64" is $? 64
done
{ for i in 3 1; do printf '{"path":"in/c%04d.xml","id":"TC-2020-%04d"}\n' $i $i; done; } >list.ndjson
batch list.ndjson -o listed 2>/dev/null | grep -v body- | cut -d/ -f2 | uniq >order
check 'a manifest in its order' is "$(tr '\n' ' ' <order)" 'TC-2020-0003 TC-2020-0001 '
printf '{"path":"in/c0001.xml","id":"TC-9"}\n' >wrong.ndjson
batch wrong.ndjson -o listed -q >/dev/null 2>&1
check 'an id that is not the file'"'"'s is 65' is $? 65
printf '{"path":\n' >torn.ndjson
batch torn.ndjson -o listed -q >/dev/null 2>&1
check 'a torn manifest is 65' is $? 65
cp -r in twins && cp twins/c0001.xml twins/d.xml
batch twins -o twice -q >/dev/null 2>&1
check 'two files of one id are 65' is $? 65

cp -r in rivals && sed -i 's/SNK-2019-0103/SNK-2019-0101/' rivals/c0003.xml
batch rivals -o rivals.out >/dev/null 2>err
check 'a number that two cases bear is 65' is $? 65
check 'and told of both' is "$(grep -o 'R094 .*TC[^]]*' err | sort -u | wc -l)" 2
run build rivals/*.xml -o rivals.built -q >/dev/null 2>&1
check 'as build tells it' same rivals.out rivals.built

# ------------------------------------------------------------------ skipping
batch in -o j1 -j 2 >out2 2>err2
check 'the second run makes nothing' is "$(wc -l <out2)" 0
check 'and says so' grep -q 'skipped 8' err2
printf 'x' >>j1/TC-2020-0003/audit-plan.pdf
rm j1/TC-2020-0004/certificate.pdf
batch in -o j1 --explain >out3 2>err3
check 'what is changed or missing is made again' is "$(sort out3 | tr '\n' ' ')" \
    'j1/TC-2020-0003/audit-plan.pdf j1/TC-2020-0004/certificate.pdf '
check 'and why is said' is "$(grep -c '\[output\]' err3)" 2
check 'it is what it was' same j1 built
sed -i 's/製造部員3名/製造部員4名/' in/c0005.xml
batch in -o j1 --explain >out4 2>err4
check 'a changed case is made again' grep -q 'TC-2020-0005/' out4
check 'and why is said of each paper' is "$(grep -c '\[input\] in/c0005.xml' err4)" "$(grep -c TC-2020-0005 out4)"
check 'no other is' is "$(grep -vc -e TC-2020-0005/ -e body- out4)" 0
run build in/*.xml -o built -q >/dev/null 2>&1
check 'and is right' same j1 built
touch in/*.xml
batch in -o j1 >out5 2>/dev/null
check 'touched files are the same files' is "$(wc -l <out5)" 0
sed -i 's/\(<option name="honorific" value=\)"殿"/\1"様"/' house/house.xml
batch in -o j1 --explain >out6 2>err6
check 'a changed house is found' grep -q 'house/house.xml' err6
run build in/*.xml -o built -q >/dev/null 2>&1
check 'papers with it are right' same j1 built
check 'papers without it stand' test "$(wc -l <out6)" -lt "$(wc -l <out1)"
mkdir -p share && cp -r "$here"/../{stylesheets,schemas,criteria,templates,fonts} share/
batch in -o sh --share share -q >/dev/null 2>&1
sed -i 's/<xsl:template match="\/"/<!-- x --><xsl:template match="\/"/' share/stylesheets/page/certificate.xsl
printf '<!-- x -->\n' >>share/stylesheets/page/certificate.xsl
batch in -o sh --share share --explain >out7 2>err7
check 'a page stylesheet remakes what it sets' is \
    "$(sed 's,.*/,,' out7 | sort -u | tr '\n' ' ')" 'certificate.pdf '
check 'of every case' is "$(wc -l <out7)" 7
check 'and why is said, with the file' is "$(grep -c '\[stylesheet\] share/stylesheets/page/certificate.xsl' err7)" 7
mkdir house/rules && printf '<x/>' >house/rules/torn.sch
batch in -o sh --share share -q >/dev/null 2>&1
check 'rules that cannot be read stop all papers' is $? 65
rm -r house/rules
batch in -o sh --share share >out7 2>/dev/null
check 'afterwards nothing is made anew' is "$(wc -l <out7)" 0
"$program" batch in -o sh --share share --house house --today 2020-10-06 --only audit-plan -q >/dev/null 2>&1
batch in -o sh --share share >out7 2>/dev/null
check 'nor after a run for one kind alone' is "$(wc -l <out7)" 0
sed -i 's/製造部員3名/製造部員8名/' in/c0002.xml
printf '<!-- y -->\n' >>share/stylesheets/page/certificate.xsl
batch in -o sh --share share --explain >out7 2>err7
check 'two things changed: each paper has its own reason' is \
    "$(grep -o '[^/]*.pdf: .*\[[a-z]*\]' err7 | grep -o '^[a-z-]*\|\[[a-z]*\]' | paste - - | sort -u | tr '\n\t' '; ')" \
    'audit-report [input];certificate [input];certificate [stylesheet];'
sed -i 's/製造部員8名/製造部員3名/' in/c0002.xml
batch in -o j1 --deps deps.mk -q >/dev/null 2>&1
check '--deps names papers and their files' grep -q '^j1/TC-2020-0001/certificate.pdf: in/c0001.xml' deps.mk
check 'make reads them' make -n -f deps.mk j1/TC-2020-0001/certificate.pdf

# ------------------------------------------------------------ a bad case only
mkdir mixed && cp in/c0001.xml in/c0002.xml mixed/
printf '<certification-case id="TC-X">' >mixed/a.xml
batch mixed -o mixed.out >out8 2>/dev/null
check 'a broken case is 65' is $? 65
check 'the others are made' test -f mixed.out/TC-2020-0002/certificate.pdf
rm -rf mixed.out
SOURCE_DATE_EPOCH=1601942400 batch mixed -o mixed.out --report rep -q >/dev/null 2>&1
check 'a report of the run on paper' grep -q '65.*mixed/a.xml' <(pdftotext -layout rep.pdf -)
check 'with what was made' grep -q '認証証明書 *certificate  *2' <(pdftotext -layout rep.pdf -)
check 'and as a web page' grep -q '<td>certificate</td>' rep.html
cp rep.pdf rep1.pdf && rm -rf mixed.out
SOURCE_DATE_EPOCH=1601942400 batch mixed -o mixed.out --report rep.pdf -q >/dev/null 2>&1
check 'the same run, the same bytes' cmp rep.pdf rep1.pdf
batch in -o sum --message-format=json 2>err9 >/dev/null
check 'the summary is JSON, too' is "$(tail -n 1 err9 | python3 -c 'import json, sys
print(json.load(sys.stdin)["summary"]["documents"]["certificate"]["made"])')" 7
if python3 -c 'import pty' 2>/dev/null; then
    python3 - "$program" <<'PY' >log 2>&1
import os, pty, subprocess, sys
parent, child = pty.openpty()
p = subprocess.Popen([sys.argv[1], 'batch', 'in', '-o', 'bar', '--house', 'house', '--today',
                      '2020-10-06', '--lang', 'en', '--only', 'certificate'],
                     stdout=subprocess.DEVNULL, stderr=child)
os.close(child)
seen = b''
try:
    while True:
        seen += os.read(parent, 4096)
except OSError:
    pass
assert b'7/7' in seen and b'/s ' in seen and b's left' in seen, seen
PY
    check 'a bar with rate and time on a terminal' is $? 0
fi
batch mixed -o mixed.ff --fail-fast >/dev/null 2>&1
check '--fail-fast ends there' test ! -e mixed.ff/TC-2020-0002
batch mixed -o mixed.out --message-format=json 2>/dev/null |
    python3 -c 'import json,sys
for l in sys.stdin: r = json.loads(l); assert "unit" in r and "status" in r' >log 2>&1
check 'results are JSON a line' is "${PIPESTATUS[1]}" 0

# ------------------------------------------- a worker dies or hangs (F9, F10)
if cc -shared -fPIC -O1 -o shim.so "$here/fault_shim.c" -ldl 2>/dev/null; then
    for how in segv kill exit hang; do
        rm -rf poison
        LD_PRELOAD=./shim.so BN_POISON=$how:TC-2020-0003/certificate.pdf \
            batch in -o poison -j 2 --seconds 2 >out9 2>err9
        check "$how: a paper is lost: 70" is $? 70
        check "$how: it is told" grep -qF '[paper-lost]' err9
        check "$how: all others are made" is \
            "$(diff -rq -x .bunsho -x '*.ndjson' built poison | grep -c 'Only in built')" 1
        check "$how: nothing lies about in what others make" none poison/TC-2020-0002
    done
    batch in -o poison -q >/dev/null 2>&1
    check 'the next run makes it' same built poison
else
    echo 'SKIPPED workers that die: no compiler'
fi

# ------------------------------------------------------------------- issuing
cases 6 fresh new
batch fresh -o plain -q >/dev/null 2>&1
check 'without a number there is no certificate' is $? 65
check 'and no register' test ! -e house/register.db
cp -r house house.free
batch fresh -o issued --issue -j 2 -q >/dev/null 2>&1
check 'issue ends with 0' is $? 0
numbers() { "$program" register list numbers --house "$1" | cut -f3 | grep SNK | sort; }
check 'numbers run from 1 without gap' is "$(numbers house | tr '\n' ' ')" \
    "$(for i in 1 2 3 4 5 6; do printf 'SNK-2019-%04d ' $i; done)"
check 'none is missing' is "$("$program" register list missing --house house | wc -l)" 0
check 'nothing lies about' none issued
check 'verify knows the file' "$program" verify issued/TC-2020-0002/certificate.pdf --house house
cp issued/TC-2020-0002/certificate.pdf changed.pdf && printf x >>changed.pdf
"$program" verify changed.pdf --house house >/dev/null 2>&1
check 'verify refuses changed bytes' is $? 65
cp -r issued before
sed -i 's/株式会社サンプル精機/株式会社見本精機/' fresh/c0001.xml
batch fresh -o issued --issue -q >/dev/null 2>&1
run build fresh/c0001.xml -o issued -q >/dev/null 2>&1
check 'an issued paper is never overwritten' cmp before/TC-2020-0001/certificate.pdf issued/TC-2020-0001/certificate.pdf
rm issued/TC-2020-0003/certificate.pdf
batch fresh -o issued --issue -q >/dev/null 2>&1
check 'a lost one comes back byte for byte' cmp before/TC-2020-0003/certificate.pdf issued/TC-2020-0003/certificate.pdf
rm issued/TC-2020-0001/certificate.pdf
batch fresh -o issued --issue -q >/dev/null 2>&1
check 'one that would differ is refused' is $? 65
check 'and not put there' test ! -e issued/TC-2020-0001/certificate.pdf
check 'no number was given twice' is "$(numbers house | uniq -d | wc -l)" 0
"$program" register event returned SNK-2019-0002 --house house --today 2020-11-01
check 'a state is told' grep -q returned <("$program" verify issued/TC-2020-0002/certificate.pdf --house house)
batch fresh -o x --issue --draft -q >/dev/null 2>&1
check 'a draft never gets a number' is $? 64

# ------------------------------------------------------------- new versions
"$program" issue fresh/c0004.xml -o issued --house house --today 2020-11-02 --only "$only" \
    --replace SNK-2019-0004 --as corrected -q >/dev/null 2>&1
check 'a correction is issued' is $? 0
check 'beside what it corrects' cmp before/TC-2020-0004/certificate.pdf issued/TC-2020-0004/certificate.pdf
check 'with a number of its own' test -f issued/TC-2020-0004/certificate.v2.pdf
check 'on the paper and in the register it names the other' grep -q 'SNK-2019-0004に代わる第2版' \
    <(pdftotext issued/TC-2020-0004/certificate.v2.pdf -)
check 'the register does' is "$("$program" register show SNK-2020-0001 --house house | cut -f7,14 | sort -u)" \
    "$(printf '2\tSNK-2019-0004')"
check 'the old one is corrected' grep -q corrected <("$program" verify issued/TC-2020-0004/certificate.pdf --house house)
check 'the new one is issued' grep -q 'issued.*SNK-2020-0001' \
    <("$program" verify issued/TC-2020-0004/certificate.v2.pdf --house house)
"$program" issue fresh/c0004.xml -o issued --house house --today 2020-11-02 --only "$only" \
    --replace SNK-2019-0004 --as corrected -q >/dev/null 2>&1
check 'said twice it is done once' is "$(numbers house | grep -c SNK-2020)" 1
"$program" issue fresh/c0004.xml -o issued --house house --today 2020-11-02 --only "$only" \
    --replace SNK-1999-0001 --as reissued -q >/dev/null 2>&1
check 'what was never issued has no version' is $? 65
check 'no number is missing' is "$("$program" register list missing --house house | wc -l)" 0

# -------------------------------------------- registers, due lists, disposal
register() { "$program" register "$@" --house house; }
register event withdrawn SNK-2019-0006 --today 2020-12-01
register print -o printed --today 2021-01-01 -q >out9 2>err9
check 'the registers are printed from the register' is "$(sed 's,.*/,,' out9 | sort | tr '\n' ' ')" \
    'certificate-register.pdf document-retention-register.pdf guidance-register.pdf record-schedule.pdf '
pdftotext -layout printed/body-sample/certificate-register.pdf certificates
check 'every version is in it' is "$(grep -o 'SNK-20..-0...' certificates | sort -u | wc -l)" 7
check 'with what befell it' is "$(grep -o '訂正済\|取下げ\|返納' certificates | sort -u | wc -l)" 3
check 'issued papers are in the register of papers kept' grep -q SNK-2020-0001 \
    <(pdftotext -layout printed/body-sample/document-retention-register.pdf -)
check 'renewals' is "$(register due renewals --days 700 --today 2020-10-06 | cut -f2 | tr '\n' ' ')" \
    'SNK-2019-0001 SNK-2019-0003 SNK-2019-0005 SNK-2020-0001 '
check 'none before their time' is "$(register due renewals --today 2020-10-06 | wc -l)" 0
check 'surveillance, a year after the last' is \
    "$(register due surveillance --days 365 --today 2020-10-06 | cut -f1 | sort -u)" 2021-08-27
check 'retention that is over' is "$(register due retention --today 2022-09-02 | wc -l)" 0
check 'the day after' test "$(register due retention --today 2022-09-03 | wc -l)" -gt 10
register dispose SNK-2019-0005 --today 2022-09-02 2>/dev/null
check 'nothing is disposed of too early' is $? 65
register dispose SNK-2019-0005 --today 2022-09-03 >out9
check 'disposal names the files' is "$(cut -f9 out9 | sed 's,.*/,,' | sort | tr '\n' ' ')" \
    'certificate-annex.pdf certificate.pdf '
check 'once' is "$(register due retention --today 2022-09-03 | grep -c SNK-2019-0005)" 0
check 'all whose time is over' test "$(register dispose --to 2022-09-03 --today 2022-09-03 | wc -l)" -gt 10
check 'then none is left' is "$(register due retention --today 2022-09-03 | wc -l)" 0

# ------------------------------------------------- numbers that cases carry
rm -rf house && cp -r house.free house
cases 3 carried && cases 5 more new && rm more/c000[123].xml && cp more/* carried
run batch carried -o carried.out --issue -q >/dev/null 2>&1
check 'cases that carry numbers need no import' is $? 0
check 'the series goes on behind them' is "$(numbers house | tr '\n' ' ')" \
    'SNK-2019-0101 SNK-2019-0102 SNK-2019-0103 SNK-2019-0104 SNK-2019-0105 '
run batch carried -o carried.again --issue --lang en >/dev/null 2>err9
check 'a letter'"'"'s number in two cases is a warning' grep -qF '[number-shared]' err9
sed 's/TC-2020-0001/TC-2020-0099/' carried/c0001.xml >carried/z.xml
run batch carried -o carried.out --issue --lang en >/dev/null 2>err9
check 'a number that another has is 65' is $? 65
check 'and is said' grep -q 'SNK-2019-0101.*in use\|R094' err9

# ----------------------------------------------- numbers before the shards
rm -rf house && cp -r house.free house
run batch fresh -o whole --issue -q >/dev/null 2>&1
"$program" register export --house house | sed 's,whole/,,' >want.export
rm -rf house && cp -r house.free house
run number fresh -o numbered.ndjson -q >/dev/null 2>&1
check 'numbers are given first' is "$(grep -c certificate-1 numbered.ndjson)" 6
check 'once' run number fresh -o again.ndjson -q
check 'and again the same' cmp numbered.ndjson again.ndjson
mv house house.kept && cp -r house.free house
for i in 0 1 2; do batch numbered.ndjson -o parts --issue --shard $i/3 -q >/dev/null 2>&1; done
check 'shards need no register' test ! -e house/register.db
check 'nothing is in its place yet' test ! -e parts/TC-2020-0002/certificate.pdf
rm -rf house && mv house.kept house
run merge parts -q >/dev/null 2>&1
check 'merge records and ends with 0' is $? 0
check 'the same bytes as one process' same whole parts
check 'the same register' cmp want.export <("$program" register export --house house | sed 's,parts/,,')
run merge parts -q >/dev/null 2>&1
check 'merged twice' cmp want.export <("$program" register export --house house | sed 's,parts/,,')
check 'nothing lies about there' none parts
printf '{"path":"fresh/c0002.xml","id":"TC-2020-0002","numbers":{"certificate":"SNK-2031-0007"}}\n' >by-kind.ndjson
cp -r house.free house.kind
"$program" batch by-kind.ndjson -o kind --house house.kind --today 2020-10-06 --only certificate -q >/dev/null 2>&1
check 'a manifest gives numbers by document' grep -q SNK-2031-0007 <(pdftotext kind/TC-2020-0002/certificate.pdf -)
rm -rf house && cp -r house.free house

# ---------------------------------------------------------------- kill -9
"$here/kill_batch.py" "$program" "${2:-build}" "${ROUNDS:-6}" >log 2>&1
check "killed ${ROUNDS:-6} times" is $? 0
cases 6 fresh2 new
rm -rf house && cp -r house.free house
batch fresh2 -o want --issue -q >/dev/null 2>&1
numbers house >want.numbers

# ------------------------------------------------- two at once; signals; faults
rm -rf house && cp -r house.free house
batch fresh2 -o two --issue -q >/dev/null 2>&1 &
batch fresh2 -o two --issue -q >/dev/null 2>&1
wait
check 'two at once: same bytes' same want two
check 'two at once: same numbers' cmp want.numbers <(numbers house)
cases 40 many
for s in INT:130 TERM:143; do
    rm -rf sig
    "$program" batch many -o sig -q --house house --today 2020-10-06 --only "$only" >/dev/null 2>&1 &
    pid=$!
    sleep 0.4
    kill -s "${s%:*}" $pid
    wait $pid
    check "SIG${s%:*} is ${s#*:}" is $? "${s#*:}"
    check 'what was begun is whole' none sig
done
batch in -o full >/dev/full 2>/dev/null
check 'closed standard output is 74' is $? 74
printf 'no register' >house/register.db
batch fresh2 -o bad --issue -q >/dev/null 2>&1
check 'a damaged register is 65' is $? 65
check 'and nothing is made' test ! -e bad/TC-2020-0001/certificate.pdf
rm -rf house && cp -r house.free house
if command -v sqlite3 >/dev/null || python3 -c 'import sqlite3' 2>/dev/null; then
    batch fresh2 -o lock --issue -q >/dev/null 2>&1
    rm -rf lock
    python3 -c 'import sqlite3, time
c = sqlite3.connect("house/register.db", isolation_level=None)
c.execute("BEGIN EXCLUSIVE"); open("locked", "w").close(); time.sleep(9)' &
    pid=$!
    while [ ! -e locked ]; do sleep 0.05; done
    cases 1 fresh3 new
    sed -i 's/TC-2020-0001/TC-2021-0001/' fresh3/c0001.xml
    batch fresh3 -o lock --issue -q >/dev/null 2>&1
    check 'a locked register is 75' is $? 75
    kill $pid 2>/dev/null
    wait $pid 2>/dev/null
else
    echo 'SKIPPED locked register: no python3 with sqlite3'
fi
if [ "$(id -u)" != 0 ]; then
    mkdir ro && chmod 555 ro
    batch in -o ro -q >/dev/null 2>&1
    check 'a read-only folder is 73' is $? 73
    echo 'SKIPPED full disk: needs root'
elif mkdir small && mount -t tmpfs -o size=200k none small 2>/dev/null; then
    batch in -o small/out -q >/dev/null 2>&1
    check 'a full disk is 75' is $? 75
    check 'no half file stays' none small
    for f in $(find small -name '*.pdf'); do
        tail -c 6 "$f" | grep -q '%%EOF' || echo "$f" >>torn2
    done
    check 'no torn file on it' test ! -e torn2
    umount small
    mkdir ro && mount -t tmpfs -o ro none ro
    batch in -o ro/out -q >/dev/null 2>&1
    check 'a read-only file system is 73' is $? 73
    umount ro
else
    echo 'SKIPPED full disk: cannot mount a tmpfs'
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

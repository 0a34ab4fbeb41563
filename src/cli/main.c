/* main.c - the program: which command, and how it ends. */
#include "cli/cli.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

static const cli_command commands[] = {
    {"build", "oHFOtdfDBgrsPC", cli_build,
     "bunsho build CASE.xml… -o DIR [--house DIR] [--only ID,…]\n"
     "\n"
     "案件や依頼者文書データから、作る段階にある書類を全て作ります。\n"
     "規則に反する書類は作らず、理由を示します（他の書類は作ります）。\n"
     "  -o, --output DIR      出力先。DIR/案件番号/文書名[-番号].pdf\n"
     "      --house DIR       "
     "機関のフォルダ（無ければ入力のフォルダかその親）\n"
     "      --only ID,…       この文書だけ（bunsho list documents）\n"
     "      --draft           「案」と記し、拒否を警告にとどめる\n"
     "      --copy            「写し」と記す（文書名.copy.pdf）\n"
     "      --bind[=own|through]  一件の書類を一つの PDF（all.pdf）に綴じる\n"
     "                        （own: 書類ごとのページ番号、through: 通し番号）\n"
     "      --trace           PDF ごとに欄・根拠・値・頁の一覧（.trace.tsv）\n"
     "      --today YYYY-MM-DD  作成日（無ければ SOURCE_DATE_EPOCH、時計）\n"
     "      --format pdf|html   html: 同じ内容のウェブページ\n"
     "      --dump WHAT       途中の形: input・content・fo・lines・areas\n"
     "      --fonts FILE      fonts.xml の代わりに使うファイル\n"
     "      --root DIR        ここからも読んでよい（繰返し可）\n"
     "      --missing-glyph=warn  字形のない文字を警告にとどめる\n",
     "bunsho build CASE.xml… -o DIR [--house DIR] [--only ID,…]\n"
     "\n"
     "Makes every paper that is due from a case or a client's kit. A paper\n"
     "that a rule forbids is not made, and why is said; the others are.\n"
     "  -o, --output DIR      DIR/UNIT/DOCUMENT[-KEY].pdf\n"
     "      --house DIR       house folder (else the input's or its parent)\n"
     "      --only ID,…       these documents only (bunsho list documents)\n"
     "      --draft           marks drafts; refusals become warnings\n"
     "      --copy            marks copies (DOCUMENT.copy.pdf)\n"
     "      --bind[=own|through]  all papers of a case in one PDF (all.pdf);\n"
     "                        own: each with its page numbers, through: one\n"
     "      --trace           beside each PDF, its fields, their provisions,\n"
     "                        values and pages (.trace.tsv)\n"
     "      --today YYYY-MM-DD  (else SOURCE_DATE_EPOCH, else the clock)\n"
     "      --format pdf|html   html: a web page of the same content\n"
     "      --dump WHAT       input, content, fo, lines or areas\n"
     "      --fonts FILE      instead of the usual fonts.xml\n"
     "      --root DIR        may be read from, too (repeatable)\n"
     "      --missing-glyph=warn  a character without glyph only warns\n"},
    {"batch", "oHFOtDrgjnpReXKIGyM", cli_batch,
     "bunsho batch FOLDER|MANIFEST -o DIR [-j N] [--house DIR]\n"
     "\n"
     "全ての案件と依頼者文書データの、作る段階にある書類を作ります。前回から\n"
     "何も変わっていないものは作りません（DIR/.bunsho "
     "に記録）。一覧は1行に1つの\n"
     "JSON（path、id、numbers、today）です。表（.csv、1行に1件）、書庫（.zip）、\n"
     "案件を連ねた一つの XML（標準入力は -）も指定できます。\n"
     "  -o, --output DIR      出力先\n"
     "  -j, --jobs N          工程の数（1）\n"
     "      --house DIR       機関のフォルダ\n"
     "      --only ID,…       この文書だけ\n"
     "      --today YYYY-MM-DD  作成日\n"
     "      --issue           番号を付与し、発行を登録簿に記録する\n"
     "      --register FILE   登録簿（無ければ機関の register.db）\n"
     "      --explain         作る理由を示す\n"
     "      --deps FILE       make 用の依存関係を書く\n"
     "      --report FILE     この実行の報告（.pdf・.html、無ければ両方）\n"
     "      --seconds N --memory MIB  一書類の時間、工程の記憶の限度\n"
     "      --shard i/n|auto  id で分けた n 分の i だけを作る\n"
     "      --fail-fast       最初の失敗でやめる（ふつうは続ける）\n"
     "      --draft           「案」と記し、拒否を警告にとどめる\n",
     "bunsho batch FOLDER|MANIFEST -o DIR [-j N] [--house DIR]\n"
     "\n"
     "Makes the due papers of all cases and kits. What has not changed since\n"
     "the last run is not made (kept in DIR/.bunsho). A manifest has a JSON\n"
     "object a line: path, id, numbers, today. A table (.csv, a row a case),\n"
     "an archive (.zip) or one XML file of many cases (- for standard input)\n"
     "will do, too.\n"
     "  -o, --output DIR      where to\n"
     "  -j, --jobs N          worker processes (1)\n"
     "      --house DIR       house folder\n"
     "      --only ID,…       these documents only\n"
     "      --today YYYY-MM-DD  the day of the papers\n"
     "      --issue           gives numbers and records what is issued\n"
     "      --register FILE   register (else register.db of the house)\n"
     "      --explain         says why each paper is made\n"
     "      --deps FILE       writes dependencies for make\n"
     "      --report FILE     a report of the run (.pdf, .html; else both)\n"
     "      --seconds N --memory MIB  limits for a paper, for a worker\n"
     "      --shard i/n|auto  only the i-th of n parts, divided by id\n"
     "      --fail-fast       ends at the first failure (else goes on)\n"
     "      --draft           marks drafts; refusals become warnings\n"},
    {"issue", "oHFOtrgjRIubeGyM", cli_issue,
     "bunsho issue CASE.xml… -o DIR [--house DIR]\n"
     "\n"
     "番号を付与して書類を作り、SHA-256 とともに登録簿に記録します。番号の\n"
     "ある書類だけが発行され、他は build と同じく作られます。発行した書類は\n"
     "二度と作り直しません。\n"
     "  -o, --output DIR      出力先\n"
     "      --house DIR       機関のフォルダ\n"
     "      --register FILE   登録簿（無ければ機関の register.db）\n"
     "      --replace NUMBER --as corrected|reissued|replaced\n"
     "                        その番号の文書の訂正・再発行・改版（新しい番号）\n"
     "      --today YYYY-MM-DD  発行日\n",
     "bunsho issue CASE.xml… -o DIR [--house DIR]\n"
     "\n"
     "Gives numbers, makes the papers and records them with their SHA-256 in\n"
     "the register. Papers with a number are issued, others are made as by\n"
     "build. What was issued is never made anew in place.\n"
     "  -o, --output DIR      where to\n"
     "      --house DIR       house folder\n"
     "      --register FILE   register (else register.db of the house)\n"
     "      --replace NUMBER --as corrected|reissued|replaced\n"
     "                        a new version of it, with a number of its own\n"
     "      --today YYYY-MM-DD  the day of issue\n"},
    {"number", "oHFOtrgjR", cli_number,
     "bunsho number FOLDER|MANIFEST|CASE.xml… -o MANIFEST [--house DIR]\n"
     "\n"
     "分担して発行する前に、要る番号を一度に付与し、番号の入った一覧を書きます。\n"
     "次に batch --shard i/n --issue、最後に merge を実行します。\n",
     "bunsho number FOLDER|MANIFEST|CASE.xml… -o MANIFEST [--house DIR]\n"
     "\n"
     "Before issuing in shards: gives all numbers that are needed at once and\n"
     "writes a manifest that holds them. Then run batch --shard i/n --issue,\n"
     "and merge at the end.\n"},
    {"merge", "HFtrDgOjRG", cli_merge,
     "bunsho merge DIR [--house DIR]\n"
     "\n"
     "分担した結果（results-i-of-n.ndjson）を確かめて results.ndjson "
     "にまとめ、\n"
     "多くの案件にわたる書類を作ります。\n",
     "bunsho merge DIR [--house DIR]\n"
     "\n"
     "Checks the results of all shards (results-i-of-n.ndjson), puts them\n"
     "together as results.ndjson and makes the papers over many cases.\n"},
    {"register", "HtRazNoO", cli_register,
     "bunsho register list [issued|events|numbers|missing|retained]\n"
     "bunsho register show NUMBER\n"
     "bunsho register event KIND NUMBER [NOTE]\n"
     "bunsho register expire --to YYYY-MM-DD\n"
     "bunsho register due renewals|surveillance|retention [--days N]\n"
     "bunsho register dispose NUMBER… | --to YYYY-MM-DD\n"
     "bunsho register print -o DIR [--only ID,…]\n"
     "bunsho register export\n"
     "bunsho register import FILE\n"
     "\n"
     "登録簿を見、出来事（corrected・reissued・replaced・returned・withdrawn・"
     "\n"
     "lapsed・disposed）を加えます。書いたものは変わりません。\n"
     "  missing   付与して記録のない番号（欠番）\n"
     "  retained  保存期間が --to より前に終わるもの\n"
     "  expire    有効期間が --to までに終わる証明書\n"
     "  due       更新（90日）・適合確認（30日）・保存期間満了の予定\n"
     "  dispose   保存期間の終わった書類の廃棄を記録する\n"
     "  print     記録保存期間表・書類保存記録簿・交付記録簿・指導助言記録簿\n"
     "      --house DIR --register FILE --from DATE --to DATE --today DATE\n",
     "bunsho register list [issued|events|numbers|missing|retained]\n"
     "bunsho register show NUMBER\n"
     "bunsho register event KIND NUMBER [NOTE]\n"
     "bunsho register expire --to YYYY-MM-DD\n"
     "bunsho register due renewals|surveillance|retention [--days N]\n"
     "bunsho register dispose NUMBER… | --to YYYY-MM-DD\n"
     "bunsho register print -o DIR [--only ID,…]\n"
     "bunsho register export\n"
     "bunsho register import FILE\n"
     "\n"
     "Shows the register and adds events (corrected, reissued, replaced,\n"
     "returned, withdrawn, lapsed, disposed). Nothing in it ever changes.\n"
     "  missing   numbers given and never recorded\n"
     "  retained  papers whose retention ends before --to\n"
     "  expire    certificates that are valid until --to or less\n"
     "  due       renewals (90 days), surveillance (30), retention that is over\n"
     "  dispose   records that papers whose retention is over were destroyed\n"
     "  print     the registers that the notice asks for (D05, D06, D07, D09)\n"
     "      --house DIR --register FILE --from DATE --to DATE --today DATE\n"},
    {"verify", "HtR", cli_verify,
     "bunsho verify FILE… [--house DIR | --register FILE]\n"
     "\n"
     "このファイルが発行されたものか、今の状態は何かを示します。\n",
     "bunsho verify FILE… [--house DIR | --register FILE]\n"
     "\n"
     "Says whether these bytes were issued, and what their state is.\n"},
    {"check", "HFtr", cli_check,
     "bunsho check CASE.xml… [--house DIR]\n"
     "\n"
     "様式と規則を調べ、書類ごとに、作れるか、何が足りないかを示します。\n"
     "      --house DIR       "
     "機関のフォルダ（無ければ入力のフォルダかその親）\n"
     "      --today YYYY-MM-DD  作成日とみなす日\n",
     "bunsho check CASE.xml… [--house DIR]\n"
     "\n"
     "Checks grammar and rules; says of each paper whether it can be made and\n"
     "what it lacks.\n"
     "      --house DIR       house folder (else the input's or its parent)\n"
     "      --today YYYY-MM-DD  the day to take\n"},
    {"blank", "oHFOtEfdrgs", cli_blank,
     "bunsho blank -o DIR [--house DIR] [--only ID,…] [--edition ID]\n"
     "\n"
     "様式・チェックリスト・台帳・通知の、手で書き込む用紙を作ります。欄は\n"
     "書類の定義と同じで、書き込む余白があります（DIR/blank/文書名.pdf）。\n"
     "  -o, --output DIR      出力先\n"
     "      --house DIR       機関のフォルダ（無ければ、今のフォルダかその親に\n"
     "                        body.xml があればそこ、なければ機関名も空欄）\n"
     "      --only ID,…       この文書だけ\n"
     "      --edition ID      版（無ければ今日施行されている版）\n"
     "      --today YYYY-MM-DD  作成日とみなす日\n"
     "      --format pdf|html   html: 同じ内容のウェブページ\n",
     "bunsho blank -o DIR [--house DIR] [--only ID,…] [--edition ID]\n"
     "\n"
     "Makes forms, checklists, ledgers and letters to be filled in by hand,\n"
     "with the fields of their definitions and room to write\n"
     "(DIR/blank/DOCUMENT.pdf).\n"
     "  -o, --output DIR      where to\n"
     "      --house DIR       house folder (else this folder or its parent, if\n"
     "                        body.xml is there; else no body is named)\n"
     "      --only ID,…       these documents only\n"
     "      --edition ID      edition (else the one in force today)\n"
     "      --today YYYY-MM-DD  the day to take\n"
     "      --format pdf|html   html: a web page of the same content\n"},
    {"init", "t", cli_init,
     "bunsho init DIR\n"
     "\n"
     "機関のフォルダを説明付きで DIR に作ります。機関のデータ、審査業務\n"
     "従事者の記録、体裁の選択、機関の規則の例が入ります。既にあるファイル\n"
     "があれば、何も作りません。\n",
     "bunsho init DIR\n"
     "\n"
     "Lays out a house folder, explained inside: body, auditors, choice of\n"
     "styles, an example of the house's own rules. Nothing is made when one\n"
     "of its files exists.\n"},
    {"new", "tH", cli_new,
     "bunsho new case|kit FILE [--house DIR]\n"
     "\n"
     "案件（case）か依頼者文書データ（kit）のひな形を、説明付きで FILE に\n"
     "作ります。id はファイルの名前、機関はそのフォルダのものになります。\n"
     "既にあるファイルは変えません。\n",
     "bunsho new case|kit FILE [--house DIR]\n"
     "\n"
     "Writes the skeleton of a case or of a client's kit, explained inside;\n"
     "its id is the file's name, its body that of the house. A file that\n"
     "exists is left alone.\n"},
    {"import", "oHtikWr", cli_import,
     "bunsho import cases FILE.csv -o DIR\n"
     "bunsho import auditors FILE.csv -o auditors.xml\n"
     "bunsho import REGISTER FILE.csv --into KIT.xml -o OUT.xml\n"
     "\n"
     "表（CSV）から案件、審査業務従事者の記録、依頼者の記録簿を取り込みます。\n"
     "表は UTF-8 でも Shift_JIS（CP932）でもよく、日付は元号でも読みます。\n"
     "誤りは行・桁と見出しで全て示し、一つでもあれば何も書きません。\n"
     "  REGISTER              assets・access-holders・visitor・takeout など\n"
     "                        （templates/import の名前、記録簿の kind）\n"
     "  -o, --output PATH     出力先\n"
     "      --into KIT.xml    記録を加える依頼者文書データ\n"
     "      --map FILE        見出しの対応表（標準の対応表に重ねる）\n"
     "      --house DIR       機関のフォルダ\n"
     "      --overwrite       既にあるファイルを置き換え、そのことを示す\n",
     "bunsho import cases FILE.csv -o DIR\n"
     "bunsho import auditors FILE.csv -o auditors.xml\n"
     "bunsho import REGISTER FILE.csv --into KIT.xml -o OUT.xml\n"
     "\n"
     "Reads cases, auditors or registers of a client from a table (CSV in\n"
     "UTF-8 or Shift_JIS; dates in Japanese eras, too). All faults are named\n"
     "by line, column and head; with one of them nothing is written.\n"
     "  REGISTER              assets, access-holders, visitor, takeout, …\n"
     "                        (names in templates/import, kinds of log)\n"
     "  -o, --output PATH     where to\n"
     "      --into KIT.xml    the kit that gets the records\n"
     "      --map FILE        heads of the table (over the stock mapping)\n"
     "      --house DIR       house folder\n"
     "      --overwrite       replaces files that exist, and says so\n"},
    {"list", "HFtr", cli_list,
     "bunsho list documents|rules|editions|provisions [--house DIR]\n"
     "bunsho list fonts [TEXT] [--fonts FILE]\n"
     "\n"
     "一覧を出します（列はタブ区切り）。\n"
     "  documents   番号 名前 題名 書式 版 保存区分 根拠\n"
     "  rules       番号 区分（R 拒否・W 警告・I 情報） 版 止める書類 根拠 文\n"
     "  editions    基準の版 施行 廃止 本文の有無 題名\n"
     "  fonts       書体 PostScript名 ファイル JIS X 0213の字数\n"
     "              TEXT（UTF-8）があれば、その字数と、無い字\n"
     "  provisions  根拠 趣旨 種類（document・field・rule・none…） 番号 名前 "
     "欄 見出し\n",
     "bunsho list documents|rules|editions|provisions [--house DIR]\n"
     "bunsho list fonts [TEXT] [--fonts FILE]\n"
     "\n"
     "Prints a table, columns parted by tabs.\n"
     "  documents   no, id, title, layout, editions, retention, provision\n"
     "  rules       no, severity (R refuse, W warn, I information), editions,\n"
     "              documents blocked, provision, text\n"
     "  editions    id, in force, until, text, title\n"
     "  fonts       face, PostScript name, file, characters of JIS X 0213;\n"
     "              of TEXT (UTF-8), and which it lacks\n"
     "  provisions  provision, words, document|field|rule|none…, no, id, field,\n"
     "              label\n"},
    {"format", "oFdxlrgst", cli_format,
     "bunsho format IN.fo -o OUT.pdf\n"
     "bunsho format IN.xml --xsl FILE.xsl -o OUT.pdf\n"
     "bunsho format IN.fo --dump=fo|lines|areas [-o OUT.xml]\n"
     "bunsho format --list FILE        FILE の各行は「入力<TAB>出力」\n"
     "\n"
     "XSL-FO を組版して PDF にします。\n"
     "  -o, --output FILE     出力先（無ければ標準出力）\n"
     "      --xsl FILE        入力をこのスタイルシートで XSL-FO にする\n"
     "      --dump WHAT       PDF の代わりに fo・lines・areas を出す\n"
     "      --list FILE       多くのファイルを一つのプロセスで組む\n"
     "      --fonts FILE      fonts.xml の代わりに使うファイル\n"
     "      --root DIR        ここからも読んでよい（画像など。繰返し可）\n"
     "      --strict          XSL-FO の誤りを厳しく調べる\n"
     "      --missing-glyph=warn  字形のない文字を警告にとどめる\n",
     "bunsho format IN.fo -o OUT.pdf\n"
     "bunsho format IN.xml --xsl FILE.xsl -o OUT.pdf\n"
     "bunsho format IN.fo --dump=fo|lines|areas [-o OUT.xml]\n"
     "bunsho format --list FILE        lines of FILE: in<TAB>out\n"
     "\n"
     "Formats XSL-FO as PDF.\n"
     "  -o, --output FILE     where to (else standard output)\n"
     "      --xsl FILE        turn the input into XSL-FO by this stylesheet\n"
     "      --dump WHAT       fo, lines or areas instead of a PDF\n"
     "      --list FILE       many files in one process\n"
     "      --fonts FILE      instead of the usual fonts.xml\n"
     "      --root DIR        may be read from, too (pictures; repeatable)\n"
     "      --strict          validate XSL-FO strictly\n"
     "      --missing-glyph=warn  a character without glyph only warns\n"},
    {"compare", "oHFdfcwrgst", cli_compare,
     "bunsho compare OLD.xml NEW.xml -o OUT.pdf\n"
     "\n"
     "二つの法令標準XML、又は Markdown の規程（.md）二つを比べて、\n"
     "新旧対照表を作ります。\n"
     "  -o, --output FILE     出力先（無ければ標準出力）\n"
     "      --format pdf|html|law|amend|json\n"
     "                        law: 法令標準XMLの表　amend: 改め文（法令標準XML）\n"
     "                        json: 違いの一覧\n"
     "      --order new-first|old-first   どちらの欄を先にするか\n"
     "      --writing vertical            縦組で、上下二段に並べる\n"
     "      --dump WHAT       途中の形: content・fo・lines・areas\n"
     "      --house DIR       体裁を変える機関のフォルダ\n",
     "bunsho compare OLD.xml NEW.xml -o OUT.pdf\n"
     "\n"
     "Compares two texts in the e-Gov law XML form, or two rule books in\n"
     "Markdown (.md), as a comparison table.\n"
     "  -o, --output FILE     where to (else standard output)\n"
     "      --format pdf|html|law|amend|json\n"
     "                        law: a table in law XML; amend: amending\n"
     "                        sentences in law XML; json: the differences\n"
     "      --order new-first|old-first   which column comes first\n"
     "      --writing vertical            vertical lines, in two tiers\n"
     "      --dump WHAT       content, fo, lines or areas\n"
     "      --house DIR       house folder with a layout of its own\n"},
    {"revise", "HfaADFgortz", cli_revise,
     "bunsho revise --from VERSION --to VERSION CASE.xml…\n"
     "\n"
     "基準の改正が案件と依頼者文書データに及ぼすものを、改正対応表\n"
     "（criteria/FROM-TO.xml）により一覧にします。1行の列はタブ区切り:\n"
     "案件番号、種別（measure 措置・decide 決めること・document 書類・\n"
     "clause 文例の条・certificate 認証証明書・data 新しいデータ・paper\n"
     "作り直した書類・edition 別の版）、番号、状態、新しい番号、根拠、説明。\n"
     "文例（.md）も指定できます。\n"
     "      --from ID --to ID  版（bunsho list editions）\n"
     "      --format text|json|pdf|html   pdf、html: 改正影響一覧\n"
     "  -o, --output FILE     pdf と html の出力先\n"
     "      --apply DIR       新しい版のデータを DIR に書く。決めるべき箇所は\n"
     "                        <?bunsho-decide …?> で示す。このとき -o DIR は、\n"
     "                        改める書類だけを作り直して置くところ\n"
     "      --draft           作り直す書類に「案」と記し、拒否を警告にとどめる\n"
     "      --house DIR       "
     "機関のフォルダ（無ければ入力のフォルダかその親）\n"
     "      --today YYYY-MM-DD  作成日とみなす日\n",
     "bunsho revise --from EDITION --to EDITION CASE.xml…\n"
     "\n"
     "Lists what a revision of the criteria means for cases, kits and\n"
     "templates (.md), by the revision map criteria/FROM-TO.xml. Columns\n"
     "parted by tabs: unit, what (measure, decide, document, clause,\n"
     "certificate, data, paper, edition), id, state, new id, basis, note.\n"
     "      --from ID --to ID  editions (bunsho list editions)\n"
     "      --format text|json|pdf|html   pdf, html: the list on paper\n"
     "  -o, --output FILE     where to, for pdf and html\n"
     "      --apply DIR       write new data into DIR, every open decision\n"
     "                        marked by <?bunsho-decide …?>; -o DIR then gets\n"
     "                        the papers that change, made from it\n"
     "      --draft           mark those as drafts; refusals become warnings\n"
     "      --house DIR       house folder (else the input's or its parent)\n"
     "      --today YYYY-MM-DD  the day to take\n"},
};

enum { COMMANDS = sizeof commands / sizeof commands[0] };

static const char common_ja[] =
    "\nどの命令にも:\n"
    "      --share DIR       様式の一式のあるフォルダ\n"
    "      --lang ja|en      言葉\n"
    "      --message-format text|json   1行に1つの JSON にもできる\n"
    "      --timing          段階ごとの CPU 時間\n"
    "  -q, --quiet           エラーと警告だけを出す\n";
static const char common_en[] =
    "\nFor every command:\n"
    "      --share DIR       folder with stylesheets, schemas, fonts.xml\n"
    "      --lang ja|en      language\n"
    "      --message-format text|json   json: an object a line\n"
    "      --timing          CPU time by stage\n"
    "  -q, --quiet           errors and warnings only\n";

static const char status_ja[] =
    "\n終了状態: 0 成功  64 使い方  65 データを拒否  66 入力なし  70 "
    "内部エラー\n"
    "          73 作成できない  74 入出力  75 後でもう一度\n";
static const char status_en[] =
    "\nExit status: 0 ok  64 usage  65 data refused  66 no input  70 internal\n"
    "             73 cannot create  74 I/O  75 try again\n";

static bool
wants_english(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--lang=en") == 0 ||
            (strcmp(argv[i], "--lang") == 0 && i + 1 < argc &&
             strcmp(argv[i + 1], "en") == 0))
            return true;
    return false;
}

static void
help_command(const cli_command *c, bool en)
{
    fputs(en ? c->help_en : c->help_ja, stdout);
    fputs(en ? common_en : common_ja, stdout);
}

static void
help_all(bool en)
{
    fputs(en ? "bunsho - official paperwork from XML\n\n"
             : "bunsho（文書） - XML から公式の書類を作る\n\n",
          stdout);
    for (size_t i = 0; i < COMMANDS; i++) {
        const char *text = en ? commands[i].help_en : commands[i].help_ja;
        const char *blank = strstr(text, "\n\n");

        printf("  ");
        for (const char *p = text; *p && p != blank; p++) {
            putchar(*p);
            if (*p == '\n')
                printf("  ");
        }
        putchar('\n');
    }
    fputs(en ? "\nbunsho COMMAND --help says more.\n"
             : "\n詳しくは bunsho 命令 --help。\n",
          stdout);
    fputs(en ? common_en : common_ja, stdout);
    fputs(en ? status_en : status_ja, stdout);
}

/* Output that never arrived is an error, whatever was done. */
static int
close_stdout(int status)
{
    static const cli_options plain = {.lang = "ja"};
    bn_err err;

    if ((fflush(stdout) == 0 && !ferror(stdout)) ||
        status == bn_code_exit(BN_ESTDOUT)) /* told already */
        return status;
    bn_fail(&err, BN_ESTDOUT, BN_NOWHERE);
    cli_say_err(&plain, NULL, &err);
    return status ? status : bn_code_exit(BN_ESTDOUT);
}

static void
on_signal(int number)
{
    bn_out_abandon_all();
    signal(number, SIG_DFL);
    raise(number);
}

static void
on_no_memory(void)
{
    bn_out_abandon_all();
    bn_leave_no_memory();
}

static void
set_hooks(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = on_signal};

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct sigaction old;

        if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    }
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a write error: 74 */
    signal(SIGXFSZ, SIG_IGN); /* a file over its limit is one, too: 75 */
    bn_on_no_memory(on_no_memory);
    cli_catch_bus();
}

/* A closed standard stream must not become an output file of ours. Closed
 * standard output takes no data: writing to it fails, as it should. */
static void
hold_streams(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDONLY) < 0)
            _exit(74);
}

/* What one document gave back is there for the next: to return it to the
 * system and ask again costs a tenth of a short document. */
static void
keep_memory(void)
{
    enum { LARGE = 2 << 20, KEPT = 32 << 20 };

    mallopt(M_MMAP_THRESHOLD, LARGE);
    mallopt(M_TRIM_THRESHOLD, KEPT);
}

static int
run_command(const cli_command *c, int argc, char **argv)
{
    cli_options o = {0};
    const int status = cli_parse(c, argc, argv, &o);

    if (status < 0) {
        help_command(c, strcmp(o.lang, "en") == 0);
        return 0;
    }
    return status ? status : c->run(&o);
}

int
main(int argc, char **argv)
{
    const bool en = wants_english(argc, argv);
    const cli_options plain = {.lang = en ? "en" : "ja"};
    int status = -1;

    hold_streams();
    keep_memory();
    set_hooks();
    if (argc < 2)
        return cli_usage(&plain, "bunsho COMMAND");
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        help_all(en);
        status = 0;
    } else if (strcmp(argv[1], "--version") == 0) {
        cli_version();
        status = 0;
    }
    for (size_t i = 0; status < 0 && i < COMMANDS; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            status = run_command(&commands[i], argc - 1, argv + 1);
    if (status < 0)
        return cli_usage(&plain, argv[1]);
    return close_stdout(status);
}

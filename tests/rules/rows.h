/*
 * Rows of test_rules.c: what an edit of the complete case gives. W is the one
 * warning of that case. Beside each row that fires stands one a day, a name or
 * a word away that does not.
 */
#define CASE "certification-case"
#define CERT "//certificate[@contract]"
#define PLAN "//plan"
#define COMPLAINT(handlers) CASE " += <complaints><complaint id='Q1' kind='complaint' received='2020-03-01' reported-to-meti='2020-03-01' handlers='" handlers "'><person>申出　一</person><description>x</description></complaint></complaints>"

/* clang-format off */
static const struct row case_rows[] = {
    {W, {NULL}},
    /* R001: the agreement may be of the same day, not of the next */
    {"R001R " W, {"//contract[@id='K1']/@date := 2019-04-02"}},
    {W, {"//contract[@id='K1']/@date := 2019-03-31"}},
    {W, {"//contract[@id='K1']/@date := 2019-04-02", "//contract[@id='K2'] += <clause code='一の2の一'/>"}},
    {"R001R R004W " W, {"- //contract[@id='K1']"}},
    /* R003: before the first guidance; where there is a complaint. R004 */
    {"R003W " W, {"- //contract[@id='K0']"}},
    {"R003W " W, {"//contract[@id='K0']/@date := 2019-02-21"}},
    {W, {"//contract[@id='K0']/@date := 2019-02-20"}},
    {W, {"- //contract[@id='K0']", "//contract[@id='K1']/@date := 2019-02-20"}},
    {W, {"- //contract[@id='K0']", "- //guidance[@id='G1']"}},
    {"R001R R003W", {"- //guidance-log", "- //contract[@id='K0']", "- //contract[@id='K1']", "//contract[@id='K2'] += <clause code='一の3'/>", COMPLAINT("A-5")}},
    {"R001R", {"- //guidance-log", "- //contract[@id='K0']", "- //contract[@id='K1']", "//contract[@id='K2'] += <clause code='一の3'/>"}},
    {"R004W " W, {"- //clause[@code='一の3']"}},
    {W, {"- //clause[@code='一の3']", "//contract[@id='K2'] += <clause code='一の3'/>"}},
    /* R005 */
    {"R005R " W, {"//desired-scope := "}},
    {"R005R " W, {"//information[@id='I2']/name := "}},
    {W, {"//desired-scope := 図"}},
    /* R006 */
    {"R006R " W, {"//information[@id='I2']/@form := cloud"}},
    {W, {"//information[@id='I2']/@form := container"}},
    /* R007; an unknown measure is no reference either (R156) for the findings */
    {"R007R R009R R024R R048R R156R " W, {"//measure[@ref='I.3']/@ref := I.33"}},
    {"R007R " W, {"//criteria-edition//measure[@id='I.3'] @status := deleted"}},
    {W, {"//criteria-edition//measure[@id='I.3'] @status := in-force"}},
    /* R008: a form brings its section; R009: and its minimum measure */
    {"R008R R009R " W, {"//information[@id='I1']/@form := equipment"}},
    {"R024R R048R " W, {"//information[@id='I1']/@form := equipment", "//selected-measures += <measure ref='IV.h'/>"}},
    /* R009; I.1 is met by the application itself */
    {"R009R R024R R156R " W, {"- //measure[@ref='II.h']"}},
    {W, {"- //criteria-edition//measure[@id='I.1']"}},
    /* R127: what a revision left open, once a measure; another mark is none */
    {"R127R " W, {"//measure[@ref='I.3'] += <?bunsho-decide measure=\"I.3\" kind=\"unknown\" to=\"\" text=\"x\"?>",
                  "//finding[@measure='I.3'] += <?bunsho-decide measure=\"I.3\" kind=\"unknown\" to=\"\" text=\"x\"?>"}},
    {W, {"//measure[@ref='I.3'] += <?bunsho-decided measure=\"I.3\"?>"}},
    /* R011 */
    {"R011R R046R R062R R095R " W, {"- //scope"}},
    {"R011R R046R " W, {"- //covers"}},
    {"R011R R062R R095R " W, {"//scope/description := "}},
    {W, {"//scope/description := 課"}},
    /* R013, R014: with a refusal recorded, its letter must be possible */
    {"R013R " W, {"//application/@within-accreditation := no"}},
    {W, {"//application/@within-accreditation := no",
         CASE " += <engagement-refusal date='2019-03-05' ground='other'><reason>x</reason></engagement-refusal>"}},
    {"R014R " W, {"//client[@id]/@certifies-others := yes"}},
    {W, {"//client[@id]/@certifies-others := no"}},
    /* R113 */
    {"R113R " W, {"//auditor[@id='A-5']/education/@recorded := "}},
    {W, {"//auditor[@id='A-5']/education/@recorded := 2018-12-15"}},
    {"R113R " W, {"//auditor[@id='A-5']/@address-recorded := "}},
    {W, {"//auditor[@id='A-5']/@address-recorded := 2018-12-15"}},
    /* R015 */
    {"R015R " W, {"//client-interest/@ref := CL-1"}},
    {W, {"//client-interest/@ref := CL-11"}},
    /* R021: before the application; item 2 when the accreditation is limited */
    {"R021W " W, {"//disclosure/@published := 2019-03-02"}},
    {W, {"//disclosure/@published := 2019-03-01"}},
    {"R021W " W, {"//accreditation += <limitation>製造業</limitation>"}},
    {"R021W " W, {"- //disclosure/item[@code='5']"}},
    /* R022: accredited on the day of issue is in time */
    {"R022R " W, {"//accreditation/@date := 2019-09-06"}},
    {W, {"//accreditation/@date := 2019-09-05"}},
    {"R022R " W, {"//accreditation/@number := "}},
    /* R023 */
    {"R023R " W, {"//checksheet/@sent := 2019-03-31"}},
    {W, {"//checksheet/@sent := 2019-04-02"}},
    /* R025, R026 */
    {"R025R " W, {"//prior-audit/@kind := none"}},
    {W, {"//prior-audit/@kind := none", "//checksheet += <confirmation date='2019-04-22' by='A-1' method='dialogue'>済</confirmation>"}},
    {"R026W " W, {"//prior-audit/@date := 2019-04-20"}},
    {W, {"//prior-audit/@date := 2019-04-18"}},
    /* R027: notice on the day of the last session is in time; W on the order to the plan */
    {"R027R " W, {"//review[@id='R1']/notice/@date := 2019-04-24"}},
    {W, {"//review[@id='R1']/notice/@date := 2019-04-25"}},
    {"R027W " W, {"//review[@id='R1']/notice/@date := 2019-05-14"}},
    {W, {"//review[@id='R1']/notice/@date := 2019-05-13"}},
    {"R027R R027W " W, {"- //review[@id='R1']/notice"}},
    /* R028: the reviews last from 25 April to 5 July */
    {"R028R " W, {"//guidance[@id='G2'][@kind]/@kind := rules", "//guidance[@id='G2'][@kind]/@date := 2019-07-05"}},
    {W, {"//guidance[@id='G2'][@kind]/@kind := rules", "//guidance[@id='G2'][@kind]/@date := 2019-07-06"}},
    {W, {"//guidance[@id='G2'][@kind]/@kind := explain-document"}},
    {W, {"//guidance[@id='G2'][@kind]/@kind := rules", "//guidance[@id='G2']/person/@ref := A-6"}},
    /* R030 in first-review-only cases: below */
    /* R031, R032 */
    {"R031R " W, {"//man-days/@value := 0"}},
    {"R031R R041W " W, {PLAN "/@audit-days := 0"}},
    {W, {"//man-days/@value := 0.5"}},
    {"R032W " W, {"- //factor[@code='security-audit']"}},
    {W, {"- //factor[@code='security-audit']", "//man-days += <factor code='security-audit'>なし</factor>"}},
    {W, {"//factor[@code='security-audit'] := 未"}},
    /* R033, R156: a planned member that the register lacks */
    {"R033R " W, {PLAN " += <planned-member ref='A-7'/>"}},
    {"R034R " W, {PLAN " += <planned-member ref='A-4'/>", "//auditor[@id='A-4']/competence/@date := 2019-05-14"}},
    {W, {PLAN " += <planned-member ref='A-4'/>"}},
    /* R034: confirmed on the day of the plan is in time */
    {"R034R " W, {"//auditor[@id='A-2']/competence/@date := 2019-05-14"}},
    {W, {"//auditor[@id='A-2']/competence/@date := 2019-05-12"}},
    {"R034R " W, {"//auditor[@id='A-2']/competence/@result := lacking"}},
    /* R035: before the contract only; verifier and decider: warning */
    {"R035R R041W R064R " W, {"//review[@id='R3']/session/@members := A-1 A-5"}},
    {"R041W R064R " W, {"//review[@id='R3']/session/@members := A-1 A-5", "//guidance[@id='G1'][@kind]/@date := 2019-04-01"}},
    {"R035R " W, {"//audit-team += <member ref='A-5' role='expert'>助言　五郎</member>"}},
    {"R035W " W, {"//verification/@by := A-5"}},
    {"R035W " W, {"//decider/@ref := A-5"}},
    {W, {"//verification/@by := A-4"}},
    /* R036 */
    {"R036R " W, {"//legal-obligations/@answered := 2019-05-14"}},
    {W, {"//legal-obligations/@answered := 2019-05-13"}},
    {"R036R " W, {"- //legal-obligations/@answered"}},
    {W, {"- //legal-obligations/@answered", "//legal-obligations @expected := no"}},
    /* R037, R038, R039, R040 */
    {"R037R " W, {"- //plan/@agreed"}},
    {W, {"- //plan/@agreed", "//plan @agreed := 2019-05-15"}},
    {W, {"- //plan/@explained", "//plan @explained := 2019-05-15"}},
    {"R039W " W, {"- //plan/@explained"}},
    {"R038R " W, {"//plan/@agreed := 2019-05-28"}},
    {W, {"//plan/@agreed := 2019-05-27"}},
    {"R040R " W, {"//plan/@version := 2"}},
    {W, {"//plan/@version := 2", "//plan += <change reason='日程'>日程の変更</change>"}},
    {"R040R " W, {"//plan/@version := 2", "//plan += <change reason=' '>日程の変更</change>"}},
    /* R041 */
    {"R041W " W, {"- //planned-member[@ref='A-2']"}},
    {W, {"- //planned-member[@ref='A-2']", PLAN " += <planned-member ref='A-2'/>"}},
    /* R045 */
    {"R045R " W, {"//review[@id='R3']/@type := combined", "//omission/@valid-until := 2019-07-05"}},
    {"R045R " W, {"//review[@id='R3']/@type := combined", "//omission/@valid-until := 2019-07-05", "//review[@id='R3'] @combined-agreed := 2019-07-05"}},
    {W, {"//review[@id='R3']/@type := combined", "//omission/@valid-until := 2019-07-05", "//review[@id='R3'] @combined-agreed := 2019-07-04"}},
    /* R046 */
    {"R046R " W, {"//review[@id='R3']/session/place/@kind := other"}},
    {"R046R R156R " W, {"//review[@id='R3']/session/place/@site := S2"}},
    {W, {"//review[@id='R2']/session/place/@kind := other"}},
    /* R047 */
    {"R047R R064R " W, {"//review[@type='second' or @type='onsite']/session/@members := A-1"}},
    {"R064R " W, {"//review[@type='second' or @type='onsite']/session/@members := A-1",
         "//review[@id='R3'] += <single-auditor-measure date='2019-07-05' by='A-3'>録画</single-auditor-measure>"}},
    {W, {"//review[@type='second']/session/@members := A-2"}},
    /* R048, R063: a finding, and its evidence */
    {"R048R " W, {"- //finding[@measure='II.h']"}},
    {W, {"- //finding[@measure='V.h']"}}, /* omitted */
    {"R063R " W, {"- //finding[@measure='II.h']/evidence"}},
    {W, {"- //finding[@measure='II.h']/evidence", "//finding[@measure='II.h']/@result := omitted"}},
    /* R049, R051 */
    {"R049W " W, {"//finding[@measure='III.h']/evidence/@kind := interview"}},
    {"R049W " W, {"- //finding[@measure='I.5.h']/evidence[@kind='record']"}},
    {W, {"//finding[@measure='I.3']/evidence/@kind := document"}},
    {"R051W " W, {"//evidence/@operator := auditor"}},
    {"R051W " W, {"//finding[@measure='V.h']/evidence[@kind='operation'] @operator := auditor"}},
    {W, {"//finding[@measure='II.h']/evidence[@kind='record'] @operator := auditor"}},
    /* R050 */
    {"R050R " W, {"//finding/@law := L2"}},
    {"R050R " W, {"//legal-obligations += <law id='L9'>不正競争防止法</law>"}},
    {W, {"//legal-obligations += <law id='L9'>不正競争防止法</law>", "//findings += <finding measure='law' review='R3' result='conform' law='L9'><fact>x</fact><evidence kind='interview'>1名</evidence></finding>"}},
    {"R159W " W, {"//legal-obligations/law := 個人情報保護に関する法律"}},
    {W, {"//legal-obligations/law := 不正競争防止法"}},
    /* R052 */
    {"R052R " W, {"- //interviews"}},
    {"R052R " W, {"//interview/incidents := "}},
    {W, {"//interview/incidents := 無"}},
    {"R052W " W, {"- //interview/future"}},
    {"R052W " W, {"- //interview/future", "- //interview/practice"}},
    {"R052R " W, {"- //interview/future", "- //interview/practice", "- //interview/understanding"}},
    {"R052R " W, {"//interview @of := superior"}},
    /* R053 */
    {"R053R " W, {"//review[@id='R3']/notice/@date := 2019-07-04"}},
    {W, {"//review[@id='R3']/notice/@date := 2019-07-05"}},
    /* R054: the review of a correction */
    {"R054R R054W " W, {"//correction-review/@date := 2019-07-21"}},
    {"R054W " W, {"//correction-review/@date := 2019-07-26"}},
    {"R054W " W, {"//correction-review/@date := 2019-07-22"}},
    {W, {"//correction-review/@date := 2019-07-27"}},
    {"R054R " W, {"- //correction-review"}},
    /* R055, R056 */
    {"R055R " W, {CASE " += <legal-doubts><legal-doubt found='2020-01-10' suspended='2020-01-11'><law>x</law><description>x</description></legal-doubt></legal-doubts>"}},
    {W, {CASE " += <legal-doubts><legal-doubt found='2020-01-10' suspended='2020-01-11' instruction='2020-02-01' resumed='2020-02-02'><law>x</law><description>x</description></legal-doubt></legal-doubts>"}},
    {"R056R " W, {CASE " += <legal-doubts><legal-doubt found='2019-09-01' suspended='2019-09-05' instruction='2019-09-06' resumed='2019-09-06'><law>x</law><description>x</description></legal-doubt></legal-doubts>"}},
    {W, {CASE " += <legal-doubts><legal-doubt found='2019-09-01' suspended='2019-09-04' instruction='2019-09-05' resumed='2019-09-05'><law>x</law><description>x</description></legal-doubt></legal-doubts>"}},
    /* R057 */
    {"R017R R057W " W, {"- //clause[@code='三の1の五ロ']"}},
    {W, {"- //clause[@code='三の1の五ロ']", "- //attendance"}},
    /* R058: the certificate must last to the end of the second review */
    {"R058R " W, {"//omission/@valid-until := 2019-05-27"}},
    {"R058R " W, {"//omission/@reference := "}},
    {"R058R R093R " W, {"//omission/reason := "}},
    {W, {"- //omission/@valid-until"}},
    /* R061: after the last session and correction review */
    {"R061R " W, {"//report/@date := 2019-07-26"}},
    {W, {"//report/@date := 2019-07-27"}},
    /* R062, R066 */
    {"R062R R066R " W, {"//guidance[@id='G2']/summary := "}},
    {W, {"//guidance[@id='G2']/summary := 説明"}},
    /* R064 */
    {"R064R " W, {"//report/@authors := A-1 A-3", "//verification/@by := A-4"}},
    {"R064R " W, {"//report/@authors := A-2"}},
    {W, {"//report/@authors := A-2 A-1"}},
    {"R064R " W, {"- //audit-team/member[@ref='A-2']"}},
    /* R067 */
    {"R067W " W, {"//partner-evaluation := "}},
    {W, {"//partner-evaluation := 無"}},
    /* R070 */
    {"R070R " W, {"//verification/@by := A-2"}},
    {"R070R " W, {"//verification/@by := A-3 A-6"}},
    {"R156R " W, {"//verification/@by := A-33"}},
    /* R072, R080: who decides */
    {"R072R " W, {"//decider/@ref := A-2"}},
    {"R072R " W, {"//decider/@ref := A-44"}},
    {"R072R R080R " W, {"//decider/@ref := A-6"}},
    {W, {"//decider/@ref := A-3"}},
    /* R073, R075: more than half, not half */
    {"R073R " W, {"//body-profile/committee/committee-member[2]/@outside := no"}},
    {"R073R " W, {"- //body-profile/committee/committee-member[2]"}},
    {W, {"- //body-profile/committee/committee-member[3]"}},
    {"R073R " W, {"- //decider", "//decision[@result] += <committee-session date='2019-08-26'><committee-member outside='yes' nda='2019-08-26'>委員　一</committee-member><committee-member outside='no'>委員　三</committee-member></committee-session>"}},
    {W, {"- //decider", "//decision[@result] += <committee-session date='2019-08-26'><committee-member outside='yes' nda='2019-08-26'>委員　一</committee-member></committee-session>"}},
    {"R075W " W, {"- //decider", "//decision[@result] += <committee-session date='2019-08-26'><committee-member outside='yes' nda='2019-08-26' ref='A-1'>委員　一</committee-member></committee-session>"}},
    /* R077: a refusal gives its reason, and is told */
    {"R077R R084R " W, {"//decision/@result := refuse"}},
    {"R084R " W, {"//decision/@result := refuse", "//decision += <reason>不適合のため</reason>"}},
    {"R077W " W, {"- //decision/notice"}},
    /* R078: open, on a minimum measure: refused; on another: warned */
    {"R078R " W, {"//nonconformity/@status := open"}},
    {"R078W " W, {"//nonconformity/@status := open", "//criteria-edition//measure[@id='III.h']/@level := standard"}},
    {"R078R " W, {"//finding[@measure='II.h']/@result := nonconform"}},
    {"R078W " W, {"//finding[@measure='II.h']/@result := nonconform", "//criteria-edition//measure[@id='II.h']/@level := standard"}},
    {W, {"//nonconformity/@status := open", "//decision/@result := refuse", "//decision += <reason>不適合</reason>", "- //certificates"}},
    /* R079: as many years as the auditors will do */
    {"R079W " W, {"//auditor[@id='A-3']/experience @years := 8", "//auditor[@id='A-1']/experience @years := 9"}},
    {W, {"//auditor[@id='A-3']/experience @years := 9", "//auditor[@id='A-1']/experience @years := 9"}},
    {"R079W " W, {"//auditor[@id='A-4']/experience @years := 8", "//auditor[@id='A-2']/experience @years := 9"}},
    {W, {"//auditor[@id='A-4']/experience @years := 8", "//auditor[@id='A-6']/experience @years := 9"}},
    /* R084: decision, contract, issue in that order; the same day will do */
    {"R084R " W, {"//contract[@id='K3']/@date := 2019-09-06", "//documents/document[@disposed]/@disposed := 2022-09-07"}},
    {W, {"//contract[@id='K3']/@date := 2019-09-05", "//documents/document[@disposed]/@disposed := 2022-09-07"}},
    {"R084R R110R " W, {"//contract[@id='K3']/@date := 2019-08-25", "//documents/document[@disposed]/@disposed := 2022-08-25"}},
    {W, {"//contract[@id='K3']/@date := 2019-08-26"}},
    {"R084R " W, {"//decision/@date := 2019-09-03"}},
    {"R084R " W, {"- //contract[@id='K3']/@date"}},
    /* R098: from the contract on, or the refusal; a grant alone keeps nothing yet */
    {"R098I " W, {"//contract[@id='K3']/@date := 2019-09-03", "//documents/document[@disposed]/@disposed := 2022-09-04"}},
    {"R098I " W, {"- //contract[@id='K3']", "- //certificates", "//decision/@result := refuse", "//decision += <reason>不適合</reason>"}},
    {W, {"- //contract[@id='K3']", "- //certificates"}},
    /* R085: fourteen clauses */
    {"R085R " W, {"- //clause[@code='三の7の一ヌ']"}},
    {W, {"- //clause[@code='三の7の一ヌ']", "//contract[@id='K3'] += <clause code='三の7の一ヌ'/>"}},
    {"R085R R153W " W, {"//clause[@code='三の7の一ニ']/@code := 三の7の一二"}}, /* the kanji two */
    /* R087: three years; the anniversary itself is warned of */
    {"R087W " W, {CERT "/@valid-until := 2022-09-05"}},
    {"R087R " W, {CERT "/@valid-until := 2022-09-06"}},
    {"R087R " W, {CERT "/@valid-until := 2023-09-04"}},
    {"R087R " W, {CERT "/@valid-from := 2019-09-04"}},
    {W, {CERT "/@valid-from := 2019-09-06"}},
    {"R087R R100R " W, {CERT "/@valid-until := 2019-09-04"}},
    /* R089, R090 */
    {"R090R " W, {CERT "/@type := self-declaration"}},
    {W, {CERT "/@type := full"}},
    /* R092: guidance from the application on */
    {"R092R " W, {"- " CERT "/remark[@kind='guidance']"}},
    {"R092R " W, {CERT "/remark[@kind='guidance'] := "}},
    {"", {"- " CERT "/remark[@kind='guidance']", "//guidance[@id='G2'][@kind]/@date := 2019-02-28", "//guidance[@id='G2']/person/@ref := A-6", "//contract[@id='K1']/@date := 2019-02-01"}},
    {"R092R " W, {"- " CERT "/remark[@kind='guidance']", "//guidance[@id='G2'][@kind]/@date := 2019-03-01", "//guidance[@id='G2']/person/@ref := A-6", "//contract[@id='K1']/@date := 2019-02-01"}},
    /* R093 */
    {"R093R " W, {"- " CERT "/remark[@kind='omission']"}},
    {W, {"- " CERT "/remark[@kind='omission']", "- //omissions"}},
    /* R094, R155: numbers */
    {"R094R " W, {"//register/certificate/@case := TC-2"}},
    {W, {"//register/certificate/@case := TC-2", "//register/certificate/@number := T-2"}},
    {"R155R " W, {"//documents += <document kind='letter' number='L-1' date='2019-05-07'/>"}},
    {W, {"//documents += <document kind='report' number='L-1' date='2019-05-07'/>"}},
    /* R095 */
    {"R095R " W, {"//contract/party := 試験歯事株式会社"}},
    {"R095R " W, {"//documents/document/@to := 別の会社"}},
    {W, {"//contract/party := 試験歯車 株式会社"}},
    {"R012R R095R " W, {"//scope/@agreed := 2019-09-06"}},
    /* R099: twelve months from the issue or the last check, to today */
    {"R099W " W, {"//contract[@id='K3'] @surveillance-months := 12"}},
    {W, {"//contract[@id='K3'] @surveillance-months := 13", "//maintenance += <surveillance date='2019-09-06' trigger='cycle' result='conform'>x</surveillance>"}},
    {"R099W " W, {"//contract[@id='K3'] @surveillance-months := 13", "//maintenance += <surveillance date='2019-09-05' trigger='cycle' result='conform'>x</surveillance>"}},
    {"R099W " W, {"//contract[@id='K3'] @surveillance-months := 12", "//maintenance += <surveillance date='2020-09-05' trigger='cycle' result='planned'>x</surveillance>"}},
    /* R104: fourteen days are allowed */
    {"R104W " W, {"//change-report/@received := 2020-02-16"}},
    {W, {"//change-report/@received := 2020-02-15"}},
    /* R106, R107, R109 */
    {"R106W " W, {"//maintenance += <incident id='X1' occurred='2020-03-01' received='2020-03-02'>x</incident>"}},
    {W, {"//maintenance += <incident id='X1' occurred='2020-03-01' received='2020-03-02' reported-to-meti='2020-03-03'>x</incident>"}},
    {"R107R " W, {CASE " += <complaints><complaint id='Q1' kind='appeal' received='2020-03-01' accepted='no'><person>x</person><description>x</description></complaint></complaints>"}},
    {W, {CASE " += <complaints><complaint id='Q1' kind='appeal' received='2020-03-01' accepted='yes' reported-to-meti='2020-03-02'><person>x</person><description>x</description></complaint></complaints>"}},
    {"R109W " W, {CASE " += <complaints><complaint id='Q1' kind='appeal' received='2020-03-01' reported-to-meti='2020-03-02' completed='2020-04-01'><person>x</person><description>x</description></complaint></complaints>"}},
    /* R110: the last day of the three years is inside */
    {"R110R " W, {"//documents/document[@disposed]/@disposed := 2022-09-02"}},
    /* R115, R116 */
    {"R115R " W, {"//auditor[@id='A-2']/@related-entity-work := yes"}},
    {W, {"//auditor[@id='A-3']/@related-entity-work := yes"}},
    {"R116R " W, {"//audit-team += <member ref='A-6' role='expert' engaged-by='outsourced'>外部　六郎</member>"}},
    {W, {"//audit-team += <member ref='A-6' role='expert' engaged-by='outsourced'>外部　六郎</member>", "//contracts += <contract id='K9' type='outsourcing' date='2019-05-01'/>"}},
    /* R117, R118, R119: the body's own papers */
    {"R117W " W, {"//impartiality/@next := 2020-10-05"}},
    {W, {"//impartiality/@next := 2020-10-07"}},
    {"R118W " W, {"- //agenda[@code='ha']"}},
    {"R118W " W, {"- //agenda[@code='internal-audit']"}},
    {W, {"- //agenda[@code='internal-audit']", "//management-system/audit @reported-to-committee := 2020-06-01"}},
    {"R119W " W, {"- //management-system/review"}},
    {W, {"- //management-system/review", "//management-system += <review date='2020-10-06'>x</review>"}},
    /* R122, R123 */
    {"R122W " W, {"//client[@id]/@sme := yes"}},
    {W, {"//client[@id]/@sme := yes", "//documents += <document kind='mandatory-measures-sheet' date='2019-03-01'/>"}},
    {"R003W R121W R123W R157W", {"- //certification-case/*[not(self::edition-ref or self::body-ref or self::client or self::application or self::scope or self::guidance-log or self::decision)]",
         "//application/@date := 2024-08-16", "//decision/@date := 2024-08-17", "//guidance[@id='G2'][@kind]/@date := 2024-08-16", "- //guidance[@id='G1'][@kind]"}},
    /* R121 */
    {"", {"//guidance[@id='G2'][@kind]/@outsourced := yes"}},
    /* R124 */
    {"R124R " W, {"//criteria-edition/notice/@law-provision := 法第二条第二十四項第一号"}},
    {"R124R " W, {"//criteria-edition/notice/@number := 令和六年告示第一号"}},
    /* R152: eras in what was typed */
    {"R152R " W, {"//finding[@measure='II.h']/fact := 平成31年5月から"}},
    {W, {"//finding[@measure='II.h']/fact := 平成31年4月から"}},
    /* R153: ニ is no 二 (R085 misses it, too), 三の7の二 is a number */
    {"R153W " W, {"//contract[@id='K2'] += <clause code='三の7の一口'/>"}},
    {W, {"//contract[@id='K2'] += <clause code='三の7の一ロ'/>"}},
    {W, {"//contract[@id='K2'] += <clause code='三の7の二'/>"}},
    {W, {"//contract[@id='K2'] += <clause code='三の2の十二'/>"}},
    {"R154W " W, {"//client/contact/person := 試験　二様"}},
    {"R154W " W, {"//client/contact/person/@title := 総務課長殿"}},
    {W, {"//client/contact/person := 様子　二"}},
    /* R157: today is 2020-10-06 */
    {"R157W " W, {"//review[@id='R2']/notice/@date := 2020-10-07"}},
    {W, {"//review[@id='R2']/notice/@date := 2020-10-06"}},
    /* R156: references */
    {"R046R R156R " W, {"//covers/@ref := D2"}},
    {"R156R " W, {"//edition-ref/@ref := e2019"}},
    {"R156R " W, {"//body-ref/@ref := other"}},
    {"R156R " W, {"//omission/@measure := I.9", "//finding[@measure='law']/@measure := law"}},
    {"R156R " W, {"//guidance[@id='G1']/person/@ref := A-55"}},
    {"R156R " W, {"//interview/@by := A-11"}},
    {"R156R " W, {"//correction-review/@by := A-11"}},
    {W, {"//correction-review/@by := A-2"}},
    /* R160: two cases in one input */
    {"R001R R011R R160R " W, {"/input += <certification-case id='TC-1' mode='full'><edition-ref ref='e2018'/><body-ref ref='body-test'/><client id='CL-8'/></certification-case>"}},
    /* R002: the agreement has the words on giving information */
    {"R002R " W, {"- //contract[@id='K1']/clause[@code='一の2の三']"}},
    {W, {"//contract[@id='K1']/clause[@code='一の2の三'] := 主務省の要請"}},
    /* R012: the contract may be of the day of the scope */
    {"R012R " W, {"//scope/@agreed := 2019-04-02"}},
    {W, {"//scope/@agreed := 2019-04-01"}},
    /* R017, R018 */
    {"R017R " W, {"- //clause[@code='三の1の五イ']"}},
    {W, {"//clause[@code='三の1の五イ'] := 手配"}},
    {"R018R " W, {"- //clause[@code='三の2の十']"}},
    {W, {"//clause[@code='三の2の十'] := 合意の後"}},
    /* R019, R020 */
    {"R019R " W, {"//fees/@member-discount := yes"}},
    {W, {"//fees/@member-discount := no"}},
    {"R020R " W, {"//fees/@guidance-discount := yes"}},
    {W, {"//fees/@guidance-discount := no"}},
    /* R024: where there are answers, all and only what was selected */
    {"R024R " W, {"- //answer[@measure='I.2']"}},
    {"R024R " W, {"- //answer"}},
    {"R024R " W, {"//answer[@measure='I.2']/@measure := IV.h"}},
    {W, {"//answer[@measure='I.2']/@measure := I.2"}},
    {W, {"- //answer", "- //checksheet/@answered"}},
    /* R029 */
    {"R029R " W, {"//nonconformities += <nonconformity id='NC-9' measure='III.h' found-in='R3' status='closed' deadline='2019-07-20'><description>x</description><requirement>x</requirement><correction date='2019-07-19'><description>x</description></correction><correction-review date='2019-07-21' by='A-1' method='documents' result='closed'>x</correction-review></nonconformity>"}},
    {W, {"//nonconformities += <nonconformity id='NC-9' measure='III.h' found-in='R3' status='closed' deadline='2019-07-20' deadline-agreed='2019-07-05'><description>x</description><requirement>x</requirement><correction date='2019-07-19'><description>x</description></correction><correction-review date='2019-07-21' by='A-1' method='documents' result='closed'>x</correction-review></nonconformity>"}},
    /* R042: told after the review */
    {"R042R " W, {"//review[@id='R2']/notice/@date := 2019-05-27"}},
    {W, {"//review[@id='R2']/notice/@date := 2019-05-28"}},
    /* R043, R044 */
    {"R043W " W, {"//review[@id='R2'] += <guidance-letter date='2019-05-29'>x</guidance-letter>"}},
    {W, {"//review[@id='R2'] += <guidance-letter date='2019-05-30'>x</guidance-letter>"}},
    {"R044W " W, {"//review[@id='R2'] += <guidance-letter date='2019-05-30' acceptance-notified='2019-06-05'>x</guidance-letter>"}},
    {W, {"//review[@id='R2'] += <guidance-letter date='2019-05-30' acceptance-notified='2019-06-04'>x</guidance-letter>"}},
    /* R068: agreed, or told why not */
    {"R068R " W, {"//report/@agreement := disagreed"}},
    {W, {"//report/@agreement := disagreed", "//report += <disagreement>意見がある。</disagreement>"}},
    /* R071 */
    {"R071R " W, {"//verification/item := "}},
    {W, {"//verification/item := ", "//verification @simultaneous := yes"}},
    /* R074 */
    {"R074R " W, {"- //decider", "//decision[@result] += <committee-session date='2019-08-26'><committee-member outside='yes' nda='2019-08-27'>委員　一</committee-member></committee-session>"}},
    {W, {"- //decider", "//decision[@result] += <committee-session date='2019-08-27'><committee-member outside='yes' nda='2019-08-27'>委員　一</committee-member></committee-session>"}},
    /* R076 */
    {"R076R " W, {"//verification/@date := 2019-08-01"}},
    {W, {"//verification/@date := 2019-08-02"}},
    {"R076R " W, {"//verification/@date := 2019-08-27"}},
    {W, {"//verification/@date := 2019-08-26"}},
    /* R100: valid on its last day */
    {"R100R " W, {"//certificate[@contract]/@valid-until := 2020-10-05"}},
    {W, {"//certificate[@contract]/@valid-until := 2020-10-06"}},
    /* R101, R102 */
    {"R101R " W, {"//maintenance += <demand date='2020-03-01' kind='return' ground='lapsed'><reason></reason></demand>"}},
    {W, {"//maintenance += <demand date='2020-03-01' kind='return' ground='lapsed'><reason>x</reason></demand>"}},
    {"R102R " W, {"//maintenance += <demand date='2020-03-01' kind='return' complied='2020-03-09' sanction='公表'><reason>x</reason></demand>"}},
    {W, {"//maintenance += <demand date='2020-03-01' kind='return' sanction='公表'><reason>x</reason></demand>"}},
    /* R103: the consent may be of the same day */
    {"R103R " W, {"//maintenance += <inquiry received='2020-03-01' consent='2020-03-05' replied='2020-03-04'>x</inquiry>"}},
    {W, {"//maintenance += <inquiry received='2020-03-01' consent='2020-03-04' replied='2020-03-04'>x</inquiry>"}},
    /* R108 */
    {"R108R " W, {CASE " += <complaints><complaint id='Q1' kind='complaint' received='2019-10-01' handlers='A-3' reported-to-meti='2019-10-02' completed='2019-10-10' notified='2019-10-11'><person>申出　一</person><description>x</description></complaint></complaints>"}},
    {W, {CASE " += <complaints><complaint id='Q1' kind='complaint' received='2019-10-01' handlers='A-5' reported-to-meti='2019-10-02' completed='2019-10-10' notified='2019-10-11'><person>申出　一</person><description>x</description></complaint></complaints>"}},
    /* R019: a fee that the table of fees has */
    {"R019R " W, {"//contract[@id='K2'] @fee-yen := 300000", "//fees/fee/@from-yen := 300001"}},
    {W, {"//contract[@id='K2'] @fee-yen := 300000", "//fees/fee/@from-yen := 300000"}},
    {"R019R " W, {"//contract[@id='K2'] @fee-yen := 500001", "//fees/fee @to-yen := 500000"}},
    {W, {"//contract[@id='K2'] @fee-yen := 500000", "//fees/fee @to-yen := 500000"}},
    {"R019R " W, {"//fees @member-required := yes"}},
    /* R032: the factor is there and says nothing */
    {"R032W " W, {"//factor[@code='attributes'] := "}},
    {W, {"//factor[@code='attributes'] := なし"}},
    /* R041: as many days as the plan says, days of two sessions counted once */
    {"R041W " W, {PLAN "/@audit-days := 3"}},
    {W, {PLAN "/@audit-days := 1.5"}},
    {W, {"//review[@id='R3'] += <session start='2019-07-05T10:00' end='2019-07-05T12:00' members='A-1'><place kind='client' site='S1'>別棟</place></session>"}},
    {"R041W R053R " W, {"//review[@id='R3'] += <session start='2019-07-10T10:00' end='2019-07-10T12:00' members='A-1'><place kind='client' site='S1'>別棟</place></session>"}},
    /* R042: what did not conform must be in the notice */
    {"R042R R078R " W, {"//finding[@measure='I.3']/@review := R2", "//finding[@measure='I.3']/@result := nonconform"}},
    {"R078R " W, {"//finding[@measure='I.3']/@review := R2", "//finding[@measure='I.3']/@result := nonconform", "//review[@id='R2']/notice := 管理者の選任に係る文書が基準に適合していない。"}},
    {"R078R " W, {"//finding[@measure='I.3']/@review := R2", "//finding[@measure='I.3']/@result := nonconform", "//review[@id='R2'] += <document-check measure='I.3' result='nonconform'>任命書</document-check>"}},
    /* R044: a month before 31 March is the last of February, also of a leap year */
    {W, {"//review[@id='R2'] += <guidance-letter date='2019-05-30' acceptance-notified='2019-06-04'>x</guidance-letter>", "//review[@id='R3']/session/@start := 2019-07-04T23:59"}},
    /* R046: a site that the scope does not cover */
    {"R046R " W, {"//sites += <site id='S9'><name>第九工場</name><address>x</address></site>", "//review[@id='R3']/session/place/@site := S9"}},
    {W, {"//sites += <site id='S9'><name>第九工場</name><address>x</address></site>", "//review[@id='R3']/session/place/@site := S9", "//scope/@unit := whole"}},
    {W, {"//sites += <site id='S9'><name>第九工場</name><address>x</address></site>", "//review[@id='R3']/session/place/@site := S9", "//scope += <covers ref='S9'/>"}},
    /* R054: an open one must be reviewed before the report, too */
    {"R054R " W, {"//nonconformity/@status := open", "- //correction-review", "//decision/@result := refuse", "//decision += <reason>不適合</reason>", "- //certificates"}},
    {W, {"//nonconformity/@status := open", "//decision/@result := refuse", "//decision += <reason>不適合</reason>", "- //certificates"}},
    /* R055: an instruction, but nothing was suspended */
    {"R055R " W, {CASE " += <legal-doubts><legal-doubt found='2020-01-10' instruction='2020-02-01'><law>x</law><description>x</description></legal-doubt></legal-doubts>"}},
    {"R055R " W, {CASE " += <legal-doubts><legal-doubt found='2020-01-10' suspended='2020-02-02' instruction='2020-02-01'><law>x</law><description>x</description></legal-doubt></legal-doubts>"}},
    {W, {CASE " += <legal-doubts><legal-doubt found='2020-01-10' suspended='2020-02-01' instruction='2020-02-01' resumed='2020-02-01'><law>x</law><description>x</description></legal-doubt></legal-doubts>"}},
    /* R056: a letter of the days between; the report of the doubt itself may be */
    {"R056R " W, {CASE " += <legal-doubts><legal-doubt found='2020-01-10' suspended='2020-01-11' instruction='2020-02-01' resumed='2020-02-02'><law>x</law><description>x</description></legal-doubt></legal-doubts>", "//documents += <document kind='surveillance-notice' date='2020-02-01'/>"}},
    {W, {CASE " += <legal-doubts><legal-doubt found='2020-01-10' suspended='2020-01-11' instruction='2020-02-01' resumed='2020-02-02'><law>x</law><description>x</description></legal-doubt></legal-doubts>", "//documents += <document kind='surveillance-notice' date='2020-02-02'/>"}},
    {W, {CASE " += <legal-doubts><legal-doubt found='2020-01-10' suspended='2020-01-11' instruction='2020-02-01' resumed='2020-02-02'><law>x</law><description>x</description></legal-doubt></legal-doubts>", "//documents += <document kind='legal-doubt-agency-report' date='2020-01-12'/>"}},
    /* R074: the agreement stands in the roster */
    {W, {"- //decider", "//decision[@result] += <committee-session date='2019-08-26'><committee-member outside='yes' ref='C1'>委員　一</committee-member></committee-session>"}},
    {"R074R " W, {"- //decider", "//decision[@result] += <committee-session date='2019-08-26'><committee-member outside='yes' ref='C3'>委員　三</committee-member></committee-session>"}},
    /* R087: three years from 29 February end on the 28th */
    {"R022R R084R R087W R157W " W, {CERT "/@issued := 2020-11-29", CERT "/@valid-from := 2020-11-29", CERT "/@valid-until := 2023-11-29", "//accreditation/@date := 2020-11-30", "//contract[@id='K3']/@date := 2020-11-30", "//documents/document[@disposed]/@disposed := 2023-12-01"}},
    {"R087W " W, {CERT "/@issued := 2020-02-29", CERT "/@valid-from := 2020-02-29", CERT "/@valid-until := 2023-02-28"}},
    {"R087R " W, {CERT "/@issued := 2020-02-29", CERT "/@valid-from := 2020-02-29", CERT "/@valid-until := 2023-03-01"}},
    {W, {CERT "/@issued := 2020-02-29", CERT "/@valid-from := 2020-02-29", CERT "/@valid-until := 2023-02-27"}},
    /* R106: complaints are reported, too */
    {"R106W " W, {CASE " += <complaints><complaint id='Q1' kind='complaint' received='2020-03-01'><person>x</person><description>x</description></complaint></complaints>"}},
    {W, {CASE " += <complaints><complaint id='Q1' kind='complaint' received='2020-03-01' reported-to-meti='2020-03-01'><person>x</person><description>x</description></complaint></complaints>"}},
    /* R115: whoever is planned */
    {"R115R " W, {"//auditor[@id='A-3']/@related-entity-work := yes", PLAN " += <planned-member ref='A-3'/>"}},
    {W, {"//auditor[@id='A-3']/@related-entity-work := no", PLAN " += <planned-member ref='A-3'/>"}},
    /* R119: what was improved */
    {"R119W " W, {"- //management-system/improvement"}},
    {W, {"- //management-system/improvement", "//management-system += <improvement date='2020-04-21'>x</improvement>"}},
    /* R154: names of companies, many */
    {"R154W R095R " W, {"//client/name := 試験歯車株式会社御中"}},
    {"R154W " W, {"//client/contact/person := 関係者各位"}},
    /* R155: numbers of contracts and letters in the case */
    {"R155R " W, {"//contract[@id='K1' or @id='K0']/@type := nda", "//contract[@type='nda'] @number := 契-1"}},
    {W, {"//contract[@type='nda'] @number := 契-1", "//contract[@type='service'] @number := 契-1"}},
    {"R155R " W, {"//review[@type='first']/notice @number := 審-1", "//decision/notice @number := 審-1"}},
    {W, {"//review[@type='first']/notice @number := 審-1", "//decision/notice @number := 審-2"}},
    /* R156: places inside the case, persons of schedules and complaints */
    {"R156R " W, {"//finding[@measure='I.3']/@review := R9"}},
    {"R156R " W, {"//nonconformity/@found-in := R9"}},
    {"R156R " W, {"//review[@id='R2'] += <document-check measure='I.9' result='conform'>x</document-check>"}},
    {W, {"//review[@id='R2'] += <document-check measure='I.3' result='conform'>x</document-check>"}},
    {"R156R " W, {PLAN " += <schedule><slot start='2019-07-04T10:00' end='2019-07-04T12:00' site='S1' members='A-1 A-77'>x</slot></schedule>"}},
    {"R156R " W, {PLAN " += <schedule><slot start='2019-07-04T10:00' end='2019-07-04T12:00' site='S7' members='A-1'>x</slot></schedule>"}},
    {W, {PLAN " += <schedule><slot start='2019-07-04T10:00' end='2019-07-04T12:00' site='S1' members='A-1 A-2' measures='I.3'>x</slot></schedule>"}},
    {"R156R " W, {CASE " += <complaints><complaint id='Q1' kind='complaint' received='2020-03-01' handlers='A-77' reported-to-meti='2020-03-01'><person>x</person><description>x</description></complaint></complaints>"}},
    /* R157: papers dated ahead; what is planned may be */
    {"R157W " W, {"//documents += <document kind='report' date='2020-10-07'/>"}},
    {W, {"//documents += <document kind='report' date='2020-10-06'/>"}},
    {"R157W " W, {"//maintenance += <surveillance date='2020-10-07' trigger='cycle' result='conform'>x</surveillance>"}},
    {W, {"//maintenance += <surveillance date='2020-10-07' trigger='cycle' result='planned'>x</surveillance>"}},
    {"R157W " W, {"//contracts += <contract id='K8' type='guidance' date='2020-10-07'><clause code='一の2の三'/></contract>"}},
    /* R159: short names */
    {"R159W " W, {"//legal-obligations/law := 個人情報保護法"}},
    {W, {"//legal-obligations/law := 外国為替及び外国貿易法"}},
    {"R055R R159W " W, {CASE " += <legal-doubts><legal-doubt found='2020-01-10' suspended='2020-01-11'><law>個人情報保護法</law><description>x</description></legal-doubt></legal-doubts>"}},
    /* R120 */
    {"R120R " W, {"//guidance-log += <agency-request agency='ipa' date='2019-05-01'>x</agency-request>"}},
    {W, {"//guidance-log += <agency-request agency='ipa' date='2019-05-01'>x</agency-request>", "//body-profile += <agency-agreement agency='ipa' date='2019-05-01'>x</agency-agreement>"}},
    {"R120R " W, {"//guidance-log += <agency-request agency='ipa' date='2019-05-01'>x</agency-request>", "//body-profile += <agency-agreement agency='ipa' date='2019-05-02'>x</agency-agreement>"}},
};
/* clang-format on */

/* 第一次審査限定 (tests/rules/first.xml): no finding as it is. */
/* clang-format off */
static const struct row first_rows[] = {
    {"", {NULL}},
    {"R025R R069R", {"- //confirmation"}},
    {"", {"- //confirmation", "//prior-audit/@kind := internal-auditor"}},
    /* R024: all and only what was selected */
    {"R024R", {"- //answer[@measure='III.h']"}},
    {"", {"- //answer[@measure='III.h']", "//checksheet += <answer measure='III.h' result='conform'/>"}},
    /* R030: reviewed after the deadline; none at all: refused (R054 too) */
    {"R030W", {"//correction-review/@date := 2019-06-03"}},
    {"", {"//correction-review/@date := 2019-06-05"}},
    {"R030R R054R", {"- //correction-review"}},
    {"R086R", {"- //clause[@code='三の7の二']"}},
    {"", {"- //clause[@code='三の7の二']", "//contract[@id='K3'] += <clause code='三の7の二'/>"}},
    {"", {"//certification-case/@mode := first-review-only"}},
    {"R089R R090R", {CERT "/@type := full"}},
    /* R092: for a self-declaration all guidance counts */
    {"R092R", {"- " CERT "/remark"}},
    {"", {"- " CERT "/remark", "- //guidance-log"}},
    {"R105W R106W", {"//maintenance += <incident id='X1' occurred='2020-03-01' received='2020-03-02'>x</incident>"}},
    {"", {"//maintenance += <incident id='X1' occurred='2020-03-01' received='2020-03-02' reported-to-meti='2020-03-02'>x</incident>",
          "//maintenance += <demand date='2020-03-10' kind='further-review'><reason>x</reason></demand>"}},
    {"R027R", {"- //review/notice"}},
};

/* A kit (tests/rules/kit.xml). */
/* a proposal for the trial */
static const struct row trial_rows[] = {
    {"", {NULL}},
    /* R131 */
    {"R131R", {"- //attachment[@code='company-profile']"}},
    {"R131R", {"//attachment[@code='receipt-form']/@code := contract-query"}},
    {"", {"//attachment[@code='receipt-form']/@code := receipt-form"}},
    {"", {"//trial-project += <attachment code='contract-query'>x</attachment>"}},
    {"R131R", {"- //participant"}},
    /* R132: 700,000 yen a company, 40,000,000 in all */
    {"R132R", {"//participant/@yen := 700001"}},
    {"", {"//participant/@yen := 699999"}},
    /* R133: ordered from the day of the contract, paid to the last day */
    {"R133R", {"//cost/@ordered := 2018-05-31"}},
    {"", {"//cost/@ordered := 2018-06-02"}},
    {"R133R", {"//cost/@paid := 2018-09-29"}},
    {"", {"//cost/@paid := 2018-09-27"}},
    {"", {"//trial-project/@kind := B", "//cost/@ordered := 2018-05-31"}},
    {"R133R", {"//cost := 会議室の机の購入"}},
    {"R133R", {"//cost := 事業実施中の事故の処理"}},
    {"R133R", {"//cost := 建物の修繕"}},
    {"", {"//cost := 会議室の借料"}},
    {"", {"//cost := 研究施設の会場借料"}},
    {"", {"//trial-project/@kind := B", "//cost := 会議室の机の購入"}},
    /* R130: the report in time, the criteria read */
    {"R130W", {"//participant/@reported := 2018-10-16"}},
    {"", {"//participant/@reported := 2018-10-14"}},
    {"R130W", {"- //participant/@reported"}},
    {"", {"- //participant/@reported", "- //trial-project/@finished"}},
    {"R130W", {"//participant/@criteria-read := no"}},
    {"R130W", {"- //participant/@criteria-read"}},
    /* R134: 17 o'clock of 11 May 2018; to the end of September */
    {"", {"//trial-project/@received := 2018-05-11T17:00"}},
    {"R134W", {"//trial-project/@received := 2018-05-11T17:01"}},
    {"R134W", {"//trial-project/@received := 2018-05-12T09:00"}},
    {"", {"//trial-project/@received := 2018-05-10T23:59"}},
    {"", {"//trial-project/@finished := 2018-09-30"}},
    {"R134W", {"//trial-project/@finished := 2018-10-01"}},
    {"R133R R134W", {"//trial-project/@finished := 2018-05-31"}},
    /* R152 in a proposal */
    {"R152R", {"//attachment[@code='company-profile'] := 平成32年設立"}},
    {"", {"//attachment[@code='company-profile'] := 平成30年設立"}},
};

static const struct row kit_rows[] = {
    {"", {NULL}},
    /* R127 */
    {"R127R", {"//company += <?bunsho-decide measure=\"\" kind=\"added\" to=\"n1\" text=\"x\"?>"}},
    {"", {"//company += <?bunsho-revised from=\"e2018\"?>"}},
    {"R148R", {"//manager/person := "}},
    {"", {"//manager/person := 試験　四"}},
    {"R148R", {"- //manager/delegation/@notified"}},
    {"", {"- //manager/delegation"}},
    {"R136W", {"//holder/@revoked := 2019-06-01"}},
    {"", {"//holder/@revoked := 2019-05-30"}},
    {"R137W", {"- //holder/@pledge"}},
    {"", {"//holder/@pledge := 2019-04-02"}},
    {"R147W", {"//subcontractor/@assessed := 2019-02-16"}},
    {"", {"//subcontractor/@assessed := 2019-02-15"}},
    {"R141W", {"//combination/@changed := 2018-05-31"}},
    {"", {"//combination/@changed := 2018-06-01"}},
    /* R141: a dial whose number was never changed; one of those who share it left */
    {"R141W", {"- //combination"}},
    {"", {"- //combination", "//key/@kind := pin"}},
    {"R141W", {"//combination @shared := H1"}},
    {"", {"//combination @shared := H1", "//combination/@changed := 2019-05-31"}},
    {"R142W", {"- //loan/@back"}},
    {"", {"//loan/@back := 2019-05-20T09:11"}},
    {"R142W", {"- //field[@name='out']"}},
    {"R143W", {"//field[@name='pledge'] := 2019-05-22"}},
    {"", {"//field[@name='pledge'] := 2019-05-20"}},
    {"R143W", {"//field[@name='escort'] := "}},
    /* R135: name and title of who has access */
    {"R135R", {"//holder/person/@title := "}},
    {"R135R", {"- //holder/person/@title"}},
    {"", {"//holder/person/@title := 係長"}},
    {"R135R", {"//holder/person := "}},
    {"R135R", {"//holder/@scope := "}},
    {"", {"//holder/@scope := 図"}},
    /* R138: one who grants is audited; two need not be */
    {"R138R", {"- //access-policy/@audited-by"}},
    {"", {"- //access-policy/@audited-by", "//access-policy/@setters := 2"}},
    {"", {"//access-policy/@audited-by := 監査役"}},
    /* R139: a year to the day; not of those who have left */
    {"R139W", {"- //holder/@left", "- //holder/@revoked"}},
    {"", {"- //holder/@left", "- //holder/@revoked", "//holder += <training recorded='2018-06-01' date='2018-06-01'>x</training>"}},
    {"R139W", {"- //holder/@left", "- //holder/@revoked", "//holder += <training recorded='2018-06-01' date='2018-05-31'>x</training>"}},
    /* R140 */
    {"R140W", {"//topic[.='標的型メール'] := 電子メール"}},
    {"", {"//topic[.='標的型メール'] := 標的型の電子メール"}},
    {"R140W", {"//topic[.='違反と処分'] := 規程"}},
    {"", {"//topic[.='違反と処分'] := 処分"}},
    {"R140W", {"//topic[.='取扱手続'] := 取扱い"}},
    {"R140W", {"//topic[.='知る必要のある者に限る原則'] := 原則"}},
    {"", {"//topic[.='知る必要のある者に限る原則'] := Need to Know"}},
    {"R140W", {"//client-kit/@edition := t2018", "//criteria-edition/@id := t2018"}},
    {"", {"//client-kit/@edition := t2018", "//criteria-edition/@id := t2018", "//training-program[@audience='all'] += <topic>セルフチェックの方法</topic>"}},
    {"R142W", {"//log[@kind='takeout']/entry/field[@name='back'] := "}},
    {"", {"//log[@kind='takeout']/entry/field[@name='back'] := 2019-05-21T09:00"}},
    /* R144, R145 */
    {"R144W", {"//field[@name='received'] := "}},
    {"", {"//field[@name='received'] := 2019-05-28T14:21"}},
    {"R144W", {"- //field[@name='signed']"}},
    {"R145W", {"- //field[@name='approved']"}},
    {"", {"//field[@name='approved'] := 2019-05-19"}},
    {"R145W", {"//field[@name='method'] := ごみとして出す。"}},
    {"", {"//field[@name='method'] := 溶解"}},
    /* R146: six matters, or another measure that is said */
    {"R146R", {"- //clause[@code='4']"}},
    {"", {"- //clause[@code='4']", "//subcontractor += <clause code='alternative'>契約書の別条による。</clause>"}},
    {"R146R", {"- //clause[@code='4']", "//subcontractor += <clause code='alternative'/>"}},
    /* R149 */
    {"R149W", {"//asset/name := "}},
    {"", {"//asset/name := 図"}},
    {"R149W", {"//asset/@owner := "}},
    {"R149W", {"//asset/@users := "}},
    {"", {"//asset/@users := 全員"}},
    {"R149W", {"//asset/@personal := secret"}},
    {"", {"//asset/@personal := sensitive specific"}},
    {"R152R", {"//duty := 平成32年から"}},
    {"", {"//duty := 平成31年から"}},
};

/* The same case under the other editions: what is carried over to 2024 warns
 * (24?), what has gone is not run (24x), the trial has rules of its own. */
#define TO_2024 "//edition-ref/@ref := e2024", "//criteria-edition/@id := e2024", "//criteria-edition/notice/@law-provision := 法第二条第二十四項", "//criteria-edition/notice/@number := 令和六年告示第一号"
#define TO_TRIAL "//edition-ref/@ref := t2018", "//criteria-edition/@id := t2018"
static const struct row edition_rows[] = {
    {"R123W " W, {TO_2024}},
    {"R001W R123W " W, {TO_2024, "//contract[@id='K1']/@date := 2019-04-02"}},
    {"R123W " W, {TO_2024, "//checksheet/@sent := 2019-03-31"}}, /* R023: 24x */
    {"R006R R123W " W, {TO_2024, "//information[@id='I2']/@form := cloud"}}, /* 18 and 24 */
    {"R010R R123W " W, {TO_2024, "//criteria-edition//measure[@id='IV.h']/@level := mandatory"}},
    {"R059R R123W " W, {TO_2024, "//criteria-edition//measure[@id='I.2']/@level := mandatory"}},
    {"R123W " W, {TO_2024, "//criteria-edition//measure[@id='I.2']/@level := mandatory", "//finding[@measure='I.2'] += <evidence kind='document'>規程</evidence>"}},
    {"R123W R125R " W, {TO_2024, "//criteria-edition/notice/@verified := no"}},
    {"R126W R123W R007R " W, {TO_2024, "//criteria-edition//measure[@id='II.h'] @status := deleted"}},
    {"R123W " W, {TO_2024, "//criteria-edition//measure[@id='II.h'] @status := in-force"}},
    {"R124R R123W " W, {"//edition-ref/@ref := e2024", "//criteria-edition/@id := e2024"}},
    {"R001R", {TO_TRIAL, "//contract[@id='K1']/@date := 2019-04-25"}},
    {"", {TO_TRIAL, "//contract[@id='K1']/@date := 2019-04-24"}},
    {"R055R", {TO_TRIAL, CASE " += <legal-doubts><legal-doubt found='2020-01-10' suspended='2020-01-11' instruction='2020-02-01' resumed='2020-02-02'><law>x</law><description>x</description></legal-doubt></legal-doubts>"}},
    /* the trial: review of the report, its evidence, the agreement */
    {"R060W R082R", {TO_TRIAL, CASE "/@mode := trial"}},
    {"R060W", {TO_TRIAL, CASE "/@mode := trial", CASE " += <trial-review date='2019-08-10' kind='representative' judgment='part'><person>試験　九</person></trial-review>"}},
    {"R060W R081R", {TO_TRIAL, CASE "/@mode := trial", CASE " += <trial-review date='2019-08-10' kind='representative' judgment='all'><person>試験　九</person></trial-review>"}},
    {"R060W", {TO_TRIAL, CASE "/@mode := trial", CASE " += <trial-review date='2019-08-10' kind='committee' judgment='all'><person>試験　九</person></trial-review>"}},
    {"", {TO_TRIAL, CASE "/@mode := trial", CASE " += <trial-review date='2019-08-10' kind='committee' judgment='all'><person>試験　九</person></trial-review>", "//finding[@measure='I.2'] @recommended := yes", "//finding[@measure='I.2'] += <evidence kind='continuity'>x</evidence><evidence kind='test'>x</evidence>" }},
    {"R068R", {TO_TRIAL, CASE " += <trial-review date='2019-08-10' kind='committee' judgment='all'><person>試験　九</person></trial-review>", "//report/@explained := 2019-08-11"}},
    {"", {TO_TRIAL, CASE " += <trial-review date='2019-08-10' kind='committee' judgment='all'><person>試験　九</person></trial-review>", "//report/@explained := 2019-08-10"}},
    {"R052R", {TO_TRIAL, "- //interviews"}},
    {"", {TO_TRIAL, "- //interview/incidents", "- //interview/response"}},
    {"R052R", {TO_TRIAL, "//interviews += <interview date='2019-07-05' by='A-1' of='superior'><person>試験　一</person></interview>"}},
    {"", {TO_TRIAL, "//interviews += <interview date='2019-07-05' by='A-1' of='superior'><person>試験　一</person><response>対応した。</response></interview>"}},
    {"R063R R083R", {TO_TRIAL, "- //finding[@measure='III.h']/evidence"}},
    {"", {TO_TRIAL, "//finding[@measure='III.h']/evidence/@kind := test"}},
    {"R011R R046R R062R R130W", {TO_TRIAL, "- //scope"}},
    {"", {TO_TRIAL, "//scope/@agreed := 2019-03-21"}},
    {"R129R", {TO_TRIAL, "//contracts += <contract id='K7' type='trial' date='2019-04-01'><clause code='3(4)保存'>1年</clause></contract>"}},
    {"", {TO_TRIAL, "//contracts += <contract id='K7' type='trial' date='2019-04-01'><clause code='3(4)保存'>1年</clause><clause code='3(4)終了'>返還</clause></contract>"}},
    /* R128: half by the basic method will do */
    {"R128R", {TO_TRIAL, "//register/case @mode := trial", "//register/case @method := modified"}},
    {"", {TO_TRIAL, "//register/case @mode := trial", "//register/case @method := basic"}},
};

/* Papers: what they print, from the complete case. AT: place of the client. */
#define PRINTED "<p>交付 令和元年9月5日</p><p>試験歯車株式会社</p><p>例示県見本市一丁目1番1号</p><p>一般社団法人試験機構 例示県例示市1番 第TEST-1号</p><p>第一工場設計課</p>" \
    "<p>第一次審査 平成31年4月25日</p><p>第二次審査 R1.5.27〜R1.5.28</p><p>現地審査 令和元年７月４日から令和元年７月５日まで</p>" \
    "<p>決定 令和元年8月26日</p><p>有効期間 令和元年9月5日から令和4年9月4日まで</p><p>指導助言業務を実施した。第二次審査の一部を省略した。</p>"
#define DECLARED PRINTED "<p>自己適合宣言書</p><p>T-1</p><p>回答前の監査 ITコーディネーター等の技術的知見を有する者による監査</p>"
#define ANNEX "<tr><td>管理対象情報の識別と必要な措置の整理</td><td>適合</td></tr><tr><td>管理者の選任</td><td>適合</td></tr><tr><td>管理対象情報の管理等</td><td>適合</td></tr>" \
    "<tr><td>管理対象情報の適切な管理をするためのトレーニング</td><td>適合</td></tr><tr><td>管理対象情報の漏えいの事故等の発生時等の報告</td><td>適合</td></tr><tr><td>管理対象情報への人的アクセスの制限</td><td>適合</td></tr>" \
    "<tr><td>管理対象情報が書類等の紙情報や試作品等の物であって、金庫等の保管容器に保管することができるものである場合の物理的アクセスの制限等</td><td>適合</td></tr>"
static const struct paper_row {
    const char *want, *document, *content, *edits[EDITS];
} paper_rows[] = {
    {"", "certificate", PRINTED "<p>T-1</p>", {NULL}},
    {"R088R", "certificate", PRINTED "<p>T-2</p>", {NULL}},
    {"R088R", "certificate", PRINTED "<p>T-11</p>", {NULL}},
    {"R088R", "certificate", PRINTED "<p>T-1</p>", {CERT "/@valid-until := 2022-09-03"}},
    {"R088R", "certificate", PRINTED "<p>T-1</p>", {"//client/name := 試験歯事株式会社"}},
    {"R088R", "certificate", PRINTED "<p>T-1</p>", {"//accreditation/@number := 第TEST-2号"}},
    {"R088R", "certificate", PRINTED "<p>T-1</p>", {"//decision/@date := 2019-08-27"}},
    {"R096R", "certificate", PRINTED "<p>T-1</p>", {"//review[@id='R3']/session/@end := 2019-07-06T12:00"}},
    {"", "certificate", PRINTED "<p>T-1</p>", {"//review[@id='R3']/session/@end := 2019-07-05T18:00"}},
    {"R096R", "certificate", PRINTED "<p>T-1</p>", {"//review[@id='R1']/session/@start := 2019-04-24T10:00"}},
    {"", "audit-plan", "<p>何も印刷しない</p>", {NULL}},
    {"R089R", "certificate-self-declaration", "<p>宣言書</p>", {NULL}},
    {"", "certificate-self-declaration", DECLARED, {NULL}},
    {"R089R", "certificate-self-declaration", DECLARED, {"//review[@id='R1']/session/@end := 2019-04-26T16:00"}},
    {"R089R", "certificate-self-declaration", DECLARED, {"//prior-audit/@kind := internal-auditor"}},
    {"R089R", "certificate-self-declaration", DECLARED, {"//scope/description := 第二工場"}},
    {"R088R", "certificate", PRINTED "<p>T-1</p>", {"//scope/description := 第二工場"}},
    {"", "certificate", PRINTED "<p>認証の範囲は別紙のとおり</p><p>T-1</p>", {"//scope/description := 第二工場"}},
    {"", "certificate-annex", "<table>" ANNEX "<tr><td>管理対象情報が電子情報である場合のアクセスの制限等</td><td>不適合</td></tr></table>", {NULL}},
    {"R091R", "certificate-annex", "<table>" ANNEX "<tr><td>管理対象情報が電子情報である場合のアクセスの制限等</td><td/></tr></table>", {NULL}},
    {"R091R", "certificate-annex", "<table>" ANNEX "</table>", {NULL}},
    {"", "certificate-register", "<table><tr><td>T-1</td><td>試験歯車株式会社</td><td>例示県見本市一丁目1番1号</td><td>R1.9.5</td><td>第一工場設計課</td><td>3</td></tr></table>", {NULL}},
    {"R112R", "certificate-register", "<p>T-1 試験歯車株式会社 例示県見本市一丁目1番1号 R1.9.6 第一工場設計課</p>", {NULL}},
    {"R112R", "certificate-register", "<p>T-1 試験歯車株式会社 R1.9.5 第一工場設計課</p>", {NULL}},
    {"", "document-retention-register", "<table><tr><td>T-1</td></tr><tr><td>L-1</td></tr></table>", {NULL}},
    {"R111W", "document-retention-register", "<table><tr><td>T-1</td></tr><tr><td>L-11</td></tr></table>", {NULL}},
    {"", "guidance-register", "<table><tr><td>試験歯車株式会社</td><td>H31.2.20</td><td>情報の見極めの助言</td></tr><tr><td>令和元年5月28日</td><td>記録の要求事項の説明</td></tr></table>", {NULL}},
    {"R114R", "guidance-register", "<table><tr><td>試験歯車株式会社</td><td>H31.2.20</td><td>情報の見極めの助言</td></tr></table>", {NULL}},
    {"R112R", "certificate-register", "<p>T-11 R1.9.5</p>", {NULL}},
    {"R150W", "information-management-rules", "<h2 data-number='第1条'>目的</h2>", {NULL}},
    {"", "information-management-rules", "<h2 data-number='第1条'>x</h2><h2 data-number='第2条'>x</h2><h2 data-number='第3条'>x</h2><h2 data-number='第4条'>x</h2><h2 data-number='第5条'>x</h2><h2 data-number='第6条'>x</h2><h2 data-number='第7条'>x</h2><h2 data-number='第8条'>x</h2><h2 data-number='第9条'>x</h2><h2 data-number='第10条'>x</h2><h2 data-number='第11条'>x</h2><h2 data-number='第12条'>x</h2><h2 data-number='第13条'>x</h2><h2 data-number='第14条'>x</h2><h2 data-number='第15条'>x</h2><h2 data-number='第16条'>x</h2><h2 data-number='第17条'>x</h2><h2 data-number='第１８条'>x</h2>", {NULL}},
    {"R151R", "audit-plan", "<p><span class='missing' data-label='審査日'/></p>", {NULL}},
    {"", "audit-plan", "<p><span class='fill' data-label='審査日'/></p>", {NULL}},
    {"R152R", "audit-plan", "<p>平成31年5月1日</p>", {NULL}},
    {"", "audit-plan", "<p>令和元年5月1日</p>", {NULL}},
    {"R016W", "guidance-offer", "<p>支援をします。</p>", {NULL}},
    {"", "guidance-offer", "<p>支援を受けるよう強制することはいたしません。</p>", {NULL}},
    {"R020R", "guidance-offer", "<p>強制するものではありません。指導助言業務を利用すると認証の費用が安くなります。</p>", {NULL}},
    {"R020R", "public-disclosure", "<p>指導助言業務を利用した者には審査の費用を割引する。</p>", {NULL}},
    {"R020R", "public-disclosure", "<p>助言を受ければ認証が容易に取得できる。</p>", {NULL}},
    {"", "public-disclosure", "<p>指導助言業務の利用により認証業務の費用が安くなることはない。</p>", {NULL}},
    {"", "public-disclosure", "<p>複数の事業所の審査は費用を割引する。指導助言業務は別に定める。</p>", {NULL}},
    {"", "audit-plan", "<p>指導助言業務を利用すると費用が安くなる。</p>", {NULL}},
    {"", "guidance-offer", "<p>支援を受けることを強制するものではありません。</p>", {NULL}},
    {"R100R", "certificate-copy", "<p data-field='scope'>第一工場設計課</p><p data-field='certificate-number'>T-1</p><p data-field='validity'>令和元年9月5日</p>", {CERT "/@status := lapsed"}},
    {"R097R", "certificate-copy", "<p data-field='scope'>第一工場設計課</p>", {NULL}},
    {"", "certificate-copy", "<p data-field='scope'>第一工場設計課</p><p data-field='certificate-number'>T-1</p><p data-field='validity'>令和元年9月5日</p>", {NULL}},
    {"", "certificate-copy", "<p data-field='scope'>第一工場設計課</p>", {"//clause[@code='三の7の一カ'] := 表面のみ"}},
    /* the place of another case that was loaded in this process */
    {"R160R", "audit-plan", "<p data-at='OTHER'>他社</p>", {NULL}},
    {"", "audit-plan", "<p data-at='OWN'>自社</p>", {NULL}},
    {"", "certificate-register", "<p data-at='OTHER'>T-1 試験歯車株式会社 例示県見本市一丁目1番1号 R1.9.5 第一工場設計課</p>", {NULL}},
};
/* clang-format on */

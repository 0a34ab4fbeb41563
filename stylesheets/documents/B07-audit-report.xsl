<?xml version="1.0" encoding="UTF-8"?>
<!-- 審査報告書: the matters イ to ヘ of 第三の5の一 as sections, then 二 and 三. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="lib.xsl"/>

<xsl:variable name="selected" select="$case/application/selected-measures/measure"/>

<xsl:template match="/">
  <article class="report" lang="ja" data-numbering="koyobun-h/2">
    <header class="running"><p class="start">審査報告書　<xsl:value-of select="$case/report/@number"/></p><p class="end"><xsl:value-of select="$case/client/name"/></p></header>
    <footer class="running"><p class="start"><xsl:value-of select="$body/name"/></p></footer>
    <header class="cover">
      <xsl:if test="$case/report/@number"><p class="number"><xsl:call-template name="v"><xsl:with-param name="id" select="'number'"/></xsl:call-template></p></xsl:if>
      <p class="date"><xsl:call-template name="v"><xsl:with-param name="id" select="'date'"/></xsl:call-template></p>
      <h1>審査報告書</h1>
      <p class="subject"><xsl:value-of select="$case/client/name"/></p>
      <table class="plain"><tbody>
        <xsl:if test="$case/report/@number"><tr><th>報告書番号</th><td><xsl:call-template name="v"><xsl:with-param name="id" select="'number'"/></xsl:call-template></td></tr></xsl:if>
        <tr><th>作成年月日</th><td><xsl:call-template name="v"><xsl:with-param name="id" select="'date'"/></xsl:call-template></td></tr>
        <tr><th>認証の範囲</th><td><xsl:value-of select="$case/scope/description"/></td></tr>
        <tr><th>適用する基準</th><td>技術等情報漏えい防止措置基準（<xsl:value-of select="$edition/notice/@number"/>）</td></tr>
        <tr><th>作成者</th><td>
          <!-- all names stand in section 3 -->
          <xsl:variable name="others" select="string-length(normalize-space($case/report/@authors)) - string-length(translate(normalize-space($case/report/@authors), ' ', ''))"/>
          <xsl:choose>
            <xsl:when test="$others &gt; 3"><xsl:call-template name="auditor"><xsl:with-param name="ref" select="substring-before($case/report/@authors, ' ')"/></xsl:call-template>ほか<xsl:value-of select="$others"/>名</xsl:when>
            <xsl:otherwise><xsl:call-template name="auditors"><xsl:with-param name="refs" select="$case/report/@authors"/></xsl:call-template></xsl:otherwise>
          </xsl:choose>
        </td></tr>
      </tbody></table>
      <p class="issuer"><xsl:value-of select="$body/name"/></p>
    </header>
    <nav class="toc"/>
    <xsl:call-template name="client"/>
    <xsl:call-template name="scope"/>
    <xsl:call-template name="team"/>
    <xsl:call-template name="sessions"/>
    <xsl:call-template name="conformity"/>
    <xsl:call-template name="guidance"/>
    <xsl:call-template name="interviews"/>
    <h2>取引先等からの情報管理に係る評価等</h2>
    <p><xsl:choose><xsl:when test="$case/report/partner-evaluation"><xsl:call-template name="v"><xsl:with-param name="id" select="'partner-evaluation'"/></xsl:call-template></xsl:when><xsl:otherwise>考慮することのできる評価等の情報は得られなかった。</xsl:otherwise></xsl:choose></p>
    <h2>結論</h2>
    <p><xsl:call-template name="v"><xsl:with-param name="id" select="'conclusion'"/></xsl:call-template></p>
    <p>この審査は、開示された文書、記録、聞き取り及び目視により確認した事実に基づくものであり、技術等情報の漏えいが起こらないことを保証するものではない。</p>
    <xsl:call-template name="agreement"/>
    <p class="ijo">以　上</p>
  </article>
</xsl:template>

<xsl:template name="field-row">
  <xsl:param name="id"/>
  <xsl:for-each select="key('field', $id)[value]"><tr><th><xsl:value-of select="@label"/></th><td><xsl:apply-templates select="." mode="values"/></td></tr></xsl:for-each>
</xsl:template>

<xsl:template name="client">
  <h2>依頼者</h2>
  <table class="fields"><colgroup><col data-width="36mm"/><col data-width="1*"/></colgroup><tbody>
    <xsl:call-template name="field-row"><xsl:with-param name="id" select="'client-name'"/></xsl:call-template>
    <xsl:call-template name="field-row"><xsl:with-param name="id" select="'client-address'"/></xsl:call-template>
    <tr><th>代表者</th><td data-field="client-representative"><xsl:call-template name="person"><xsl:with-param name="person" select="$case/client/representative/person"/></xsl:call-template></td></tr>
    <xsl:call-template name="field-row"><xsl:with-param name="id" select="'client-number'"/></xsl:call-template>
    <xsl:for-each select="$case/client/profile">
      <tr data-at="{bn:at(.)}"><th>事業の内容</th><td>
        <xsl:call-template name="v"><xsl:with-param name="id" select="'client-profile'"/></xsl:call-template>
        <xsl:if test="@employees or @capital-yen">（<xsl:if test="@employees"><span class="keep">従業員<xsl:value-of select="bn:number(@employees)"/>名</span></xsl:if><xsl:if test="@employees and @capital-yen">、</xsl:if><xsl:if test="@capital-yen"><span class="keep">資本金<xsl:value-of select="bn:number(@capital-yen, 'man-oku')"/>円</span></xsl:if>）</xsl:if>
      </td></tr>
    </xsl:for-each>
    <xsl:call-template name="field-row"><xsl:with-param name="id" select="'receipt'"/></xsl:call-template>
  </tbody></table>
</xsl:template>

<xsl:template name="scope">
  <h2>認証の範囲</h2>
  <table class="fields"><colgroup><col data-width="36mm"/><col data-width="1*"/></colgroup><tbody>
    <xsl:call-template name="field-row"><xsl:with-param name="id" select="'scope'"/></xsl:call-template>
    <xsl:call-template name="field-row"><xsl:with-param name="id" select="'unit'"/></xsl:call-template>
    <xsl:call-template name="field-row"><xsl:with-param name="id" select="'edition'"/></xsl:call-template>
    <tr><th>技術等情報</th><td>
      <xsl:for-each select="$case/application/information">
        <p data-at="{bn:at(.)}"><xsl:value-of select="name"/>（<xsl:value-of select="bn:label('form', @form)"/><xsl:if test="quantity">、<xsl:value-of select="quantity"/></xsl:if>）</p>
      </xsl:for-each>
    </td></tr>
  </tbody></table>
</xsl:template>

<xsl:template name="team">
  <h2>審査に関わった審査業務従事者の氏名</h2>
  <table class="open"><colgroup><col data-width="40mm"/><col data-width="36mm"/><col data-width="1*"/></colgroup>
    <thead><tr><th>氏名</th><th>区分</th><th>関わった審査</th></tr></thead>
    <tbody>
      <xsl:for-each select="$case/audit-team/member">
        <xsl:variable name="ref" select="@ref"/>
        <xsl:variable name="did" select="$case/reviews/review[session[contains(concat(' ', @members, ' '), concat(' ', $ref, ' '))]]"/>
        <xsl:if test="$did">
          <tr data-at="{bn:at(.)}" data-field="auditors">
            <td><xsl:call-template name="auditor"><xsl:with-param name="ref" select="$ref"/></xsl:call-template></td>
            <td><xsl:value-of select="bn:label('role', @role)"/></td>
            <td><xsl:for-each select="$did"><xsl:if test="position() &gt; 1">、</xsl:if><xsl:value-of select="bn:label('review', @type)"/></xsl:for-each></td>
          </tr>
        </xsl:if>
      </xsl:for-each>
    </tbody></table>
</xsl:template>

<xsl:template name="sessions">
  <h2>審査を実施した日時及び場所</h2>
  <table class="open"><colgroup><col data-width="25mm"/><col data-width="1.5*"/><col data-width="1*"/><col data-width="24mm"/></colgroup>
    <thead><tr><th>審査</th><th>日時</th><th>場所</th><th>従事者</th></tr></thead>
    <tbody>
      <xsl:for-each select="$case/reviews/review/session">
        <tr data-at="{bn:at(.)}">
          <td><xsl:value-of select="bn:label('review', ../@type)"/></td>
          <td><span class="keep"><xsl:value-of select="bn:datetime(@start)"/></span>から<span class="keep"><xsl:value-of select="bn:datetime(@end)"/></span>まで</td>
          <td><xsl:value-of select="place"/><xsl:if test="place/@site">（<xsl:value-of select="$case/client/sites/site[@id = current()/place/@site]/address"/>）</xsl:if></td>
          <td><xsl:call-template name="auditor-lines"><xsl:with-param name="refs" select="@members"/></xsl:call-template></td>
        </tr>
      </xsl:for-each>
    </tbody></table>
  <xsl:for-each select="$case/reviews/review/single-auditor-measure">
    <p data-at="{bn:at(.)}">一人で行った審査について、手法の適切性を確認するため、次の措置を講じた。<xsl:value-of select="."/></p>
  </xsl:for-each>
  <xsl:if test="$case/reviews/review/attendance">
    <p>次の者が同席した。<xsl:for-each select="$case/reviews/review/attendance/person"><xsl:if test="position() &gt; 1">、</xsl:if><xsl:call-template name="person"><xsl:with-param name="person" select="."/></xsl:call-template></xsl:for-each></p>
  </xsl:if>
</xsl:template>

<!-- 5: counts, figure, findings, nonconformities, omissions -->
<xsl:template name="conformity">
  <xsl:variable name="ok" select="count($selected[@ref = $case/findings/finding[@result = 'conform']/@measure and not(@ref = $case/findings/finding[@result = 'nonconform']/@measure)])"/>
  <xsl:variable name="bad" select="count($selected[@ref = $case/findings/finding[@result = 'nonconform']/@measure])"/>
  <h2>適合状況及びその適合状況を判断するために用いた証拠</h2>
  <h3>概況</h3>
  <p>依頼者が実施することを決定した措置<span class="keep"><xsl:value-of select="count($selected)"/>項目</span>のうち、適合<span class="keep"><xsl:value-of select="$ok"/>項目</span>、不適合<span class="keep"><xsl:value-of select="$bad"/>項目</span>、非該当又は省略<span class="keep"><xsl:value-of select="count($selected) - $ok - $bad"/>項目</span>であった。<xsl:if test="$case/nonconformities/nonconformity[@status = 'closed']">現地審査において認めた不適合<span class="keep"><xsl:value-of select="count($case/nonconformities/nonconformity)"/>件</span>のうち、<span class="keep"><xsl:value-of select="count($case/nonconformities/nonconformity[@status = 'closed'])"/>件</span>は、期限の後に行った審査により是正を確認した。</xsl:if></p>
  <xsl:call-template name="figure"/>
  <h3>措置ごとの適合状況</h3>
  <table class="open">
    <colgroup><col data-width="19mm"/><col data-width="1.25*"/><col data-width="14mm"/><col data-width="1.45*"/><col data-width="1.35*"/></colgroup>
    <thead><tr><th>項番</th><th>措置</th><th>結果</th><th>確認した事実</th><th>証拠</th></tr></thead>
    <tbody>
      <xsl:for-each select="$case/findings/finding">
        <xsl:variable name="ref" select="@measure"/>
        <tr data-at="{bn:at(.)}">
          <td><xsl:call-template name="measure-label"><xsl:with-param name="ref" select="$ref"/></xsl:call-template></td>
          <td><xsl:choose>
            <xsl:when test="preceding-sibling::finding[1][@measure = $ref and string(@law) = string(current()/@law)]">同上</xsl:when>
            <xsl:otherwise><xsl:call-template name="measure-title"><xsl:with-param name="ref" select="$ref"/><xsl:with-param name="law" select="@law"/></xsl:call-template></xsl:otherwise>
          </xsl:choose></td>
          <td><p><xsl:value-of select="bn:label('result', @result)"/></p><xsl:if test="@result = 'conform' and $case/nonconformities/nonconformity[@measure = $ref and @status = 'closed']"><p>是正済</p></xsl:if></td>
          <td data-at="{bn:at(fact)}"><xsl:value-of select="fact"/></td>
          <td><xsl:for-each select="evidence"><p data-at="{bn:at(.)}"><xsl:value-of select="bn:label('evidence', @kind)"/>：<xsl:value-of select="@ref"/><xsl:choose><xsl:when test="@ref and string(.) != ''">（<xsl:value-of select="."/>）</xsl:when><xsl:otherwise><xsl:value-of select="."/></xsl:otherwise></xsl:choose></p></xsl:for-each></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
  <xsl:if test="$case/nonconformities/nonconformity">
    <h3>不適合及び是正の状況</h3>
    <table class="open">
      <colgroup><col data-width="14mm"/><col data-width="1.3*"/><col data-width="1.2*"/><col data-width="1.4*"/><col data-width="15mm"/></colgroup>
      <thead><tr><th>番号</th><th>不適合の内容</th><th>要求事項</th><th>是正及びその審査</th><th>状況</th></tr></thead>
      <tbody>
        <xsl:for-each select="$case/nonconformities/nonconformity">
          <tr data-at="{bn:at(.)}">
            <td><xsl:value-of select="@id"/></td>
            <td><p><xsl:call-template name="measure-label"><xsl:with-param name="ref" select="@measure"/></xsl:call-template></p><p data-at="{bn:at(description)}"><xsl:value-of select="description"/></p></td>
            <td data-at="{bn:at(requirement)}"><p><xsl:value-of select="requirement"/></p><xsl:if test="@deadline"><p>期限　<time><xsl:value-of select="bn:date(@deadline)"/></time></p></xsl:if></td>
            <td>
              <xsl:for-each select="correction"><p data-at="{bn:at(.)}"><time><xsl:value-of select="bn:date(@date)"/></time>　<xsl:value-of select="description"/></p></xsl:for-each>
              <xsl:for-each select="correction-review"><p data-at="{bn:at(.)}"><time><xsl:value-of select="bn:date(@date)"/></time>　<xsl:value-of select="."/>（<xsl:value-of select="bn:label('method', @method)"/>、<xsl:call-template name="auditor"><xsl:with-param name="ref" select="@by"/></xsl:call-template>）</p></xsl:for-each>
            </td>
            <td><xsl:value-of select="bn:label('status', @status)"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:if>
  <xsl:if test="$case/omissions/omission">
    <h3>審査事項の省略</h3>
    <table class="open">
      <colgroup><col data-width="1*"/><col data-width="20mm"/><col data-width="1*"/><col data-width="1.2*"/></colgroup>
      <thead><tr><th>審査事項</th><th>審査</th><th>根拠</th><th>省略の理由</th></tr></thead>
      <tbody>
        <xsl:for-each select="$case/omissions/omission">
          <tr data-at="{bn:at(.)}">
            <td><xsl:call-template name="measure"><xsl:with-param name="ref" select="@measure"/></xsl:call-template></td>
            <td><span class="keep"><xsl:value-of select="bn:label('review', @review)"/></span></td>
            <td><xsl:value-of select="@reference"/><xsl:if test="@valid-until">（<time><xsl:value-of select="bn:date(@valid-until)"/></time>まで有効）</xsl:if></td>
            <td data-at="{bn:at(reason)}"><xsl:value-of select="reason"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:if>
  <xsl:if test="$case/legal-obligations/law">
    <h3>情報の適切な管理を求める法令</h3>
    <p>依頼者に照会し、次の法令により情報の適切な管理を求められていることを確認した。<xsl:for-each select="$case/legal-obligations/law"><xsl:if test="position() &gt; 1">、</xsl:if><span data-at="{bn:at(.)}"><xsl:value-of select="."/></span></xsl:for-each>。その遵守の状況は、(2)の表のとおりである。</p>
  </xsl:if>
</xsl:template>

<!-- bars by section: filled = conform, hatched in the lighter blue = not; counts beside them -->
<xsl:template name="figure">
  <xsl:variable name="sections" select="$edition/section[.//measure/@id = $selected/@ref]"/>
  <xsl:variable name="most"><xsl:for-each select="$sections"><xsl:sort select="count($selected[@ref = current()//measure/@id])" data-type="number" order="descending"/><xsl:if test="position() = 1"><xsl:value-of select="count($selected[@ref = current()//measure/@id])"/></xsl:if></xsl:for-each></xsl:variable>
  <!-- 250 units for the longest bar -->
  <xsl:variable name="unit" select="250 div $most"/>
  <xsl:variable name="height" select="count($sections) * 18 + 6"/>
  <figure>
    <svg:svg width="441pt" height="{$height}pt" viewBox="0 0 441 {$height}">
      <svg:title>措置の適合状況（基準の区分ごと）：<xsl:for-each select="$sections"><xsl:value-of select="concat(@label, ' 適合', count($selected[@ref = current()//measure/@id][@ref = $case/findings/finding[@result = 'conform']/@measure][not(@ref = $case/findings/finding[@result = 'nonconform']/@measure)]), '／', count($selected[@ref = current()//measure/@id]), '　')"/></xsl:for-each></svg:title>
      <xsl:for-each select="$sections">
        <xsl:variable name="mine" select="$selected[@ref = current()//measure/@id]"/>
        <xsl:variable name="no" select="count($mine[@ref = $case/findings/finding[@result = 'nonconform']/@measure])"/>
        <xsl:variable name="yes" select="count($mine[@ref = $case/findings/finding[@result = 'conform']/@measure]) - count($mine[@ref = $case/findings/finding[@result = 'nonconform']/@measure][@ref = $case/findings/finding[@result = 'conform']/@measure])"/>
        <xsl:variable name="y" select="position() * 18 - 12"/>
        <svg:text x="0" y="{$y + 9}" font-size="8.5"><xsl:value-of select="@label"/><xsl:text>　</xsl:text><xsl:call-template name="short"/></svg:text>
        <xsl:if test="$yes &gt; 0"><svg:rect x="112" y="{$y}" width="{$yes * $unit}" height="12" fill="#2f5d8c"/></xsl:if>
        <xsl:if test="count($mine) &gt; $yes"><svg:rect x="{112 + $yes * $unit + 0.3}" y="{$y + 0.3}" width="{(count($mine) - $yes) * $unit - 0.6}" height="11.4" fill="#ffffff" stroke="#2f5d8c" stroke-width="0.6"/></xsl:if>
        <svg:text x="{112 + count($mine) * $unit + 6}" y="{$y + 9}" font-size="8.5"><xsl:value-of select="concat('適合', $yes)"/><xsl:if test="$no">＋不適合<xsl:value-of select="$no"/></xsl:if><xsl:if test="count($mine) &gt; $yes + $no">＋その他<xsl:value-of select="count($mine) - $yes - $no"/></xsl:if></svg:text>
      </xsl:for-each>
    </svg:svg>
    <figcaption>図　措置の適合状況（基準の区分ごとの項目数）</figcaption>
  </figure>
</xsl:template>

<!-- a word for a section whose title is a sentence -->
<xsl:template name="short">
  <xsl:choose>
    <xsl:when test="@id = 'II'">人的アクセスの制限</xsl:when>
    <xsl:when test="@id = 'III'">書類等・物</xsl:when>
    <xsl:when test="@id = 'IV'">製造装置等</xsl:when>
    <xsl:when test="@id = 'V'">電子情報</xsl:when>
    <xsl:otherwise><xsl:value-of select="substring(title, 1, 10)"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="guidance">
  <h2>指導助言業務の概要</h2>
  <xsl:choose>
    <xsl:when test="$case/guidance-log/guidance">
      <table class="open"><colgroup><col data-width="33mm"/><col data-width="1.2*"/><col data-width="2*"/><col data-width="24mm"/></colgroup>
        <thead><tr><th>実施年月日</th><th>区分</th><th>概要</th><th>実施者</th></tr></thead>
        <tbody>
          <xsl:for-each select="$case/guidance-log/guidance">
            <tr data-at="{bn:at(.)}">
              <td><time><xsl:value-of select="bn:date(@date)"/></time></td>
              <td><xsl:value-of select="bn:label('guidance', @kind)"/><xsl:if test="bn:before(@date, $case/contracts/contract[@type = 'service']/@date)">（認証業務契約の前）</xsl:if></td>
              <td data-at="{bn:at(summary)}"><xsl:value-of select="summary"/></td>
              <td data-at="{bn:at(person)}"><span class="keep"><xsl:value-of select="person"/></span></td>
            </tr>
          </xsl:for-each>
        </tbody></table>
    </xsl:when>
    <xsl:otherwise><p>指導助言業務は、実施していない。</p></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="interviews">
  <xsl:if test="$case/interviews/interview">
    <h2>情報管理の責任者からの聞き取り</h2>
    <xsl:for-each select="$case/interviews/interview">
      <table class="fields"><colgroup><col data-width="36mm"/><col data-width="1*"/></colgroup><tbody>
        <tr data-at="{bn:at(.)}"><th>聞き取り</th><td><time><xsl:value-of select="bn:date(@date)"/></time>　<xsl:call-template name="person"><xsl:with-param name="person" select="person"/></xsl:call-template>（聞き手　<xsl:call-template name="auditor"><xsl:with-param name="ref" select="@by"/></xsl:call-template>）</td></tr>
        <xsl:if test="incidents"><tr><th>事故の状況</th><td data-at="{bn:at(incidents)}"><xsl:value-of select="incidents"/></td></tr></xsl:if>
        <xsl:if test="response"><tr><th>事故への対応</th><td data-at="{bn:at(response)}"><xsl:value-of select="response"/></td></tr></xsl:if>
        <xsl:if test="understanding"><tr><th>理解度</th><td data-at="{bn:at(understanding)}"><xsl:value-of select="understanding"/></td></tr></xsl:if>
        <xsl:if test="practice"><tr><th>実践状況</th><td data-at="{bn:at(practice)}"><xsl:value-of select="practice"/></td></tr></xsl:if>
        <xsl:if test="future"><tr><th>将来の計画</th><td data-at="{bn:at(future)}"><xsl:value-of select="future"/></td></tr></xsl:if>
      </tbody></table>
    </xsl:for-each>
  </xsl:if>
</xsl:template>

<xsl:template name="agreement">
  <h2>依頼者への説明及び合意</h2>
  <table class="fields"><colgroup><col data-width="36mm"/><col data-width="1*"/></colgroup><tbody>
    <xsl:call-template name="field-row"><xsl:with-param name="id" select="'explained'"/></xsl:call-template>
    <tr><th>依頼者の合意</th><td><xsl:call-template name="v"><xsl:with-param name="id" select="'agreement'"/></xsl:call-template><xsl:if test="$case/report/@agreed">（<time data-at="{bn:at($case/report/@agreed)}"><xsl:value-of select="bn:date($case/report/@agreed)"/></time>）</xsl:if></td></tr>
    <xsl:call-template name="field-row"><xsl:with-param name="id" select="'disagreement'"/></xsl:call-template>
  </tbody></table>
</xsl:template>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- 審査計画書: fields, man-day factors, timetable, measures, omissions, agreement. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="lib.xsl"/>

<xsl:variable name="plan" select="$case/plans/plan[@version = '1']"/>
<xsl:variable name="all-measures"><xsl:for-each select="$case/application/selected-measures/measure"><xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if><xsl:value-of select="@ref"/></xsl:for-each></xsl:variable>

<xsl:template match="/">
  <article class="form" lang="ja" data-numbering="koyobun-h/2">
    <footer class="running"><p class="start"><xsl:value-of select="concat($case/@id, '　', $case/client/name)"/></p></footer>
    <h1>審査計画書</h1>
    <div class="meta">
      <p class="start"><xsl:if test="$plan/@number">計画書番号　<xsl:call-template name="v"><xsl:with-param name="id" select="'number'"/></xsl:call-template></xsl:if>（第<xsl:call-template name="v"><xsl:with-param name="id" select="'version'"/></xsl:call-template>版）</p>
      <p class="end"><xsl:call-template name="v"><xsl:with-param name="id" select="'date'"/></xsl:call-template></p>
    </div>
    <table class="fields"><colgroup><col data-width="36mm"/><col data-width="1*"/></colgroup><tbody>
      <tr><th>依頼者</th><td><p><xsl:call-template name="v"><xsl:with-param name="id" select="'client-name'"/></xsl:call-template></p><p><xsl:call-template name="v"><xsl:with-param name="id" select="'client-address'"/></xsl:call-template></p></td></tr>
      <tr><th>認証の範囲</th><td><xsl:call-template name="v"><xsl:with-param name="id" select="'scope'"/></xsl:call-template>（<xsl:value-of select="bn:label('unit', $case/scope/@unit)"/>）</td></tr>
      <tr><th>適用する基準</th><td><xsl:if test="$edition/notice/@number">技術等情報漏えい防止措置基準（</xsl:if><xsl:call-template name="v"><xsl:with-param name="id" select="'edition'"/></xsl:call-template><xsl:if test="$edition/notice/@number">）</xsl:if></td></tr>
      <tr><th>審査工数</th><td><span class="keep"><xsl:call-template name="v"><xsl:with-param name="id" select="'man-days'"/></xsl:call-template>人日</span>（勘案した事項は1のとおり）</td></tr>
      <tr><th>審査日数</th><td><span class="keep">現地審査　<xsl:call-template name="v"><xsl:with-param name="id" select="'audit-days'"/></xsl:call-template>日</span></td></tr>
      <tr><th>審査業務従事者</th><td>
        <table class="inner"><colgroup><col data-width="31mm"/><col data-width="1*"/><col data-width="1.5*"/></colgroup>
          <thead><tr><th>区分</th><th>氏名</th><th>所属</th></tr></thead>
          <tbody>
            <xsl:for-each select="$plan/planned-member">
              <xsl:variable name="m" select="key('member', @ref)"/>
              <tr data-at="{bn:at(.)}">
                <td><xsl:choose><xsl:when test="$m/@role"><xsl:value-of select="bn:label('role', $m/@role)"/></xsl:when><xsl:otherwise>審査業務従事者</xsl:otherwise></xsl:choose></td>
                <td><xsl:call-template name="auditor"><xsl:with-param name="ref" select="@ref"/></xsl:call-template></td>
                <td><xsl:choose><xsl:when test="$m/@engaged-by = 'outsourced' or $m/@engaged-by = 'controlled-corporation'"><xsl:value-of select="bn:label('engaged-by', $m/@engaged-by)"/></xsl:when><xsl:otherwise><xsl:value-of select="$body/name"/></xsl:otherwise></xsl:choose></td>
              </tr>
            </xsl:for-each>
          </tbody></table>
      </td></tr>
      <xsl:if test="key('field', 'third-party')/value"><tr><th>第三者の同席</th><td><xsl:call-template name="v"><xsl:with-param name="id" select="'third-party'"/></xsl:call-template></td></tr></xsl:if>
    </tbody></table>

    <h2>審査工数の算定</h2>
    <table class="open"><colgroup><col data-width="46mm"/><col data-width="1*"/><col data-width="18.5mm"/></colgroup>
      <thead><tr><th>勘案した事項</th><th>状況</th><th class="num">増減</th></tr></thead>
      <tbody>
        <xsl:for-each select="key('group', 'factors')/row">
          <tr data-at="{@at}">
            <td><xsl:apply-templates select="field[@id = 'factor-code']" mode="values"/></td>
            <td><xsl:apply-templates select="field[@id = 'factor-text']" mode="values"/></td>
            <td class="num"><xsl:choose><xsl:when test="field[@id = 'factor-effect']/value"><xsl:if test="not(starts-with(field[@id = 'factor-effect']/value, '-'))">＋</xsl:if><xsl:apply-templates select="field[@id = 'factor-effect']" mode="values"/></xsl:when><xsl:otherwise>―</xsl:otherwise></xsl:choose></td>
          </tr>
        </xsl:for-each>
        <tr><td>審査工数</td><td>以上を勘案し、機関の定める算定の方法により決定した。</td><td class="num"><span class="keep"><xsl:call-template name="v"><xsl:with-param name="id" select="'man-days'"/></xsl:call-template>人日</span></td></tr>
      </tbody></table>

    <xsl:if test="$plan/schedule/slot">
      <h2>審査の日程</h2>
      <table class="open"><colgroup><col data-width="44mm"/><col data-width="18mm"/><col data-width="1*"/><col data-width="23mm"/><col data-width="22mm"/></colgroup>
        <thead><tr><th>日時</th><th>場所</th><th>審査事項</th><th>担当</th><th>対応者</th></tr></thead>
        <tbody>
          <xsl:for-each select="$plan/schedule/slot">
            <xsl:variable name="site" select="@site"/>
            <tr data-at="{bn:at(.)}">
              <td><p><time><xsl:value-of select="bn:date(@start, 'weekday')"/></time></p><p><span class="keep"><xsl:value-of select="bn:time(@start, 'clock')"/>〜<xsl:value-of select="bn:time(@end, 'clock')"/></span></p></td>
              <td><xsl:choose><xsl:when test="$site"><xsl:value-of select="$case/client/sites/site[@id = $site]/name"/></xsl:when><xsl:otherwise>機関</xsl:otherwise></xsl:choose></td>
              <td><p><xsl:value-of select="."/></p><xsl:choose>
                <xsl:when test="normalize-space(@measures) = $all-measures"><p>（選択した全ての措置）</p></xsl:when>
                <xsl:when test="@measures"><p>（<xsl:call-template name="measures"><xsl:with-param name="refs" select="@measures"/></xsl:call-template>）</p></xsl:when>
              </xsl:choose></td>
              <td><xsl:call-template name="auditor-lines"><xsl:with-param name="refs" select="@members"/></xsl:call-template></td>
              <td><xsl:choose><xsl:when test="@counterpart"><xsl:value-of select="@counterpart"/></xsl:when><xsl:otherwise>―</xsl:otherwise></xsl:choose></td>
            </tr>
          </xsl:for-each>
        </tbody></table>
    </xsl:if>

    <h2>審査の対象となる措置</h2>
    <table class="open"><colgroup><col data-width="10mm"/><col data-width="1*"/></colgroup>
      <thead><tr><th class="num">項番</th><th>措置</th></tr></thead>
      <tbody>
        <xsl:for-each select="$case/application/selected-measures/measure">
          <tr data-at="{bn:at(.)}"><td class="num"><xsl:value-of select="position()"/></td><td><xsl:call-template name="measure"><xsl:with-param name="ref" select="@ref"/></xsl:call-template></td></tr>
        </xsl:for-each>
      </tbody></table>

    <xsl:if test="$case/omissions/omission">
      <h2>省略する審査事項</h2>
      <table class="open"><colgroup><col data-width="1*"/><col data-width="20mm"/><col data-width="1.2*"/></colgroup>
        <thead><tr><th>審査事項</th><th>審査</th><th>省略の理由</th></tr></thead>
        <tbody>
          <xsl:for-each select="$case/omissions/omission">
            <tr data-at="{bn:at(.)}">
              <td><xsl:call-template name="measure"><xsl:with-param name="ref" select="@measure"/></xsl:call-template></td>
              <td><span class="keep"><xsl:value-of select="bn:label('review', @review)"/></span></td>
              <td><p data-at="{bn:at(reason)}"><xsl:value-of select="reason"/></p><p>（<xsl:value-of select="@reference"/>）</p></td>
            </tr>
          </xsl:for-each>
        </tbody></table>
    </xsl:if>

    <div class="together">
    <h2>審査計画書の合意</h2>
    <xsl:choose>
      <xsl:when test="$edition/@id = 't2018' or $case/@mode = 'trial'"><p>この審査計画書は、予備審査の結果を踏まえ、認証トライアルに係る認証の手法（別紙1の4(1)）に従って作成したものです。審査工数等は、依頼者の理解を深めるために説明した上で定めます。</p></xsl:when>
      <xsl:otherwise><p>この審査計画書の内容は、告示第三の2の九の規定により、依頼者との間の合意により成立します。第二次審査以降のプロセスは、合意の後に開始します。</p></xsl:otherwise>
    </xsl:choose><xsl:if test="$plan/@explained"><p>記載した事項は、<time data-at="{bn:at($plan/@explained)}"><xsl:value-of select="bn:date($plan/@explained)"/></time>に、<xsl:if test="$plan/explanation"><xsl:value-of select="$plan/explanation/@to"/>に対して</xsl:if>説明しました。</p></xsl:if>
    <div class="sign">
      <table class="fields"><colgroup><col data-width="32mm"/><col data-width="1*"/></colgroup><tbody>
        <tr><th>合意年月日</th><td><xsl:call-template name="v"><xsl:with-param name="id" select="'agreed'"/></xsl:call-template></td></tr>
        <tr><th>依頼者</th><td class="signature"><xsl:choose><xsl:when test="$plan/@agreed-by"><xsl:call-template name="v"><xsl:with-param name="id" select="'agreed-by'"/></xsl:call-template></xsl:when><xsl:otherwise><xsl:text>　</xsl:text></xsl:otherwise></xsl:choose><span class="seal">印</span></td></tr>
      </tbody></table>
    </div>
    </div>
  </article>
</xsl:template>

</xsl:stylesheet>

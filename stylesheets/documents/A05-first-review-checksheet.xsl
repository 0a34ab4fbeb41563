<?xml version="1.0" encoding="UTF-8"?>
<!-- チェックシート: one row a selected measure, three boxes to tick, what is done and its records. Unanswered: blank. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="generic.xsl"/>

<xsl:variable name="sheet" select="$case/reviews/review[@type = 'first' or @type = 'preliminary']/checksheet"/>

<xsl:template match="group" mode="form" priority="2"/>

<xsl:template match="field[@id = 'respondent' or @id = 'prior-auditor']" mode="form">
  <xsl:variable name="person" select="$sheet/person[current()/@id = 'respondent'] | $sheet/prior-audit/person[current()/@id = 'prior-auditor']"/>
  <tr><th><xsl:value-of select="@label"/></th><td data-field="{@id}"><xsl:choose>
    <xsl:when test="$person"><xsl:call-template name="person"><xsl:with-param name="person" select="$person"/></xsl:call-template></xsl:when>
    <xsl:when test="$blank"><xsl:text>　</xsl:text></xsl:when>
    <xsl:otherwise>―</xsl:otherwise>
  </xsl:choose></td></tr>
</xsl:template>

<xsl:template name="head">
  <p><xsl:choose><xsl:when test="$edition/@id = 't2018'">技術等の情報の適切な管理のための基準</xsl:when><xsl:otherwise>技術等情報漏えい防止措置基準</xsl:otherwise></xsl:choose>に定められた措置のうち、実施することを決定したものについて、基準に適合しているか否かを自ら確認し、回答してください。回答は、情報セキュリティ及び監査についての知見を有する者による監査を受けた後に行ってください。</p>
</xsl:template>

<xsl:template name="after">
  <h2 class="unnumbered">措置ごとの回答</h2>
  <table class="checks">
    <colgroup><col data-width="13mm"/><col data-width="1.4*"/><col data-width="26mm"/><col data-width="1.2*"/></colgroup>
    <thead><tr><th class="num">項番</th><th>措置</th><th>回答</th><th>実施内容・記録</th></tr></thead>
    <tbody>
      <xsl:for-each select="$case/application/selected-measures/measure">
        <xsl:variable name="ref" select="@ref"/>
        <xsl:variable name="answer" select="$sheet/answer[@measure = $ref]"/>
        <tr data-at="{bn:at(.)}">
          <td class="num"><xsl:value-of select="position()"/></td>
          <td><p><xsl:call-template name="measure"><xsl:with-param name="ref" select="$ref"/></xsl:call-template></p><p class="small"><xsl:call-template name="measure-text"><xsl:with-param name="ref" select="$ref"/></xsl:call-template></p></td>
          <td>
            <xsl:call-template name="box"><xsl:with-param name="answer" select="$answer"/><xsl:with-param name="code" select="'conform'"/></xsl:call-template>
            <xsl:call-template name="box"><xsl:with-param name="answer" select="$answer"/><xsl:with-param name="code" select="'nonconform'"/></xsl:call-template>
            <xsl:call-template name="box"><xsl:with-param name="answer" select="$answer"/><xsl:with-param name="code" select="'not-applicable'"/></xsl:call-template>
          </td>
          <td><xsl:choose><xsl:when test="$answer"><span data-at="{bn:at($answer)}"><xsl:value-of select="$answer"/></span></xsl:when><xsl:otherwise><xsl:text>　</xsl:text></xsl:otherwise></xsl:choose></td>
        </tr>
      </xsl:for-each>
      <xsl:if test="$blank"><xsl:call-template name="rows-to-answer"/></xsl:if>
    </tbody>
  </table>
  <xsl:for-each select="$sheet/confirmation">
    <h2 class="unnumbered">監査を受けていない回答についての確認</h2>
    <p data-at="{bn:at(.)}"><time><xsl:value-of select="bn:date(@date)"/></time>に、<xsl:call-template name="auditor"><xsl:with-param name="ref" select="@by"/></xsl:call-template>が、<xsl:value-of select="bn:label('method', @method)"/>により確認した。<xsl:value-of select="."/></p>
  </xsl:for-each>
  <p class="note">「非該当」は、選択した措置のうち、対象とする技術等情報の態様からみて講ずる必要がないものをいう。</p>
</xsl:template>

<xsl:template name="rows-to-answer">
  <xsl:param name="n" select="12"/>
  <xsl:if test="$n &gt; 0">
    <tr><td class="num"><xsl:text>　</xsl:text></td><td><xsl:text>　</xsl:text></td>
      <td>
        <xsl:call-template name="box"><xsl:with-param name="code" select="'conform'"/></xsl:call-template>
        <xsl:call-template name="box"><xsl:with-param name="code" select="'nonconform'"/></xsl:call-template>
        <xsl:call-template name="box"><xsl:with-param name="code" select="'not-applicable'"/></xsl:call-template>
      </td>
      <td><xsl:text>　</xsl:text></td></tr>
    <xsl:call-template name="rows-to-answer"><xsl:with-param name="n" select="$n - 1"/></xsl:call-template>
  </xsl:if>
</xsl:template>

<xsl:template name="box">
  <xsl:param name="answer" select="/.."/>
  <xsl:param name="code"/>
  <p><xsl:choose><xsl:when test="$answer/@result = $code">■</xsl:when><xsl:otherwise>□</xsl:otherwise></xsl:choose><xsl:text> </xsl:text><xsl:value-of select="bn:label('result', $code)"/></p>
</xsl:template>

</xsl:stylesheet>

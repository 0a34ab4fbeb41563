<?xml version="1.0" encoding="UTF-8"?>
<!-- 審査実施状況資料: cases of each auditor beside those of all, from the register over the cases. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="lib.xsl"/>

<xsl:key name="team" match="register/member" use="@ref"/>
<xsl:key name="row" match="register/case" use="@case"/>

<xsl:variable name="audited" select="bn:among(/input/register/case/@case, /input/register/member/@case)/.."/>

<xsl:template name="mean">
  <xsl:param name="sum"/>
  <xsl:param name="n"/>
  <xsl:if test="$n &gt; 0"><xsl:value-of select="format-number($sum div $n, '0.0')"/></xsl:if>
</xsl:template>

<xsl:template match="/">
  <article class="report plain" lang="ja" data-numbering="koyobun-h">
    <h1><xsl:value-of select="$entry/title[@lang = 'ja']"/></h1>
    <p class="right"><span data-at="{bn:at($body/name)}"><xsl:value-of select="$body/name"/></span></p>
    <p class="right"><time><xsl:value-of select="bn:date($today)"/></time>現在</p>
    <h2>全体の動向</h2>
    <table class="ruled">
      <colgroup><col data-width="3*"/><col data-width="2*"/></colgroup>
      <tbody>
        <tr><th>審査の体制を定めた案件</th><td class="num"><xsl:value-of select="count($audited)"/></td></tr>
        <tr><th>確認した所見</th><td class="num"><xsl:value-of select="sum($audited/@findings)"/></td></tr>
        <tr><th>不適合</th><td class="num"><xsl:value-of select="sum($audited/@nonconformities)"/></td></tr>
        <tr><th>1件当たりの不適合</th><td class="num"><xsl:call-template name="mean"><xsl:with-param name="sum" select="sum($audited/@nonconformities)"/><xsl:with-param name="n" select="count($audited)"/></xsl:call-template></td></tr>
        <tr><th>苦情又は異議申立て</th><td class="num"><xsl:value-of select="sum($audited/@complaints)"/></td></tr>
      </tbody>
    </table>
    <h2>審査業務従事者別の状況</h2>
    <table class="ruled">
      <colgroup><col data-width="2*"/><col data-width="4*"/><col data-width="2*"/><col data-width="2*"/><col data-width="2*"/><col data-width="3*"/><col data-width="2*"/></colgroup>
      <thead><tr><th>番号</th><th>氏名</th><th>件数</th><th>うち主任</th><th>不適合</th><th>1件当たり</th><th>苦情</th></tr></thead>
      <tbody>
        <xsl:for-each select="key('group', 'auditors')/row">
          <xsl:variable name="teams" select="key('team', string(field[@id = 'id']/value))"/>
          <xsl:variable name="cases" select="key('row', $teams/@case)"/>
          <tr data-at="{@at}">
            <td><xsl:apply-templates select="field[@id = 'id']" mode="values"/></td>
            <td><xsl:apply-templates select="field[@id = 'name']" mode="values"/></td>
            <td class="num"><xsl:value-of select="count($cases)"/></td>
            <td class="num"><xsl:value-of select="count($teams[@role = 'lead'])"/></td>
            <td class="num"><xsl:value-of select="sum($cases/@nonconformities)"/></td>
            <td class="num"><xsl:call-template name="mean"><xsl:with-param name="sum" select="sum($cases/@nonconformities)"/><xsl:with-param name="n" select="count($cases)"/></xsl:call-template></td>
            <td><xsl:choose><xsl:when test="sum($cases/@complaints) &gt; 0">有（<xsl:value-of select="sum($cases/@complaints)"/>件）</xsl:when><xsl:otherwise>無</xsl:otherwise></xsl:choose></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
    <p>「1件当たり」は、その者が審査の体制に加わった案件の不適合の数を件数で除したものである。全体の値との差が大きい者については、案件の内容を添えて審議に付する。</p>
    <h2>審議を求める事項</h2>
    <ol>
      <li>各審査業務従事者の審査の実施の状況の評価</li>
      <li>審査に係る能力に不足があると判断される者の有無及びその者に対する措置</li>
    </ol>
  </article>
</xsl:template>

</xsl:stylesheet>

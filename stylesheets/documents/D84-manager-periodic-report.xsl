<?xml version="1.0" encoding="UTF-8"?>
<!-- 管理責任者定期報告書: what the manager tells the management of a period; counts come from the registers. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="kit.xsl"/>

<xsl:template match="/">
  <article class="report plain" lang="ja" data-numbering="koyobun-h/2">
    <xsl:call-template name="running"/>
    <p class="flush"><xsl:call-template name="person"><xsl:with-param name="person" select="$kit/company/representative/person"/></xsl:call-template>　殿</p>
    <p class="right"><xsl:value-of select="$kit/company/name"/>　管理責任者　<xsl:call-template name="person"><xsl:with-param name="person" select="$kit/manager/person"/></xsl:call-template></p>
    <h1><xsl:call-template name="title"/></h1>
    <p>情報管理規程に定める管理責任者の職務として、秘密情報の管理の状況を次のとおり報告します。</p>
    <h2>報告の期間</h2>
    <p><xsl:call-template name="v"><xsl:with-param name="id" select="'period'"/></xsl:call-template></p>
    <h2>管理の状況</h2>
    <p><xsl:call-template name="v"><xsl:with-param name="id" select="'status'"/></xsl:call-template></p>
    <table class="open">
      <caption>記録簿の件数</caption>
      <colgroup><col data-width="3*"/><col data-width="1*"/></colgroup>
      <thead><tr><th>項目</th><th class="num">件数（人）</th></tr></thead>
      <tbody>
        <xsl:for-each select="$entry/fields/field[@type = 'integer']"><tr><td><xsl:value-of select="@label"/></td><td class="num"><xsl:apply-templates select="." mode="values"/></td></tr></xsl:for-each>
      </tbody>
    </table>
    <h2>兆候・事故</h2>
    <xsl:choose>
      <xsl:when test="key('group', 'incidents')/row">
        <xsl:for-each select="key('group', 'incidents')"><xsl:call-template name="rows"><xsl:with-param name="class" select="'open'"/></xsl:call-template></xsl:for-each>
      </xsl:when>
      <xsl:otherwise><p>期間中に報告された兆候及び事故は、ありません。</p></xsl:otherwise>
    </xsl:choose>
    <h2>講じた措置</h2>
    <p><xsl:call-template name="v"><xsl:with-param name="id" select="'measures'"/></xsl:call-template></p>
  </article>
</xsl:template>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- 審査業務従事者記録簿: a sheet a person, each matter with the day of its entry. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="generic.xsl"/>

<xsl:template name="ledger">
  <div class="ledger-head">
    <h1><xsl:call-template name="title"/></h1>
    <p class="end"><xsl:value-of select="concat($body/name, '　　', bn:date($today, 'fiscal-year'), '　　')"/><xsl:call-template name="retention"/></p>
  </div>
  <table class="register">
    <colgroup><col data-width="30mm"/><col data-width="44mm"/><col data-width="1*"/><col data-width="40mm"/></colgroup>
    <thead><tr><th>氏名</th><th>事項</th><th>内容</th><th>記載日</th></tr></thead>
    <tbody>
      <xsl:apply-templates select="key('group', 'auditors')/row" mode="person"/>
      <xsl:if test="not(key('group', 'auditors')/row)"><tr><td>　</td><td>　</td><td>　</td><td>　</td></tr></xsl:if>
    </tbody>
  </table>
  <p class="closing">以下余白</p>
</xsl:template>

<!-- a field whose day follows it makes a row for each of its values -->
<xsl:template match="row" mode="person">
  <xsl:variable name="row" select="."/>
  <xsl:for-each select="field[following-sibling::field[1]/@id = concat(@id, '-recorded')]">
    <xsl:variable name="field" select="."/>
    <xsl:variable name="days" select="following-sibling::field[1]/value"/>
    <xsl:variable name="first" select="position() = 1"/>
    <xsl:for-each select="value">
      <xsl:variable name="n" select="position()"/>
      <tr data-at="{@at}">
        <td><xsl:if test="$first and $n = 1"><p><xsl:apply-templates select="$row/field[@id = 'name']" mode="values"/></p><p><xsl:apply-templates select="$row/field[@id = 'id']" mode="values"/></p></xsl:if></td>
        <td><xsl:if test="$n = 1"><xsl:value-of select="$field/@label"/></xsl:if></td>
        <td><xsl:apply-templates select="." mode="one"/></td>
        <td><xsl:apply-templates select="$days[$n]" mode="one"/></td>
      </tr>
    </xsl:for-each>
  </xsl:for-each>
</xsl:template>

</xsl:stylesheet>

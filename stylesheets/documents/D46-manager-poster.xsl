<?xml version="1.0" encoding="UTF-8"?>
<!-- 管理者周知ポスター: the watchwords of the client, large, and who the manager is. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="kit-figure.xsl"/>

<xsl:template match="/">
  <xsl:variable name="words" select="$kit/parameters/param[@name = 'slogan']"/>
  <article class="figure" lang="ja">
    <h1><xsl:call-template name="title"/></h1>
    <figure data-at="{bn:at($words[1])}">
      <svg:svg width="480pt" height="640pt" viewBox="0 0 480 640">
        <svg:title><xsl:for-each select="$words"><xsl:value-of select="concat(., '　')"/></xsl:for-each><xsl:value-of select="concat($kit/company/name, '　', $kit/manager/person/@title)"/></svg:title>
        <svg:rect x="3" y="3" width="474" height="634" fill="#ffffff" stroke="#2f5d8c" stroke-width="6"/>
        <svg:rect x="3" y="3" width="474" height="92" fill="#2f5d8c"/>
        <xsl:call-template name="centred"><xsl:with-param name="x" select="240"/><xsl:with-param name="y" select="62"/><xsl:with-param name="w" select="400"/><xsl:with-param name="size" select="34"/><xsl:with-param name="text" select="'情報管理'"/><xsl:with-param name="ink" select="'#ffffff'"/></xsl:call-template>
        <xsl:for-each select="$words">
          <xsl:call-template name="centred"><xsl:with-param name="x" select="240"/><xsl:with-param name="y" select="150 + position() * 250 div (count($words) + 1)"/><xsl:with-param name="w" select="430"/><xsl:with-param name="size" select="46"/><xsl:with-param name="text" select="string(.)"/></xsl:call-template>
        </xsl:for-each>
        <svg:line x1="40" y1="440" x2="440" y2="440" stroke="#5f6670" stroke-width="1"/>
        <xsl:call-template name="centred"><xsl:with-param name="x" select="240"/><xsl:with-param name="y" select="482"/><xsl:with-param name="w" select="420"/><xsl:with-param name="size" select="20"/><xsl:with-param name="text" select="string($kit/company/name)"/></xsl:call-template>
        <xsl:call-template name="centred"><xsl:with-param name="x" select="240"/><xsl:with-param name="y" select="524"/><xsl:with-param name="w" select="420"/><xsl:with-param name="size" select="26"/><xsl:with-param name="text" select="concat('管理責任者　', $kit/manager/person/@title)"/></xsl:call-template>
        <xsl:call-template name="centred"><xsl:with-param name="x" select="240"/><xsl:with-param name="y" select="566"/><xsl:with-param name="w" select="420"/><xsl:with-param name="size" select="26"/><xsl:with-param name="text" select="string($kit/manager/person)"/></xsl:call-template>
        <xsl:call-template name="centred"><xsl:with-param name="x" select="240"/><xsl:with-param name="y" select="606"/><xsl:with-param name="w" select="430"/><xsl:with-param name="size" select="12"/><xsl:with-param name="text" select="'漏えいの事故又はその兆候に気付いたときは、直ちに上長又は管理責任者に報告してください。'"/></xsl:call-template>
      </svg:svg>
    </figure>
  </article>
</xsl:template>

</xsl:stylesheet>

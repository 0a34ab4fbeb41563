<?xml version="1.0" encoding="UTF-8"?>
<!-- 記録簿: landscape, head repeated, every second row shaded. div.ledger-head (h1, p.end), table.register. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format"
  xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:axf="http://www.antennahouse.com/names/XSL/Extensions"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="h">

<xsl:import href="common.xsl"/>

<xsl:variable name="grid">none</xsl:variable>

<xsl:variable name="page-width">297mm</xsl:variable>
<xsl:variable name="page-height">210mm</xsl:variable>
<xsl:variable name="side">15mm</xsl:variable>
<xsl:variable name="top">17mm</xsl:variable>
<xsl:variable name="bottom">20mm</xsl:variable>
<xsl:variable name="head-extent">12mm</xsl:variable>
<xsl:variable name="foot-extent">16mm</xsl:variable>
<xsl:variable name="table-ems">88</xsl:variable>

<xsl:template name="foot">
  <fo:block xsl:use-attribute-sets="running" text-align="end">ページ <fo:page-number/> / <fo:page-number-citation-last ref-id="paper"/></fo:block>
</xsl:template>

<xsl:template match="h:div[@class = 'ledger-head']">
  <fo:table role="Div" table-layout="fixed" width="100%" space-after="7pt">
    <!-- the title takes its own width, what stands at the right has the rest -->
    <fo:table-column column-width="{string-length(h:h1) * 14 + 14}pt"/>
    <fo:table-column column-width="proportional-column-width(1)"/>
    <fo:table-body role="Div">
      <fo:table-row role="Div">
        <fo:table-cell role="Div" display-align="after"><fo:block id="title" font-family="{$gothic}" font-size="14pt" line-height="22pt" text-align="start" role="H1"><xsl:apply-templates select="h:h1/node()"/></fo:block></fo:table-cell>
        <fo:table-cell role="Div" display-align="after"><fo:block font-size="8.6pt" line-height="16pt" text-align="end"><xsl:apply-templates select="h:p/node()"/></fo:block></fo:table-cell>
      </fo:table-row>
    </fo:table-body>
  </fo:table>
</xsl:template>

<xsl:template name="table-style">
  <xsl:attribute name="font-size">8.6pt</xsl:attribute>
  <xsl:attribute name="line-height">12.9pt</xsl:attribute>
  <xsl:attribute name="axf:text-autospace">none</xsl:attribute>
  <!-- a number that is longer than its column, and has no place to be parted at -->
  <xsl:attribute name="axf:word-wrap">break-word</xsl:attribute>
</xsl:template>

<xsl:template name="cell-ruled">
  <xsl:attribute name="padding">3.4pt 4.3pt</xsl:attribute>
  <xsl:attribute name="border"><xsl:value-of select="$rule"/></xsl:attribute>
  <xsl:attribute name="border-before-width.conditionality">retain</xsl:attribute>
  <xsl:attribute name="border-after-width.conditionality">retain</xsl:attribute>
  <xsl:choose>
    <xsl:when test="self::h:th">
      <xsl:attribute name="font-family"><xsl:value-of select="$gothic"/></xsl:attribute>
      <xsl:attribute name="background-color"><xsl:value-of select="$shade"/></xsl:attribute>
      <xsl:attribute name="text-align">center</xsl:attribute>
    </xsl:when>
    <xsl:otherwise>
      <!-- a counted row tells its own number; counting the rows before each is for short tables -->
      <xsl:variable name="counted" select="parent::h:tr/h:td[1][@class = 'num']"/>
      <xsl:if test="($counted and number($counted) mod 2 = 0) or (not(number($counted) = number($counted)) and count(parent::h:tr/preceding-sibling::h:tr) mod 2 = 1)"><xsl:attribute name="background-color">#fafafa</xsl:attribute></xsl:if>
      <xsl:call-template name="cell-align"/>
    </xsl:otherwise>
  </xsl:choose>
  <xsl:choose>
    <!-- a number stays whole as long as it can be read: up to 26 figures in a column for 16 -->
    <xsl:when test="not(*[not(self::h:span)]) and string-length(.) &lt; 27 and not(contains(., ' ')) and translate(., $narrow, '') = ''">
      <fo:block axf:overflow-condense="font-size" axf:overflow-condense-limit-font-size="6pt"><xsl:apply-templates/></fo:block>
    </xsl:when>
    <xsl:otherwise><xsl:call-template name="mixed"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

</xsl:stylesheet>

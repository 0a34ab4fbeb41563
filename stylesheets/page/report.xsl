<?xml version="1.0" encoding="UTF-8"?>
<!-- 報告書: cover, contents, numbered sections, running head over a hair line, foot with body and page. article.plain has neither cover nor contents. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format"
  xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:axf="http://www.antennahouse.com/names/XSL/Extensions"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="h">

<xsl:import href="common.xsl"/>

<xsl:template name="masters">
  <fo:simple-page-master master-name="page" page-width="{$page-width}" page-height="{$page-height}" margin-left="{$side}" margin-right="{$side}">
    <fo:region-body margin-top="{$top}" margin-bottom="{$bottom}"/>
    <fo:region-before extent="{$head-extent}"/>
    <fo:region-after extent="{$foot-extent}" display-align="before"/>
  </fo:simple-page-master>
  <fo:simple-page-master master-name="cover" page-width="{$page-width}" page-height="{$page-height}" margin-left="{$side}" margin-right="{$side}">
    <fo:region-body margin-top="{$top}" margin-bottom="{$bottom}"/>
    <fo:region-before extent="{$head-extent}"/>
  </fo:simple-page-master>
</xsl:template>

<xsl:template name="sequences">
  <xsl:if test="h:header[@class = 'cover']">
    <fo:page-sequence master-reference="cover">
      <fo:static-content flow-name="xsl-region-before"><xsl:call-template name="draft-mark"/><fo:block/></fo:static-content>
      <fo:flow flow-name="xsl-region-body"><xsl:apply-templates select="h:header[@class = 'cover']" mode="cover"/></fo:flow>
    </fo:page-sequence>
  </xsl:if>
  <fo:page-sequence master-reference="page" id="paper">
    <xsl:call-template name="statics"/>
    <fo:flow flow-name="xsl-region-body">
      <xsl:if test="h:nav[@class = 'toc']">
        <fo:block font-family="{$gothic}" font-size="12pt" text-align="center" space-after="17.85pt" role="H2">目　次</fo:block>
        <xsl:call-template name="contents"/>
        <fo:block break-after="page"/>
      </xsl:if>
      <xsl:call-template name="flow"/>
    </fo:flow>
  </fo:page-sequence>
</xsl:template>

<xsl:template name="folio"><xsl:choose><xsl:when test="/h:article/@lang = 'en'">Page </xsl:when><xsl:otherwise>ページ </xsl:otherwise></xsl:choose><fo:page-number/> / <fo:page-number-citation-last ref-id="paper"/></xsl:template>

<xsl:template match="h:header[@class = 'cover']"/>

<xsl:template match="h:header[@class = 'cover']" mode="cover">
  <fo:block text-align="end"><xsl:for-each select="h:p[@class = 'number']"><xsl:call-template name="at"/><xsl:apply-templates/></xsl:for-each></fo:block>
  <fo:block text-align="end"><xsl:for-each select="h:p[@class = 'date']"><xsl:call-template name="at"/><xsl:apply-templates/></xsl:for-each></fo:block>
  <fo:block-container absolute-position="absolute" top="56mm" left="0pt" width="441pt" height="60mm" display-align="center" border-top="1pt solid #000000" border-bottom="1pt solid #000000">
    <fo:block font-family="{$gothic}" font-size="24pt" line-height="40pt" text-align="center" letter-spacing="8pt" role="H1" id="title"><xsl:apply-templates select="h:h1/node()"/></fo:block>
    <xsl:for-each select="h:p[@class = 'subject']">
      <fo:block font-size="12pt" line-height="22pt" text-align="center" text-indent="0pt"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
    </xsl:for-each>
  </fo:block-container>
  <fo:block-container absolute-position="absolute" top="128mm" left="52pt" width="337pt" height="76mm">
    <xsl:apply-templates select="h:table"/>
  </fo:block-container>
  <fo:block-container absolute-position="absolute" top="208mm" left="0pt" width="441pt" height="20mm">
    <xsl:for-each select="h:p[@class = 'issuer']">
      <fo:block font-size="14pt" line-height="24pt" text-align="center" text-indent="0pt"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
    </xsl:for-each>
  </fo:block-container>
</xsl:template>

<!-- label and value without rules, for the cover -->
<xsl:template match="h:table[@class = 'plain']">
  <fo:table table-layout="fixed" width="100%" text-indent="0pt" text-align="start" line-height="17.85pt">
    <fo:table-column column-width="84pt"/>
    <fo:table-column column-width="proportional-column-width(1)"/>
    <fo:table-body>
      <xsl:for-each select=".//h:tr">
        <fo:table-row>
          <fo:table-cell padding-before="2pt" padding-after="2pt" role="TH"><xsl:for-each select="h:th"><xsl:call-template name="label"/></xsl:for-each></fo:table-cell>
          <fo:table-cell padding-before="2pt" padding-after="2pt" padding-left="21pt"><xsl:for-each select="h:td"><xsl:call-template name="at"/><xsl:call-template name="mixed"/></xsl:for-each></fo:table-cell>
        </fo:table-row>
      </xsl:for-each>
    </fo:table-body>
  </fo:table>
</xsl:template>

</xsl:stylesheet>

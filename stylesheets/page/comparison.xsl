<?xml version="1.0" encoding="UTF-8"?>
<!--
  新旧対照表: two equal columns, provisions level with each other, no rules between them; 傍線 0.4 pt under what changed.
-->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format"
  xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:axf="http://www.antennahouse.com/names/XSL/Extensions"
  exclude-result-prefixes="h">

<xsl:import href="common.xsl"/>

<xsl:variable name="grid">none</xsl:variable>

<!-- vertical: two tiers, as the Official Gazette sets them, read from the right; running lines stay horizontal -->
<xsl:variable name="vertical" select="/h:article/@data-writing = 'vertical'"/>
<xsl:variable name="frame">0.6pt solid #000000</xsl:variable>
<xsl:variable name="cell-size">9.5pt</xsl:variable>
<xsl:variable name="cell-line">16pt</xsl:variable>
<!-- a tier is 34 characters of 9.5 pt (323 pt) and 6 pt at both ends: 670 pt down the page for two -->
<xsl:variable name="tier">335pt</xsl:variable>

<xsl:template name="masters">
  <fo:simple-page-master master-name="page" page-width="{$page-width}" page-height="{$page-height}">
    <xsl:attribute name="margin-left"><xsl:choose><xsl:when test="$vertical">60pt</xsl:when><xsl:otherwise><xsl:value-of select="$side"/></xsl:otherwise></xsl:choose></xsl:attribute>
    <xsl:attribute name="margin-right"><xsl:choose><xsl:when test="$vertical">60pt</xsl:when><xsl:otherwise><xsl:value-of select="$side"/></xsl:otherwise></xsl:choose></xsl:attribute>
    <fo:region-body margin-top="{$top}" margin-bottom="{$bottom}">
      <xsl:if test="$vertical"><xsl:attribute name="writing-mode">tb-rl</xsl:attribute></xsl:if>
    </fo:region-body>
    <fo:region-before extent="{$head-extent}"/>
    <fo:region-after extent="{$foot-extent}" display-align="before"/>
  </fo:simple-page-master>
</xsl:template>

<xsl:template name="flow">
  <fo:block>
    <xsl:if test="$vertical"><xsl:attribute name="axf:text-combine-horizontal">digits 2</xsl:attribute></xsl:if>
    <xsl:apply-templates select="*"/>
  </fo:block>
</xsl:template>

<xsl:template match="h:h1">
  <fo:block text-align="start" text-indent="0pt" role="H1"><xsl:call-template name="heading"/></fo:block>
</xsl:template>
<xsl:template match="h:p[@class = 'legend']">
  <fo:block text-align="end" font-size="8.5pt" line-height="{$line}"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:p[@class = 'remarks']">
  <fo:block text-align="start" text-indent="0pt" font-size="8.5pt" line-height="13pt" space-before="6pt"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

<xsl:template match="h:table[@class = 'comparison']">
  <fo:table table-layout="fixed" border="{$frame}" border-collapse="collapse" font-size="{$cell-size}" line-height="{$cell-line}">
    <xsl:attribute name="inline-progression-dimension"><xsl:choose><xsl:when test="$vertical">670pt</xsl:when><xsl:otherwise>100%</xsl:otherwise></xsl:choose></xsl:attribute>
    <xsl:call-template name="at"/>
    <xsl:variable name="tiers"><xsl:choose><xsl:when test="$vertical"><xsl:value-of select="$tier"/></xsl:when><xsl:otherwise>proportional-column-width(1)</xsl:otherwise></xsl:choose></xsl:variable>
    <fo:table-column column-width="{$tiers}"/>
    <fo:table-column column-width="{$tiers}"/>
    <fo:table-header>
      <fo:table-row border-after-style="solid" border-after-width="0.6pt">
        <xsl:for-each select="h:thead/h:tr/h:th">
          <fo:table-cell padding-before="4pt" padding-after="4pt" padding-start="6pt" padding-end="6pt" border-after-style="solid" border-after-width="0.6pt">
            <xsl:if test="position() = 1"><xsl:attribute name="border-end-style">solid</xsl:attribute><xsl:attribute name="border-end-width">0.6pt</xsl:attribute></xsl:if>
            <fo:block text-align="center" text-indent="0pt" font-family="{$gothic}"><xsl:apply-templates/></fo:block>
          </fo:table-cell>
        </xsl:for-each>
      </fo:table-row>
    </fo:table-header>
    <!-- closes the frame at the foot of each page -->
    <fo:table-footer>
      <fo:table-row>
        <fo:table-cell number-columns-spanned="2" border-before-style="solid" border-before-width="0.6pt">
          <fo:block font-size="1pt" line-height="0pt"/>
        </fo:table-cell>
      </fo:table-row>
    </fo:table-footer>
    <fo:table-body>
      <xsl:for-each select="h:tbody/h:tr">
        <fo:table-row>
          <xsl:for-each select="h:td">
            <fo:table-cell padding-start="6pt" padding-end="6pt" text-indent="0pt">
              <xsl:if test="position() = 1"><xsl:attribute name="border-end-style">solid</xsl:attribute><xsl:attribute name="border-end-width">0.6pt</xsl:attribute></xsl:if>
              <xsl:if test="not(../preceding-sibling::h:tr)"><xsl:attribute name="padding-before">3pt</xsl:attribute></xsl:if>
              <xsl:if test="not(../following-sibling::h:tr)"><xsl:attribute name="padding-after">4pt</xsl:attribute></xsl:if>
              <xsl:apply-templates select="h:p"/>
              <xsl:if test="not(h:p)"><fo:block/></xsl:if>
            </fo:table-cell>
          </xsl:for-each>
        </fo:table-row>
      </xsl:for-each>
    </fo:table-body>
  </fo:table>
</xsl:template>

<!-- a heading parts its provision from the one before, where either column has it -->
<xsl:template match="h:td/h:p">
  <xsl:variable name="in"><xsl:choose><xsl:when test="@data-indent"><xsl:value-of select="@data-indent"/></xsl:when><xsl:otherwise>0</xsl:otherwise></xsl:choose></xsl:variable>
  <fo:block text-align="justify">
    <xsl:choose>
      <xsl:when test="@class = 'law-title'"><xsl:attribute name="text-indent">3em</xsl:attribute></xsl:when>
      <xsl:when test="@class = 'words'"><xsl:attribute name="text-indent">1em</xsl:attribute></xsl:when>
      <xsl:when test="@class = 'item' or @class = 'caption' or @class = 'heading'">
        <xsl:attribute name="start-indent">from-parent(start-indent) + <xsl:value-of select="$in + 1"/>em</xsl:attribute>
        <xsl:attribute name="text-indent">-1em</xsl:attribute>
      </xsl:when>
    </xsl:choose>
    <xsl:if test="not(preceding-sibling::h:p) and ../../preceding-sibling::h:tr and ../../h:td/h:p[1][@class = 'heading' or @class = 'caption']">
      <xsl:attribute name="space-before">8pt</xsl:attribute><xsl:attribute name="space-before.conditionality">retain</xsl:attribute>
    </xsl:if>
    <xsl:if test="@class = 'heading' or @class = 'caption'"><xsl:attribute name="keep-with-next.within-page">always</xsl:attribute></xsl:if>
    <xsl:call-template name="at"/><xsl:apply-templates/>
  </fo:block>
</xsl:template>

</xsl:stylesheet>

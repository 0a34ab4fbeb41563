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

<xsl:variable name="frame">0.6pt solid #000000</xsl:variable>
<xsl:variable name="cell-size">9.5pt</xsl:variable>
<xsl:variable name="cell-line">16pt</xsl:variable>

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
  <fo:table table-layout="fixed" width="100%" border="{$frame}" border-collapse="collapse" font-size="{$cell-size}" line-height="{$cell-line}">
    <xsl:call-template name="at"/>
    <fo:table-column column-width="proportional-column-width(1)"/>
    <fo:table-column column-width="proportional-column-width(1)"/>
    <fo:table-header>
      <fo:table-row border-bottom="{$frame}">
        <xsl:for-each select="h:thead/h:tr/h:th">
          <fo:table-cell padding="4pt 6pt" border-bottom="{$frame}">
            <xsl:if test="position() = 1"><xsl:attribute name="border-end-style">solid</xsl:attribute><xsl:attribute name="border-end-width">0.6pt</xsl:attribute></xsl:if>
            <fo:block text-align="center" text-indent="0pt" font-family="{$gothic}"><xsl:apply-templates/></fo:block>
          </fo:table-cell>
        </xsl:for-each>
      </fo:table-row>
    </fo:table-header>
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

<?xml version="1.0" encoding="UTF-8"?>
<!--
  認証証明書 in vertical lines (賞状): the parts of certificate.xsl one after another from the right, numbers in kanji.
  Seal and verification code stand across, in the region before, as the border does.
-->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format"
  xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:axf="http://www.antennahouse.com/names/XSL/Extensions"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="h svg bn">

<xsl:template name="vertical-flow">
  <fo:block axf:number-transform="kansuji" axf:kansuji-style="readable">
    <xsl:apply-templates select="h:p[@class = 'number'] | h:h1 | h:p[@class = 'subtitle']" mode="vertical"/>
    <xsl:apply-templates select="h:div[@class = 'recipient'] | h:div[@class = 'body'] | h:table" mode="vertical"/>
    <xsl:apply-templates select="h:div[@class = 'sender']" mode="vertical"/>
  </fo:block>
</xsl:template>

<!-- numbers that count nothing are read digit by digit -->
<xsl:template match="h:p[@class = 'number']" mode="vertical">
  <fo:block font-size="9.5pt" line-height="14pt" text-align="end" axf:kansuji-style="simple"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

<!-- a hyphen lies across a vertical line, and is too short between numerals -->
<xsl:template match="h:p[@class = 'number' or @class = 'accreditation']//text()">
  <xsl:choose>
    <xsl:when test="$vertical"><xsl:value-of select="translate(., '-', '－')"/></xsl:when>
    <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="h:h1" mode="vertical">
  <fo:block font-size="32pt" line-height="38pt" text-align="justify" text-align-last="justify" axf:text-justify="distribute"
      start-indent="74mm" end-indent="74mm" space-before="10pt" role="H1"><xsl:call-template name="heading"/></fo:block>
</xsl:template>

<xsl:template match="h:p[@class = 'subtitle']" mode="vertical">
  <fo:block font-size="14pt" line-height="20pt" text-align="center"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

<!-- 18 pt while it fits, no less than 13 pt, then two lines -->
<xsl:template match="h:div[@class = 'recipient']" mode="vertical">
  <xsl:for-each select="h:p[@class = 'name']">
    <fo:block font-size="18pt" line-height="26pt" text-align="start" space-before="14pt" axf:overflow-condense="font-size" axf:overflow-condense-limit-font-size="13pt"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
  </xsl:for-each>
  <xsl:for-each select="h:p[@class = 'address']">
    <fo:block font-size="10pt" line-height="17pt" text-align="start" start-indent="1em" axf:kansuji-style="simple"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
  </xsl:for-each>
</xsl:template>

<xsl:template match="h:div[@class = 'body']" mode="vertical">
  <fo:block font-size="13pt" line-height="26pt" space-before="8pt" space-after="6pt"><xsl:apply-templates select="*"/></fo:block>
</xsl:template>

<xsl:template match="h:table" mode="vertical">
  <fo:table table-layout="fixed" width="205mm" border-collapse="separate" font-size="9.5pt" line-height="13.5pt">
    <fo:table-column column-width="32mm"/>
    <fo:table-column column-width="173mm"/>
    <fo:table-body>
      <xsl:for-each select=".//h:tr">
        <fo:table-row>
          <xsl:call-template name="at"/>
          <fo:table-cell padding-before="1pt" padding-after="1pt" role="TH"><xsl:for-each select="h:th"><xsl:call-template name="label"><xsl:with-param name="fits" select="9"/><xsl:with-param name="size" select="'9pt'"/></xsl:call-template></xsl:for-each></fo:table-cell>
          <fo:table-cell padding-before="1pt" padding-after="1pt" padding-start="16pt"><xsl:for-each select="h:td"><xsl:call-template name="at"/><xsl:call-template name="mixed"/></xsl:for-each></fo:table-cell>
        </fo:table-row>
      </xsl:for-each>
    </fo:table-body>
  </fo:table>
</xsl:template>

<!-- date and issuer, low at the left; the last 30 mm of the lines are the seal's -->
<xsl:template match="h:div[@class = 'sender']" mode="vertical">
  <fo:block text-align="end" end-indent="30mm" space-before="8pt" font-size="9.5pt" line-height="14pt" axf:kansuji-style="simple" keep-together.within-page="always">
    <xsl:for-each select="h:p">
      <fo:block>
        <xsl:choose>
          <xsl:when test="@class = 'name'"><xsl:attribute name="font-size">13.5pt</xsl:attribute><xsl:attribute name="line-height">21pt</xsl:attribute></xsl:when>
          <xsl:when test="@class = 'accreditation'"><xsl:attribute name="text-align-last">justify</xsl:attribute><xsl:attribute name="line-height">18pt</xsl:attribute></xsl:when>
          <xsl:when test="@class = 'representative'"><xsl:attribute name="font-size">11.5pt</xsl:attribute><xsl:attribute name="line-height">18pt</xsl:attribute></xsl:when>
        </xsl:choose>
        <xsl:call-template name="at"/>
        <xsl:if test="@class = 'accreditation'">
          <xsl:for-each select="../../h:p[@class = 'date']"><fo:inline font-size="11.5pt" axf:kansuji-style="readable"><xsl:call-template name="at"/><xsl:text>　　</xsl:text><xsl:apply-templates/></fo:inline></xsl:for-each>
          <fo:leader leader-pattern="space" leader-length.minimum="1em" leader-length.optimum="1em" leader-length.maximum="100%"/>
        </xsl:if>
        <xsl:apply-templates/>
      </fo:block>
    </xsl:for-each>
  </fo:block>
</xsl:template>

<xsl:template name="vertical-marks">
  <xsl:for-each select="/h:article/h:div[@class = 'sender']/h:span[@class = 'seal']">
    <fo:block-container absolute-position="absolute" top="243mm" left="36mm" width="22mm" height="22mm" border="0.5pt solid {$red}" display-align="center">
      <fo:block text-align="center" font-size="8.5pt" line-height="11pt" color="{$red}"><xsl:apply-templates/></fo:block>
    </fo:block-container>
  </xsl:for-each>
  <xsl:for-each select="/h:article/h:figure[@class = 'verify']">
    <fo:block-container absolute-position="absolute" top="30mm" left="24mm" width="19mm" height="19mm">
      <fo:block line-height="0pt" font-size="1pt" line-stacking-strategy="max-height"><xsl:apply-templates select="svg:svg"/></fo:block>
    </fo:block-container>
    <fo:block-container absolute-position="absolute" top="50mm" left="24mm" width="21mm" height="12mm">
      <fo:block font-size="7pt" line-height="9pt" text-align="start" color="{$grey}"><xsl:apply-templates select="h:figcaption/node()"/></fo:block>
    </fo:block-container>
  </xsl:for-each>
</xsl:template>

</xsl:stylesheet>

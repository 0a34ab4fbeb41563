<?xml version="1.0" encoding="UTF-8"?>
<!-- 札: a sheet of labels to cut out, two in a row. div.sheet holds div.label: p.mark large, other paragraphs small. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format"
  xmlns:h="http://www.w3.org/1999/xhtml"
  exclude-result-prefixes="h">

<xsl:import href="common.xsl"/>

<xsl:variable name="grid">none</xsl:variable>

<xsl:variable name="side">15mm</xsl:variable>
<xsl:variable name="top">17mm</xsl:variable>
<xsl:variable name="bottom">18mm</xsl:variable>
<xsl:variable name="head-extent">12mm</xsl:variable>
<xsl:variable name="foot-extent">13mm</xsl:variable>

<xsl:attribute-set name="title">
  <xsl:attribute name="font-size">12pt</xsl:attribute>
  <xsl:attribute name="line-height">18pt</xsl:attribute>
  <xsl:attribute name="space-after">4pt</xsl:attribute>
</xsl:attribute-set>

<xsl:template match="h:div[@class = 'sheet']">
  <fo:table role="Div" table-layout="fixed" width="180mm" space-before="6pt">
    <fo:table-column column-width="90mm"/>
    <fo:table-column column-width="90mm"/>
    <fo:table-body role="Div">
      <xsl:for-each select="h:div[@class = 'label'][position() mod 2 = 1]">
        <fo:table-row role="Div" keep-together.within-page="always">
          <xsl:apply-templates select="." mode="label"/>
          <xsl:apply-templates select="following-sibling::h:div[@class = 'label'][1]" mode="label"/>
        </fo:table-row>
      </xsl:for-each>
    </fo:table-body>
  </fo:table>
</xsl:template>

<xsl:template match="h:div[@class = 'label']" mode="label">
  <fo:table-cell role="Div" height="50mm" padding="5mm" display-align="center" border="0.4pt dashed {$grey}">
    <xsl:for-each select="h:p">
      <fo:block text-align="center" text-indent="0pt">
        <xsl:call-template name="at"/>
        <xsl:choose>
          <xsl:when test="@class = 'mark'">
            <xsl:attribute name="font-family"><xsl:value-of select="$gothic"/></xsl:attribute>
            <!-- as large as the word allows: 80 mm for all of it -->
            <xsl:attribute name="font-size"><xsl:choose><xsl:when test="string-length(.) &gt; 5"><xsl:value-of select="floor(216 div string-length(.))"/></xsl:when><xsl:otherwise>40</xsl:otherwise></xsl:choose>pt</xsl:attribute>
            <xsl:attribute name="line-height">50pt</xsl:attribute>
          </xsl:when>
          <xsl:otherwise>
            <xsl:attribute name="font-size">9.5pt</xsl:attribute>
            <xsl:attribute name="line-height">14pt</xsl:attribute>
          </xsl:otherwise>
        </xsl:choose>
        <xsl:apply-templates/>
      </fo:block>
    </xsl:for-each>
  </fo:table-cell>
</xsl:template>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- 契約書: as a rule book; the date and both signature blocks, 甲 left and 乙 right, stay on one page. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format"
  xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:axf="http://www.antennahouse.com/names/XSL/Extensions"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="h">

<xsl:import href="rulebook.xsl"/>

<!-- a pledge is one page where it can be: no whole lines between its parts -->
<xsl:variable name="grid"><xsl:choose><xsl:when test="contains(concat(' ', /h:article/@class, ' '), ' pledge ')">none</xsl:when><xsl:otherwise>new</xsl:otherwise></xsl:choose></xsl:variable>

<xsl:template match="h:div[contains(concat(' ', @class, ' '), ' signatures ')]">
  <xsl:variable name="parties" select="h:div[contains(concat(' ', @class, ' '), ' party ')]"/>
  <fo:block keep-together.within-page="always" space-before="10pt">
    <xsl:for-each select="h:p"><fo:block text-indent="1em"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block></xsl:for-each>
    <fo:table role="Div" table-layout="fixed" space-before="10pt" text-indent="0pt">
      <!-- one signer alone stands at the right -->
      <xsl:attribute name="start-indent"><xsl:choose><xsl:when test="count($parties) = 1">220.5pt</xsl:when><xsl:otherwise>0pt</xsl:otherwise></xsl:choose></xsl:attribute>
      <xsl:attribute name="width"><xsl:choose><xsl:when test="count($parties) = 1">220.5pt</xsl:when><xsl:otherwise>441pt</xsl:otherwise></xsl:choose></xsl:attribute>
      <xsl:for-each select="$parties"><fo:table-column column-width="proportional-column-width(1)"/></xsl:for-each>
      <fo:table-body role="Div" start-indent="0pt">
        <fo:table-row role="Div" keep-together.within-page="always">
          <xsl:for-each select="$parties">
            <fo:table-cell role="Div" padding-right="10pt"><xsl:apply-templates select="*"/><xsl:if test="not(*)"><fo:block/></xsl:if></fo:table-cell>
          </xsl:for-each>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </fo:block>
</xsl:template>

<xsl:template match="h:div[contains(concat(' ', @class, ' '), ' party ')]/h:p" priority="3">
  <fo:block text-align="start" text-indent="0pt" start-indent="0pt"><xsl:call-template name="at"/>
    <!-- 甲　address, then name and representative under the address -->
    <xsl:if test="preceding-sibling::h:p and /h:article[not(contains(@class, 'pledge'))]"><xsl:attribute name="start-indent">2em</xsl:attribute></xsl:if>
    <xsl:apply-templates/>
  </fo:block>
</xsl:template>

<!-- a pledge is one page where it can be -->
<xsl:template match="h:p[@class = 'ki']">
  <fo:block text-align="center" text-indent="0pt" space-before="8.925pt" space-after="4pt" keep-with-next.within-page="always"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:p[@class = 'ijo']">
  <fo:block text-align="end" text-indent="0pt" space-before="4pt" keep-with-previous.within-page="always"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

</xsl:stylesheet>

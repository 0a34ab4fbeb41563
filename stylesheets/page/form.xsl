<?xml version="1.0" encoding="UTF-8"?>
<!-- 様式: ruled fields with spread labels, sections and open tables between them, signature cells, case and page at the foot. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format"
  xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:axf="http://www.antennahouse.com/names/XSL/Extensions"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="h">

<xsl:import href="common.xsl"/>

<xsl:variable name="grid">none</xsl:variable>

<xsl:variable name="top">66pt</xsl:variable>
<xsl:variable name="bottom">55pt</xsl:variable>
<xsl:variable name="foot-extent">47pt</xsl:variable>

<!-- what is signed stands on the page of its signature -->
<xsl:template match="h:div[@class = 'together']">
  <fo:block role="Div" keep-together.within-page="always"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

<!-- agreement and signature: a narrow table at the right -->
<xsl:template match="h:div[@class = 'sign']">
  <fo:table role="Div" table-layout="fixed" start-indent="185pt" width="256pt" space-before="6pt" keep-together.within-page="always">
    <fo:table-column column-width="256pt"/>
    <fo:table-body role="Div" start-indent="0pt"><fo:table-row role="Div">
      <fo:table-cell role="Div"><xsl:apply-templates select="h:table"/></fo:table-cell>
    </fo:table-row></fo:table-body>
  </fo:table>
</xsl:template>

</xsl:stylesheet>

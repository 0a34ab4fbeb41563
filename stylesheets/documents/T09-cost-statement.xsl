<?xml version="1.0" encoding="UTF-8"?>
<!-- 経費内訳書: sums of the three divisions, then every cost over the width of the page. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="generic.xsl"/>

<xsl:template match="group" mode="form" priority="2"/>

<xsl:template name="after">
  <h2 class="unnumbered"><xsl:value-of select="key('group', 'costs')/@label"/></h2>
  <xsl:for-each select="key('group', 'costs')">
    <xsl:call-template name="rows"><xsl:with-param name="class" select="'checks'"/></xsl:call-template>
  </xsl:for-each>
  <p class="note">計上する経費は、契約を締結した日以後に発注し、事業の期間中に支払を終えたものである。</p>
</xsl:template>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- 質問書: blanks to write in, the larger ones with room. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="generic.xsl"/>

<xsl:template match="field[not(value)]" mode="form" priority="2">
  <tr><th><xsl:value-of select="@label"/></th><td><xsl:choose>
    <xsl:when test="@type = 'prose'"><xsl:call-template name="lines"><xsl:with-param name="n" select="6"/></xsl:call-template></xsl:when>
    <xsl:when test="@type = 'date'"><xsl:apply-templates select="." mode="empty"/></xsl:when>
    <xsl:otherwise><xsl:text>　</xsl:text></xsl:otherwise>
  </xsl:choose></td></tr>
</xsl:template>

<xsl:template name="lines">
  <xsl:param name="n"/>
  <xsl:if test="$n &gt; 0">
    <p><span class="fill plain" data-width="30"/></p>
    <xsl:call-template name="lines"><xsl:with-param name="n" select="$n - 1"/></xsl:call-template>
  </xsl:if>
</xsl:template>

<xsl:template name="after"><p class="note">質問は、日本語により、公募要領に定める方法及び期限に従って提出する。</p></xsl:template>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- 質問書: blanks to write in, the larger ones with room. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="generic.xsl"/>

<xsl:template match="field[not(value)]" mode="form" priority="2">
  <tr><th><xsl:value-of select="@label"/></th><td><xsl:if test="@type = 'prose'"><xsl:attribute name="class">signature</xsl:attribute></xsl:if><xsl:choose>
    <xsl:when test="@type = 'date'"><xsl:apply-templates select="." mode="empty"/></xsl:when>
    <xsl:otherwise><xsl:text>　</xsl:text></xsl:otherwise>
  </xsl:choose></td></tr>
</xsl:template>

<xsl:template name="after"><p class="note">質問は、日本語により、公募要領に定める方法及び期限に従って提出する。</p></xsl:template>

</xsl:stylesheet>

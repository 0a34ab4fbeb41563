<?xml version="1.0" encoding="UTF-8"?>
<!-- 認証証明書（写し）: the whole certificate, of either kind, marked. Made only when asked for. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="C08-certificate-self-declaration.xsl"/>

<xsl:variable name="declared" select="$item/@type = 'self-declaration'"/>

<xsl:template name="subtitle"><p class="subtitle"><xsl:if test="$declared">（自己適合宣言）</xsl:if>（写し）</p></xsl:template>

<xsl:template name="sentence">
  <xsl:choose>
    <xsl:when test="$declared"><xsl:call-template name="declared-sentence"/></xsl:when>
    <xsl:otherwise><xsl:call-template name="full-sentence"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="rows">
  <xsl:choose>
    <xsl:when test="$declared"><xsl:call-template name="declared-rows"/></xsl:when>
    <xsl:otherwise><xsl:call-template name="full-rows"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

</xsl:stylesheet>

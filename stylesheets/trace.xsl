<?xml version="1.0" encoding="UTF-8"?>
<!-- The fields of a filled catalogue entry as rows, each value as papers print it: what build writes with trace. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="documents/lib.xsl"/>

<xsl:template match="/">
  <trace><xsl:apply-templates select="$entry/fields//field" mode="trace"/></trace>
</xsl:template>

<xsl:template match="field" mode="trace">
  <xsl:variable name="field" select="."/>
  <xsl:choose>
    <xsl:when test="not(value)"><xsl:call-template name="row"/></xsl:when>
    <!-- the first and the last day are printed as one -->
    <xsl:when test="@type = 'period'">
      <xsl:call-template name="row">
        <xsl:with-param name="at" select="value[1]/@at"/>
        <xsl:with-param name="text"><xsl:apply-templates select="." mode="values"/></xsl:with-param>
      </xsl:call-template>
    </xsl:when>
    <xsl:otherwise>
      <xsl:for-each select="value">
        <xsl:variable name="text"><xsl:apply-templates select="." mode="one"/></xsl:variable>
        <xsl:variable name="at" select="@at"/>
        <xsl:for-each select="$field">
          <xsl:call-template name="row"><xsl:with-param name="at" select="$at"/><xsl:with-param name="text" select="$text"/></xsl:call-template>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="row">
  <xsl:param name="at"/>
  <xsl:param name="text"/>
  <row document="{$entry/@id}" provision="{@provision}" field="{@id}" label="{@label}" at="{$at}"><xsl:value-of select="normalize-space($text)"/></row>
</xsl:template>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- Parts of drawings from kit data: boxes with one or two lines of text, arrows. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="kit.xsl"/>

<!-- a box; a long text is set smaller so that it stays inside -->
<xsl:template name="box">
  <xsl:param name="x"/>
  <xsl:param name="y"/>
  <xsl:param name="w"/>
  <xsl:param name="h"/>
  <xsl:param name="text"/>
  <xsl:param name="sub" select="''"/>
  <xsl:param name="strong" select="false()"/>
  <xsl:variable name="ink"><xsl:choose><xsl:when test="$strong">#ffffff</xsl:when><xsl:otherwise>#000000</xsl:otherwise></xsl:choose></xsl:variable>
  <svg:rect x="{$x}" y="{$y}" width="{$w}" height="{$h}" rx="3" stroke="#2f5d8c" stroke-width="1">
    <xsl:attribute name="fill"><xsl:choose><xsl:when test="$strong">#2f5d8c</xsl:when><xsl:otherwise>#ffffff</xsl:otherwise></xsl:choose></xsl:attribute>
  </svg:rect>
  <xsl:variable name="middle" select="$y + $h div 2 + 4"/>
  <xsl:call-template name="centred">
    <xsl:with-param name="x" select="$x + $w div 2"/><xsl:with-param name="w" select="$w - 10"/><xsl:with-param name="size" select="12"/><xsl:with-param name="ink" select="$ink"/>
    <xsl:with-param name="y"><xsl:choose><xsl:when test="$sub != ''"><xsl:value-of select="$middle - 8"/></xsl:when><xsl:otherwise><xsl:value-of select="$middle"/></xsl:otherwise></xsl:choose></xsl:with-param>
    <xsl:with-param name="text" select="$text"/>
  </xsl:call-template>
  <xsl:if test="$sub != ''">
    <xsl:call-template name="centred">
      <xsl:with-param name="x" select="$x + $w div 2"/><xsl:with-param name="w" select="$w - 10"/><xsl:with-param name="size" select="9.5"/><xsl:with-param name="ink" select="$ink"/>
      <xsl:with-param name="y" select="$middle + 9"/><xsl:with-param name="text" select="$sub"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>

<xsl:template name="centred">
  <xsl:param name="x"/>
  <xsl:param name="y"/>
  <xsl:param name="w"/>
  <xsl:param name="size"/>
  <xsl:param name="text"/>
  <xsl:param name="ink" select="'#000000'"/>
  <xsl:variable name="fits" select="$w div string-length($text)"/>
  <xsl:variable name="used"><xsl:choose><xsl:when test="$fits &lt; $size"><xsl:value-of select="floor($fits * 10) div 10"/></xsl:when><xsl:otherwise><xsl:value-of select="$size"/></xsl:otherwise></xsl:choose></xsl:variable>
  <svg:text x="{$x}" y="{$y}" font-size="{$used}" text-anchor="middle" fill="{$ink}"><xsl:value-of select="$text"/></svg:text>
</xsl:template>

<!-- a straight arrow, to the right or down -->
<xsl:template name="right">
  <xsl:param name="x"/>
  <xsl:param name="y"/>
  <xsl:param name="to"/>
  <svg:line x1="{$x}" y1="{$y}" x2="{$to - 6}" y2="{$y}" stroke="#000000" stroke-width="1.2"/>
  <svg:polygon points="{$to},{$y} {$to - 8},{$y - 4} {$to - 8},{$y + 4}" fill="#000000"/>
</xsl:template>
<xsl:template name="down">
  <xsl:param name="x"/>
  <xsl:param name="y"/>
  <xsl:param name="to"/>
  <svg:line x1="{$x}" y1="{$y}" x2="{$x}" y2="{$to - 6}" stroke="#000000" stroke-width="1.2"/>
  <svg:polygon points="{$x},{$to} {$x - 4},{$to - 8} {$x + 4},{$to - 8}" fill="#000000"/>
</xsl:template>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- 現地審査日程表: the days as bars from 9 to 18 o'clock, then the generic table. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="generic.xsl"/>

<xsl:variable name="slots" select="$case/plans/plan[last()]/schedule/slot"/>
<!-- the slots that begin a new day -->
<xsl:variable name="days" select="$slots[not(substring(@start, 1, 10) = substring(preceding-sibling::slot[1]/@start, 1, 10))]"/>
<xsl:variable name="left" select="80"/>
<xsl:variable name="hour" select="38"/>

<xsl:template name="hours">
  <xsl:param name="h"/>
  <xsl:variable name="x" select="$left + ($h - 9) * $hour"/>
  <svg:line x1="{$x}" y1="18" x2="{$x}" y2="{20 + 26 * count($days)}" stroke="#999" stroke-width="0.4"/>
  <svg:text x="{$x}" y="13" font-size="8" text-anchor="middle"><xsl:value-of select="$h"/>時</svg:text>
  <xsl:if test="$h &lt; 18"><xsl:call-template name="hours"><xsl:with-param name="h" select="$h + 1"/></xsl:call-template></xsl:if>
</xsl:template>

<xsl:template name="head">
  <figure>
    <svg:svg width="440" height="{24 + 26 * count($days)}" viewBox="0 0 440 {24 + 26 * count($days)}" role="img">
      <svg:title>日程</svg:title>
      <xsl:call-template name="hours"><xsl:with-param name="h" select="9"/></xsl:call-template>
      <xsl:for-each select="$days">
        <xsl:variable name="y" select="20 + 26 * (position() - 1)"/>
        <xsl:variable name="day" select="substring(@start, 1, 10)"/>
        <svg:text x="0" y="{$y + 16}" font-size="9"><xsl:value-of select="bn:date($day)"/></svg:text>
        <xsl:for-each select="$slots[substring(@start, 1, 10) = $day]">
          <xsl:variable name="s" select="@start"/>
          <xsl:variable name="e" select="@end"/>
          <xsl:variable name="from" select="substring($s, 12, 2) + substring($s, 15, 2) div 60"/>
          <xsl:variable name="until" select="substring($e, 12, 2) + substring($e, 15, 2) div 60"/>
          <svg:rect x="{$left + ($from - 9) * $hour}" y="{$y + 4}" width="{($until - $from) * $hour}" height="18" fill="#dbe5f1" stroke="#1f3864" stroke-width="0.6"/>
          <svg:text x="{$left + ($from - 9) * $hour + 5}" y="{$y + 16}" font-size="8"><xsl:value-of select="substring(., 1, 24)"/></svg:text>
        </xsl:for-each>
      </xsl:for-each>
    </svg:svg>
  </figure>
</xsl:template>

</xsl:stylesheet>

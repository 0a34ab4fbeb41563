<?xml version="1.0" encoding="UTF-8"?>
<!-- 現地審査日程表: a bar a slot over the hours of the day, then the generic table. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="generic.xsl"/>

<xsl:variable name="slots" select="$case/plans/plan[last()]/schedule/slot"/>
<xsl:variable name="left" select="80"/>
<xsl:variable name="right" select="432"/>
<xsl:variable name="bar" select="20"/>
<!-- whole hours, at least nine to eighteen -->
<xsl:variable name="first">
  <xsl:for-each select="$slots"><xsl:sort select="substring(@start, 12, 2)" data-type="number"/><xsl:if test="position() = 1"><xsl:value-of select="substring(@start, 12, 2)"/></xsl:if></xsl:for-each>
</xsl:variable>
<xsl:variable name="last">
  <xsl:for-each select="$slots"><xsl:sort select="substring(@end, 12, 2)" data-type="number" order="descending"/><xsl:if test="position() = 1"><xsl:value-of select="substring(@end, 12, 2) + 1"/></xsl:if></xsl:for-each>
</xsl:variable>
<xsl:variable name="from"><xsl:choose><xsl:when test="$first &lt; 9"><xsl:value-of select="number($first)"/></xsl:when><xsl:otherwise>9</xsl:otherwise></xsl:choose></xsl:variable>
<xsl:variable name="until"><xsl:choose><xsl:when test="$last &gt; 18"><xsl:value-of select="number($last)"/></xsl:when><xsl:otherwise>18</xsl:otherwise></xsl:choose></xsl:variable>
<xsl:variable name="hour" select="($right - $left) div ($until - $from)"/>

<xsl:template name="hours">
  <xsl:param name="h"/>
  <xsl:variable name="x" select="$left + ($h - $from) * $hour"/>
  <svg:line x1="{$x}" y1="18" x2="{$x}" y2="{20 + $bar * count($slots)}" stroke="#999999" stroke-width="0.4"/>
  <svg:text x="{$x}" y="13" font-size="8" text-anchor="middle"><xsl:value-of select="$h"/>時</svg:text>
  <xsl:if test="$h &lt; $until"><xsl:call-template name="hours"><xsl:with-param name="h" select="$h + 1"/></xsl:call-template></xsl:if>
</xsl:template>

<!-- a bar a slot, in the order of the plan; the day stands at the first of its slots. Words that a bar has no room for stand behind it,
     or before it when it ends late. -->
<xsl:template name="head">
  <xsl:if test="$slots">
  <figure>
    <svg:svg width="440pt" height="{24 + $bar * count($slots)}pt" viewBox="0 0 440 {24 + $bar * count($slots)}" role="img">
      <svg:title>日程</svg:title>
      <xsl:call-template name="hours"><xsl:with-param name="h" select="$from"/></xsl:call-template>
      <xsl:for-each select="$slots">
        <xsl:variable name="y" select="20 + $bar * (position() - 1)"/>
        <xsl:variable name="begins" select="substring(@start, 12, 2) + substring(@start, 15, 2) div 60"/>
        <xsl:variable name="ends" select="substring(@end, 12, 2) + substring(@end, 15, 2) div 60"/>
        <xsl:variable name="x" select="$left + ($begins - $from) * $hour"/>
        <xsl:variable name="w" select="($ends - $begins) * $hour"/>
        <xsl:variable name="words">
          <xsl:choose>
            <xsl:when test="string-length(.) &lt;= 24 or 8 * string-length(.) + 10 &lt;= $w"><xsl:value-of select="."/></xsl:when>
            <xsl:otherwise><xsl:value-of select="substring(., 1, 24)"/>…</xsl:otherwise>
          </xsl:choose>
        </xsl:variable>
        <xsl:variable name="need" select="8 * string-length($words) + 10"/>
        <xsl:if test="not(substring(@start, 1, 10) = substring(preceding-sibling::slot[1]/@start, 1, 10))">
          <svg:text x="0" y="{$y + 13.5}" font-size="9"><xsl:value-of select="bn:date(substring(@start, 1, 10))"/></svg:text>
          <svg:line x1="0" y1="{$y}" x2="{$right}" y2="{$y}" stroke="#999999" stroke-width="0.4"/>
        </xsl:if>
        <svg:rect x="{$x}" y="{$y + 3}" width="{$w}" height="{$bar - 6}" fill="#dbe5f1" stroke="#1f3864" stroke-width="0.6"/>
        <xsl:choose>
          <xsl:when test="$need &lt;= $w or $x + $w + $need &gt; $right and $x - $need &lt; $left"><svg:text x="{$x + 5}" y="{$y + 13}" font-size="8"><xsl:value-of select="$words"/></svg:text></xsl:when>
          <xsl:when test="$x + $w + $need &lt;= $right"><svg:text x="{$x + $w + 4}" y="{$y + 13}" font-size="8"><xsl:value-of select="$words"/></svg:text></xsl:when>
          <xsl:otherwise><svg:text x="{$x - 4}" y="{$y + 13}" font-size="8" text-anchor="end"><xsl:value-of select="$words"/></svg:text></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </svg:svg>
  </figure>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>

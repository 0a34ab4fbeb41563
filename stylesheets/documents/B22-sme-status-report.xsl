<?xml version="1.0" encoding="UTF-8"?>
<!-- 中小企業者に係る実施状況報告書: the generic form, then counts by fiscal year as a table and as bars. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="generic.xsl"/>

<xsl:variable name="cases" select="/input/register/case[@sme = 'yes']"/>
<xsl:variable name="guidance" select="bn:among(/input/register/guidance/@case, $cases/@case)/.."/>
<xsl:variable name="last" select="bn:max-date($cases/@applied, $cases/@decided, $guidance/@date)"/>

<!-- what happened in a fiscal year -->
<xsl:key name="applied" match="register/case[@sme = 'yes']/@applied" use="bn:date(., 'fiscal-year')"/>
<xsl:key name="decided" match="register/case[@sme = 'yes']/@decided" use="bn:date(., 'fiscal-year')"/>
<xsl:key name="guided" match="register/guidance/@date" use="bn:date(., 'fiscal-year')"/>

<!-- a row for the fiscal year of the day, and those after it -->
<xsl:template name="years">
  <xsl:param name="day"/>
  <xsl:variable name="year" select="bn:date($day, 'fiscal-year')"/>
  <xsl:variable name="decided" select="key('decided', $year)/.."/>
  <xsl:variable name="guided" select="bn:among(key('guided', $year)/../@case, $cases/@case)"/>
  <xsl:if test="key('applied', $year) or $decided or $guided">
    <tr>
      <td><xsl:value-of select="$year"/></td>
      <td class="num"><xsl:value-of select="count(key('applied', $year))"/></td>
      <td class="num"><xsl:value-of select="count($decided[@result = 'grant'])"/></td>
      <td class="num"><xsl:value-of select="count($decided[@result = 'refuse'])"/></td>
      <td class="num"><xsl:value-of select="count($guided)"/></td>
    </tr>
  </xsl:if>
  <xsl:if test="$year != bn:date($last, 'fiscal-year')"><xsl:call-template name="years"><xsl:with-param name="day" select="bn:add-years($day, 1)"/></xsl:call-template></xsl:if>
</xsl:template>

<xsl:template name="after">
  <h2 class="unnumbered">年度ごとの件数</h2>
  <table class="list">
    <thead><tr><th>年度</th><th class="num">申込み</th><th class="num">付与</th><th class="num">不付与</th><th class="num">指導助言</th></tr></thead>
    <tbody>
      <xsl:if test="$last != ''"><xsl:call-template name="years"><xsl:with-param name="day" select="bn:min-date($cases/@applied, $cases/@decided, $guidance/@date)"/></xsl:call-template></xsl:if>
    </tbody>
  </table>
  <h2 class="unnumbered">件数の内訳</h2>
  <figure>
    <svg:svg width="420pt" height="130pt" viewBox="0 0 420 130" role="img">
      <svg:title>件数</svg:title>
      <xsl:variable name="counts" select="$entry/fields/field[@type = 'integer']"/>
      <xsl:for-each select="$counts">
        <xsl:variable name="widest">
          <xsl:for-each select="$counts"><xsl:sort select="value" data-type="number" order="descending"/><xsl:if test="position() = 1"><xsl:value-of select="value"/></xsl:if></xsl:for-each>
        </xsl:variable>
        <xsl:variable name="y" select="6 + 24 * (position() - 1)"/>
        <xsl:variable name="n" select="number(value)"/>
        <svg:text x="0" y="{$y + 13}" font-size="9"><xsl:value-of select="substring-before(@label, '（')"/></svg:text>
        <xsl:if test="$n &gt; 0"><svg:rect x="70" y="{$y}" width="{300 * $n div $widest}" height="18" fill="#dbe5f1" stroke="#1f3864" stroke-width="0.6"/></xsl:if>
        <svg:text x="{76 + 300 * $n div (number($widest) + ($widest = 0))}" y="{$y + 13}" font-size="9"><xsl:value-of select="$n"/></svg:text>
      </xsl:for-each>
    </svg:svg>
  </figure>
</xsl:template>

</xsl:stylesheet>

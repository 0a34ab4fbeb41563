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
<xsl:variable name="guidance" select="/input/register/guidance[@case = $cases/@case]"/>
<xsl:variable name="days" select="$cases/@applied | $cases/@decided | $guidance/@date"/>

<xsl:key name="year" match="register/case[@sme = 'yes']/@applied | register/case[@sme = 'yes']/@decided | register/guidance/@date" use="bn:date(., 'fiscal-year')"/>

<!-- the days that stand for a fiscal year: the first of each; sorted by date where used -->
<xsl:variable name="years" select="$days[generate-id() = generate-id(key('year', bn:date(., 'fiscal-year'))[1])]"/>

<xsl:template name="after">
  <h2 class="unnumbered">年度ごとの件数</h2>
  <table class="list">
    <thead><tr><th>年度</th><th class="num">申込み</th><th class="num">付与</th><th class="num">不付与</th><th class="num">指導助言</th></tr></thead>
    <tbody>
      <xsl:for-each select="$years"><xsl:sort select="."/>
        <xsl:variable name="year" select="bn:date(., 'fiscal-year')"/>
        <tr>
          <td><xsl:value-of select="$year"/></td>
          <td class="num"><xsl:value-of select="count($cases[@applied][bn:date(@applied, 'fiscal-year') = $year])"/></td>
          <td class="num"><xsl:value-of select="count($cases[@result = 'grant' and @decided][bn:date(@decided, 'fiscal-year') = $year])"/></td>
          <td class="num"><xsl:value-of select="count($cases[@result = 'refuse' and @decided][bn:date(@decided, 'fiscal-year') = $year])"/></td>
          <td class="num"><xsl:value-of select="count($guidance[bn:date(@date, 'fiscal-year') = $year])"/></td>
        </tr>
      </xsl:for-each>
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

<?xml version="1.0" encoding="UTF-8"?>
<!-- 報告ルート・対応体制図: finder, superior or manager, management; who helps; whom to tell. Names from the kit. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="kit-figure.xsl"/>

<xsl:variable name="manager" select="$kit/manager/person"/>
<xsl:variable name="top" select="$kit/company/representative/person"/>

<xsl:template match="/">
  <article class="figure" lang="ja">
    <xsl:call-template name="running"/>
    <h1><xsl:call-template name="title"/></h1>
    <figure data-at="{bn:at($manager)}">
      <svg:svg width="728pt" height="300pt" viewBox="0 0 728 300">
        <svg:title>報告ルート：発見者から上長又は管理責任者（<xsl:value-of select="concat($manager/@title, '　', $manager)"/>）へ、管理責任者から<xsl:value-of select="concat($top/@title, '　', $top)"/>へ報告し、関係部署が対応し、取引先、情報の委託元、監督省庁、消費者、警察に公表・報告する。</svg:title>
        <xsl:call-template name="box"><xsl:with-param name="x" select="1"/><xsl:with-param name="y" select="70"/><xsl:with-param name="w" select="90"/><xsl:with-param name="h" select="56"/><xsl:with-param name="text" select="'発見者'"/><xsl:with-param name="sub" select="'従業員等'"/></xsl:call-template>
        <svg:line x1="91" y1="98" x2="112" y2="98" stroke="#000000" stroke-width="1.2"/>
        <svg:line x1="112" y1="40" x2="112" y2="140" stroke="#000000" stroke-width="1.2"/>
        <xsl:call-template name="right"><xsl:with-param name="x" select="112"/><xsl:with-param name="y" select="40"/><xsl:with-param name="to" select="136"/></xsl:call-template>
        <xsl:call-template name="right"><xsl:with-param name="x" select="112"/><xsl:with-param name="y" select="140"/><xsl:with-param name="to" select="136"/></xsl:call-template>
        <xsl:call-template name="box"><xsl:with-param name="x" select="136"/><xsl:with-param name="y" select="12"/><xsl:with-param name="w" select="150"/><xsl:with-param name="h" select="56"/><xsl:with-param name="text" select="'上長'"/></xsl:call-template>
        <svg:text x="150" y="94" font-size="9.5">又は</svg:text>
        <xsl:call-template name="down"><xsl:with-param name="x" select="211"/><xsl:with-param name="y" select="68"/><xsl:with-param name="to" select="112"/></xsl:call-template>
        <xsl:call-template name="box"><xsl:with-param name="x" select="136"/><xsl:with-param name="y" select="112"/><xsl:with-param name="w" select="150"/><xsl:with-param name="h" select="56"/><xsl:with-param name="text" select="'管理責任者'"/><xsl:with-param name="sub" select="concat($manager/@title, '　', $manager)"/><xsl:with-param name="strong" select="true()"/></xsl:call-template>
        <xsl:call-template name="right"><xsl:with-param name="x" select="286"/><xsl:with-param name="y" select="140"/><xsl:with-param name="to" select="340"/></xsl:call-template>
        <svg:text x="313" y="132" font-size="8.5" text-anchor="middle">速やかに</svg:text>
        <xsl:call-template name="box"><xsl:with-param name="x" select="340"/><xsl:with-param name="y" select="112"/><xsl:with-param name="w" select="170"/><xsl:with-param name="h" select="56"/><xsl:with-param name="text" select="'経営者・経営層'"/><xsl:with-param name="sub" select="concat($top/@title, '　', $top)"/><xsl:with-param name="strong" select="true()"/></xsl:call-template>
        <xsl:call-template name="down"><xsl:with-param name="x" select="211"/><xsl:with-param name="y" select="168"/><xsl:with-param name="to" select="220"/></xsl:call-template>
        <xsl:call-template name="down"><xsl:with-param name="x" select="425"/><xsl:with-param name="y" select="168"/><xsl:with-param name="to" select="220"/></xsl:call-template>
        <xsl:call-template name="box"><xsl:with-param name="x" select="136"/><xsl:with-param name="y" select="220"/><xsl:with-param name="w" select="374"/><xsl:with-param name="h" select="62"/><xsl:with-param name="text" select="'総務、情報システム、広報、法務等の関係部署・担当'"/><xsl:with-param name="sub" select="concat('（', $kit/committee-name, '）必要最小限の人数で対応し、秘密の保持を徹底する。')"/></xsl:call-template>
        <svg:text x="560" y="132" font-size="8.5" text-anchor="middle">公表・報告</svg:text>
        <svg:line x1="510" y1="140" x2="596" y2="140" stroke="#000000" stroke-width="1.2"/>
        <svg:line x1="596" y1="32" x2="596" y2="256" stroke="#000000" stroke-width="1.2"/>
        <xsl:call-template name="outside"><xsl:with-param name="y" select="12"/><xsl:with-param name="text" select="'取引先'"/></xsl:call-template>
        <xsl:call-template name="outside"><xsl:with-param name="y" select="68"/><xsl:with-param name="text" select="'情報の委託元'"/></xsl:call-template>
        <xsl:call-template name="outside"><xsl:with-param name="y" select="124"/><xsl:with-param name="text" select="'監督省庁'"/></xsl:call-template>
        <xsl:call-template name="outside"><xsl:with-param name="y" select="180"/><xsl:with-param name="text" select="'消費者'"/></xsl:call-template>
        <xsl:call-template name="outside"><xsl:with-param name="y" select="236"/><xsl:with-param name="text" select="'警察'"/></xsl:call-template>
      </svg:svg>
    </figure>
    <table>
      <caption>連絡先</caption>
      <colgroup><col data-width="16mm"/><col data-width="1*"/><col data-width="1*"/></colgroup>
      <thead><tr><th class="num">順位</th><th>役職</th><th>氏名</th></tr></thead>
      <tbody>
        <xsl:for-each select="$kit/contacts/person">
          <tr data-at="{bn:at(.)}"><td class="num"><xsl:value-of select="position()"/></td><td><xsl:value-of select="@title"/></td><td><xsl:value-of select="."/></td></tr>
        </xsl:for-each>
      </tbody>
    </table>
  </article>
</xsl:template>

<xsl:template name="outside">
  <xsl:param name="y"/>
  <xsl:param name="text"/>
  <xsl:call-template name="right"><xsl:with-param name="x" select="596"/><xsl:with-param name="y" select="$y + 20"/><xsl:with-param name="to" select="618"/></xsl:call-template>
  <xsl:call-template name="box"><xsl:with-param name="x" select="618"/><xsl:with-param name="y" select="$y"/><xsl:with-param name="w" select="108"/><xsl:with-param name="h" select="40"/><xsl:with-param name="text" select="$text"/></xsl:call-template>
</xsl:template>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- 情報管理の進め方: nine steps in three stages; a kit adds what it holds of each. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:d="urn:bunsho:data"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn d">

<xsl:import href="lib.xsl"/>

<xsl:variable name="kit" select="/input/client-kit"/>

<xsl:variable name="steps">
  <d:stage name="対策の準備"><d:step no="①" name="重要情報の特定"/><d:step no="②" name="識別・対策の整理"/><d:step no="③" name="管理者の選任"/></d:stage>
  <d:stage name="実施・見直し"><d:step no="④" name="管理プロセスの策定"/><d:step no="⑤" name="従業員の教育"/><d:step no="⑥" name="事故の報告ルール"/></d:stage>
  <d:stage name="具体的対策"><d:step no="⑦" name="人的アクセスの制限"/><d:step no="⑧" name="物理的な保管"/><d:step no="⑨" name="電子的な保管"/></d:stage>
</xsl:variable>

<!-- what the kit holds for a step, in a few words -->
<xsl:template name="held">
  <xsl:param name="no"/>
  <xsl:choose>
    <xsl:when test="$no = '①'"><xsl:if test="$kit/assets/asset">目録　<xsl:value-of select="count($kit/assets/asset)"/>件</xsl:if></xsl:when>
    <xsl:when test="$no = '②'"><xsl:if test="$kit/classifications/classification">分類　<xsl:value-of select="bn:join($kit/classifications/classification/mark, '・')"/></xsl:if></xsl:when>
    <xsl:when test="$no = '③'"><xsl:value-of select="$kit/manager/person/@title"/></xsl:when>
    <xsl:when test="$no = '④'"><xsl:if test="$kit/parameters/param[@name = 'effective-date']">規程　<xsl:value-of select="bn:date($kit/parameters/param[@name = 'effective-date'])"/></xsl:if></xsl:when>
    <xsl:when test="$no = '⑤'"><xsl:value-of select="$kit/training-program[1]/@frequency"/></xsl:when>
    <xsl:when test="$no = '⑥'"><xsl:if test="$kit/contacts/person">報告先　<xsl:value-of select="$kit/contacts/person[1]/@title"/></xsl:if></xsl:when>
    <xsl:when test="$no = '⑦'"><xsl:if test="$kit/access-holders/holder">アクセス権者　<xsl:value-of select="count($kit/access-holders/holder)"/>名</xsl:if></xsl:when>
    <xsl:when test="$no = '⑧'"><xsl:if test="$kit/keys/key">鍵　<xsl:value-of select="count($kit/keys/key)"/>か所</xsl:if></xsl:when>
    <xsl:when test="$no = '⑨'"><xsl:if test="$kit/assets/asset[@form = 'electronic']">電子情報　<xsl:value-of select="count($kit/assets/asset[@form = 'electronic'])"/>件</xsl:if></xsl:when>
  </xsl:choose>
</xsl:template>

<xsl:template match="/">
  <article class="figure report plain" lang="ja">
    <h1><xsl:value-of select="$entry/title[@lang = 'ja']"/></h1>
    <p class="right"><xsl:for-each select="key('field', 'name')"><xsl:apply-templates select="." mode="values"/></xsl:for-each></p>
    <figure>
      <svg:svg width="441pt" height="300pt" viewBox="0 0 441 300" role="img">
        <svg:title>準備（①から③まで）、実施・見直し（④から⑥まで）、具体的対策（⑦から⑨まで）の順に進め、見直しを繰り返す。</svg:title>
        <xsl:for-each select="document('')/xsl:stylesheet/xsl:variable[@name = 'steps']/d:stage">
          <xsl:variable name="y" select="(position() - 1) * 100"/>
          <svg:rect x="0.5" y="{$y + 10.5}" width="440" height="72" fill="#f2f5f9" stroke="#9aa9bd" stroke-width="0.5"/>
          <svg:text x="36" y="{$y + 50}" font-size="9.5" text-anchor="middle"><xsl:value-of select="@name"/></svg:text>
          <xsl:for-each select="d:step">
            <xsl:variable name="x" select="72 + (position() - 1) * 123"/>
            <xsl:variable name="held"><xsl:call-template name="held"><xsl:with-param name="no" select="@no"/></xsl:call-template></xsl:variable>
            <svg:rect x="{$x}" y="{$y + 20}" width="112" height="52" fill="#ffffff" stroke="#1f3864" stroke-width="0.8"/>
            <svg:text x="{$x + 56}" y="{$y + 41}" font-size="10" text-anchor="middle"><xsl:value-of select="concat(@no, ' ', @name)"/></svg:text>
            <xsl:if test="$held != ''"><svg:text x="{$x + 56}" y="{$y + 60}" font-size="7.5" text-anchor="middle" fill="#1f3864"><xsl:value-of select="substring($held, 1, 15)"/></svg:text></xsl:if>
          </xsl:for-each>
          <xsl:if test="position() &lt; 3">
            <svg:path d="M 240 {$y + 84} L 252 {$y + 84} L 252 {$y + 96} L 260 {$y + 96} L 246 {$y + 108} L 232 {$y + 96} L 240 {$y + 96} Z" fill="#1f3864"/>
          </xsl:if>
        </xsl:for-each>
      </svg:svg>
    </figure>
    <p>①から③までにより対策の準備をし、④から⑥までを実施して、情報の活用の仕方及び従業員の管理の状況の変化に応じて見直す。⑦から⑨までは、情報の態様（保管容器に保管することができる物、保管することが困難な製造装置等、電子情報）に応じて実施する。</p>
    <p>①から⑨までは、認証を受けるために必ず実施する事項である。</p>
  </article>
</xsl:template>

</xsl:stylesheet>

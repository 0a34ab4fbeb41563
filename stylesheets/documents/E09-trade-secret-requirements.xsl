<?xml version="1.0" encoding="UTF-8"?>
<!-- 「営業秘密」の三要件: reference figure. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:d="urn:bunsho:data"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn d">

<xsl:import href="lib.xsl"/>

<xsl:variable name="parts">
  <d:part name="秘密管理性"><d:line>① 秘密として管理する意思が、</d:line><d:line>　 従業員等に示されている。</d:line><d:line>② 従業員等が、秘密であると</d:line><d:line>　 認識することができる。</d:line></d:part>
  <d:part name="有用性"><d:line>事業活動に役立つ技術上</d:line><d:line>又は営業上の情報である。</d:line><d:line>失敗した実験の記録も</d:line><d:line>含まれ得る。</d:line></d:part>
  <d:part name="非公知性"><d:line>公然と知られていない。</d:line><d:line>刊行物又は製品の調査から</d:line><d:line>容易に知られるものは</d:line><d:line>当たらない。</d:line></d:part>
</xsl:variable>

<xsl:template match="/">
  <article class="figure report plain" lang="ja">
    <h1><xsl:value-of select="$entry/title[@lang = 'ja']"/></h1>
    <p class="right"><xsl:for-each select="key('field', 'name')"><xsl:apply-templates select="." mode="values"/></xsl:for-each></p>
    <figure>
      <svg:svg width="441pt" height="210pt" viewBox="0 0 441 210" role="img">
        <svg:title>秘密管理性、有用性及び非公知性の全てを満たす情報が営業秘密として保護される。</svg:title>
        <xsl:for-each select="document('')/xsl:stylesheet/xsl:variable[@name = 'parts']/d:part">
          <xsl:variable name="x" select="(position() - 1) * 150"/>
          <svg:rect x="{$x + 0.5}" y="0.5" width="140" height="26" fill="#1f3864"/>
          <svg:text x="{$x + 70}" y="18" font-size="11" text-anchor="middle" fill="#ffffff"><xsl:value-of select="@name"/></svg:text>
          <svg:rect x="{$x + 0.5}" y="26.5" width="140" height="84" fill="#ffffff" stroke="#1f3864" stroke-width="0.8"/>
          <xsl:for-each select="d:line"><svg:text x="{$x + 8}" y="{28 + position() * 18}" font-size="9"><xsl:value-of select="."/></svg:text></xsl:for-each>
          <svg:line x1="{$x + 70}" y1="111" x2="{$x + 70}" y2="134" stroke="#1f3864" stroke-width="0.8"/>
        </xsl:for-each>
        <svg:line x1="70" y1="134" x2="370" y2="134" stroke="#1f3864" stroke-width="0.8"/>
        <svg:path d="M 214 134 L 226 134 L 226 150 L 233 150 L 220 162 L 207 150 L 214 150 Z" fill="#1f3864"/>
        <svg:rect x="110.5" y="166.5" width="220" height="34" fill="#f2f5f9" stroke="#1f3864" stroke-width="0.8"/>
        <svg:text x="220" y="188" font-size="11" text-anchor="middle">「営業秘密」として法的に保護される</svg:text>
      </svg:svg>
    </figure>
    <p>三つの要件の全てを満たす情報は、不正競争防止法（平成5年法律第47号）第2条第6項の営業秘密として、不正な取得、使用又は開示から保護される。</p>
    <p>秘密管理性は、情報に「社外秘」等の表示をし、アクセスすることができる者を限り、規程及び誓約書により秘密であることを示すことによって備わる。情報管理規程及び目録は、その証拠となる。</p>
  </article>
</xsl:template>

</xsl:stylesheet>

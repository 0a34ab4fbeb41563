<?xml version="1.0" encoding="UTF-8"?>
<!-- 事故発生時の対応フロー: three steps, evidence under all of them, and what is done in each. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="kit-figure.xsl"/>

<xsl:template match="/">
  <article class="figure" lang="ja">
    <xsl:call-template name="running"/>
    <h1><xsl:call-template name="title"/></h1>
    <figure>
      <svg:svg width="728pt" height="150pt" viewBox="0 0 728 150">
        <svg:title>対応の流れ：(1) 兆候の把握・疑いの確認、(2) 初動対応、(3) 責任追及。(4) 証拠保全・証拠収集は全ての過程で行う。</svg:title>
        <xsl:call-template name="chevron"><xsl:with-param name="x" select="4"/><xsl:with-param name="text" select="'(1) 兆候の把握・疑いの確認'"/></xsl:call-template>
        <xsl:call-template name="chevron"><xsl:with-param name="x" select="246"/><xsl:with-param name="text" select="'(2) 初動対応'"/></xsl:call-template>
        <xsl:call-template name="chevron"><xsl:with-param name="x" select="488"/><xsl:with-param name="text" select="'(3) 責任追及'"/></xsl:call-template>
        <xsl:call-template name="box"><xsl:with-param name="x" select="4"/><xsl:with-param name="y" select="94"/><xsl:with-param name="w" select="720"/><xsl:with-param name="h" select="44"/><xsl:with-param name="text" select="'(4) 証拠保全・証拠収集'"/></xsl:call-template>
      </svg:svg>
    </figure>
    <table>
      <colgroup><col data-width="42mm"/><col data-width="3*"/><col data-width="1.2*"/></colgroup>
      <thead><tr><th>段階</th><th>行うこと</th><th>統括する者</th></tr></thead>
      <tbody>
        <tr><td>(1) 兆候の把握・疑いの確認</td><td>報告された兆候について、その状況が正しいかどうかを確認する。日頃から通常の状態を把握しておく。</td><xsl:call-template name="manager"/></tr>
        <tr><td>(2) 初動対応</td><td>時系列で、いつ、誰が、何を、どのようにしたかを把握する。自社、取引先、顧客、一般の消費者等への被害及び影響を検証する。更なる拡散の防止、法律に基づく監督省庁等への報告、公表等を行う。</td><xsl:call-template name="manager"/></tr>
        <tr><td>(3) 責任追及</td><td>不正競争防止法その他の法令に違反する疑いがあるときは、都道府県警察への相談を検討し、損失の回復及び再発の防止を図る。</td>
          <td data-at="{bn:at($kit/company/representative/person)}"><xsl:value-of select="concat($kit/company/representative/person/@title, '　', $kit/company/representative/person)"/></td></tr>
        <tr><td>(4) 証拠保全・証拠収集</td><td>各過程において、漏えいの事実を裏付ける証拠を保全し、収集する。</td><xsl:call-template name="manager"/></tr>
      </tbody>
    </table>
    <p class="note">段階の区分は、「秘密情報の保護ハンドブック」（平成28年2月）の考え方を参考にした。</p>
  </article>
</xsl:template>

<xsl:template name="manager">
  <td data-at="{bn:at($kit/manager/person)}">管理責任者（<xsl:value-of select="concat($kit/manager/person/@title, '　', $kit/manager/person)"/>）</td>
</xsl:template>

<xsl:template name="chevron">
  <xsl:param name="x"/>
  <xsl:param name="text"/>
  <svg:polygon points="{$x},10 {$x + 206},10 {$x + 234},45 {$x + 206},80 {$x},80 {$x + 28},45" fill="#2f5d8c"/>
  <xsl:call-template name="centred"><xsl:with-param name="x" select="$x + 122"/><xsl:with-param name="y" select="49"/><xsl:with-param name="w" select="176"/><xsl:with-param name="size" select="13"/><xsl:with-param name="text" select="$text"/><xsl:with-param name="ink" select="'#ffffff'"/></xsl:call-template>
</xsl:template>

</xsl:stylesheet>

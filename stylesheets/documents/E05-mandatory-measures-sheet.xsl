<?xml version="1.0" encoding="UTF-8"?>
<!-- 必要最低限の措置（義務項目）: what a small enterprise has to do first, from the edition. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:d="urn:bunsho:data"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn d">

<xsl:import href="lib.xsl"/>

<xsl:variable name="word"><xsl:choose><xsl:when test="$edition/@id = 'e2018'">必要最低限の措置</xsl:when><xsl:otherwise>義務項目</xsl:otherwise></xsl:choose></xsl:variable>

<!-- what each nature of measure comes to in practice; the text of the criteria stays with the edition -->
<xsl:variable name="natures">
  <d:n of="organizational" do="責任者を定め、対象とする情報と関わる者を明らかにする。" record="目録、任命書、アクセス権者管理簿"/>
  <d:n of="process" do="作成から廃棄までの手順を定め、手順に従って取り扱い、記録する。" record="規程、管理簿、報告の記録"/>
  <d:n of="training" do="従業員等に教育を行い、受講の状況を記録する。" record="教育の計画、受講記録"/>
  <d:n of="physical" do="施錠できる容器又は区域に保管し、鍵及び立入りを管理する。" record="鍵の貸出し管理簿、立入りの記録"/>
  <d:n of="electronic" do="認証、アクセスの制限及び履歴の確認により電子情報を保護する。" record="設定の記録、アクセスログの確認記録"/>
  <d:n of="contract" do="相手方と秘密の保持に関する契約を締結し、管理の状況を確認する。" record="契約書、調査票"/>
</xsl:variable>

<xsl:template match="/">
  <article class="report plain" lang="ja" data-numbering="koyobun-h">
    <h1><xsl:value-of select="$word"/>について</h1>
    <p class="right"><time><xsl:value-of select="bn:date($case/documents/document[@kind = 'mandatory-measures-sheet'][1]/@date)"/></time></p>
    <p class="flush"><span data-at="{bn:at($case/client/name)}"><xsl:value-of select="$case/client/name"/></span>　御中</p>
    <p class="right"><xsl:value-of select="$body/name"/></p>
    <h2>はじめに</h2>
    <p>この資料は、技術等情報の管理に初めて取り組む中小企業者の方に、基準に定められた措置のうち<xsl:value-of select="$word"/>として初めに取り組むものをお示しするものです。これらに取り組むことにより、認証の取得に向けた準備の全体を見通すことができます。</p>
    <h2><xsl:value-of select="$word"/></h2>
    <table class="ruled">
      <colgroup><col data-width="10mm"/><col data-width="5*"/><col data-width="5*"/><col data-width="4*"/></colgroup>
      <thead><tr><th>番号</th><th>措置</th><th>取組の例</th><th>文書・記録の例</th></tr></thead>
      <tbody>
        <xsl:for-each select="key('group', 'measures')/row/field/value">
          <xsl:variable name="m" select="key('measure', string(.))"/>
          <xsl:variable name="n" select="document('')/xsl:stylesheet/xsl:variable[@name = 'natures']/d:n[@of = $m/@nature]"/>
          <tr data-at="{@at}">
            <td class="num"><xsl:value-of select="position()"/></td>
            <td><p><xsl:apply-templates select="." mode="one"/></p><xsl:if test="$m/@forms"><p class="small">態様：<xsl:value-of select="bn:label('form', $m/@forms)"/></p></xsl:if></td>
            <td><xsl:value-of select="$n/@do"/></td>
            <td><xsl:value-of select="$n/@record"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
    <p class="note">取組の例及び文書・記録の例は、機関が説明のために作成したものであり、基準の本文ではない。</p>
    <h2>進め方</h2>
    <ol>
      <li>守るべき情報を見極め、態様（紙・物、製造装置等、電子情報）ごとに整理する。</li>
      <li>態様に応じて、上の表のうち該当する措置に取り組む。</li>
      <li>取組の状況を自己チェックリストにより確認する。</li>
      <li>見極め又は規程の整備に困難があるときは、指導助言業務を利用することができる。利用するか否かは、認証の費用及び結果に影響しない。</li>
    </ol>
  </article>
</xsl:template>

</xsl:stylesheet>

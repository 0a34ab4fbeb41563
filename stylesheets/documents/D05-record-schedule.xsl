<?xml version="1.0" encoding="UTF-8"?>
<!-- 記録保存期間表: periods of the notice (K1-K4) and those that the body sets itself (第二の7の五). -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:d="urn:bunsho:data"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn d">

<xsl:import href="lib.xsl"/>

<xsl:variable name="records">
  <d:r no="K1" what="契約の書面、申込書、審査計画書、審査報告書その他審査の過程で依頼者と取り交わした文書及び認証の付与の決定に関する評価書" law="告示第二の1の一" from="認証証明書の交付に当たって依頼者と契約した日（付与しない決定をしたときは、その決定をした日）" years="3年間"/>
  <d:r no="K2" what="苦情又は異議申立てに関する書類" law="告示第二の1の二" from="処理が完了した日" years="3年間"/>
  <d:r no="K3" what="認証証明書交付記録簿及び審査業務従事者記録簿" law="告示第二の2" from="最後に記録された日" years="3年間"/>
  <d:r no="K4" what="指導助言業務記録簿" law="告示第四の2" from="最後に記録された日" years="3年間"/>
  <d:r no="K5" what="書類保存記録簿" law="告示第二の2" from="記載した書類のうち最後のものの保存期間が満了した日" years="1年間"/>
  <d:r no="K5" what="内部監査、マネジメントレビュー及び改善措置の記録" law="告示第二の7の五" from="作成した日" years="5年間"/>
  <d:r no="K5" what="委員会の議事録及び提出された資料" law="告示第二の7の五" from="開催した日" years="5年間"/>
  <d:r no="K5" what="公平性に係る評価、取組及び研修の記録" law="告示第二の5、第二の7の五" from="作成した日" years="5年間"/>
  <d:r no="K5" what="能力の確認及び評価、外部委託先の能力の確認並びに研修・措置の記録" law="告示第三の8、第三の9" from="従事者でなくなった日" years="3年間"/>
  <d:r no="K5" what="秘密情報管理記録" law="告示第一の2" from="返却し、又は廃棄した日" years="3年間"/>
  <d:r no="K5" what="規程、手順書及び様式の旧版" law="告示第一の1、第二の7の四" from="旧版となった日" years="5年間"/>
</xsl:variable>

<xsl:template match="/">
  <article class="ledger" lang="ja" data-numbering="koyobun-h/2">
    <div class="ledger-head">
      <h1><xsl:value-of select="$entry/title[@lang = 'ja']"/></h1>
      <p class="end"><span data-at="{bn:at($body/name)}"><xsl:value-of select="$body/name"/></span></p>
    </div>
    <table class="register">
      <colgroup><col data-width="16mm"/><col data-width="46*"/><col data-width="22*"/><col data-width="46*"/><col data-width="18mm"/></colgroup>
      <thead><tr><th>区分</th><th>記録名</th><th>根拠</th><th>起算日</th><th>期間</th></tr></thead>
      <tbody>
        <xsl:for-each select="document('')/xsl:stylesheet/xsl:variable[@name = 'records']/d:r">
          <tr><td><xsl:value-of select="@no"/></td><td><xsl:value-of select="@what"/></td><td><xsl:value-of select="@law"/></td><td><xsl:value-of select="@from"/></td><td><xsl:value-of select="@years"/></td></tr>
        </xsl:for-each>
      </tbody>
    </table>
    <p class="note">K1からK4までは、告示に定める期間であり、短縮することができない。K5は、機関が定める期間である。</p>
    <p class="closing">以下余白</p>
  </article>
</xsl:template>

</xsl:stylesheet>

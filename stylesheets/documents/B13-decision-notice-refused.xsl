<?xml version="1.0" encoding="UTF-8"?>
<!-- 認証決定通知書（不付与）: letter with 記. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="lib.xsl"/>

<xsl:template match="/">
  <article class="letter" lang="ja">
    <xsl:call-template name="letterhead"/>
    <xsl:if test="$case/decision/notice/@number"><p class="number"><xsl:call-template name="v"><xsl:with-param name="id" select="'number'"/></xsl:call-template></p></xsl:if>
    <p class="date"><xsl:call-template name="v"><xsl:with-param name="id" select="'date'"/></xsl:call-template></p>
    <xsl:call-template name="addressee"/>
    <xsl:call-template name="sender"/>
    <h1>認証の付与の決定について（通知）</h1>
    <div class="body">
      <p><time data-at="{bn:at($case/application/@date)}"><xsl:value-of select="bn:date($case/application/@date)"/></time>付けで申込みのあった認証業務について、技術等情報漏えい防止措置認証業務の実施の方法（<xsl:value-of select="$method-notice"/>）第三の6の四の規定に基づき、審査報告書、その検証の結果その他の関連する情報を検討した結果、下記のとおり認証を付与しないことを決定しましたので、同第三の6の五の規定により通知します。</p>
      <p>なお、この決定に異議があるときは、下記6の窓口に異議申立てをすることができます。</p>
    </div>
    <p class="ki">記</p>
    <ol class="terms" data-numbering="koyobun-h/2">
      <xsl:call-template name="term"><xsl:with-param name="id" select="'result'"/><xsl:with-param name="before">認証を</xsl:with-param></xsl:call-template>
      <xsl:call-template name="term"><xsl:with-param name="id" select="'decision-date'"/></xsl:call-template>
      <li><span class="term">審査報告書</span><div class="value"><p><xsl:call-template name="v"><xsl:with-param name="id" select="'report'"/></xsl:call-template>（<time data-at="{bn:at($case/report/@date)}"><xsl:value-of select="bn:date($case/report/@date)"/></time>）</p></div></li>
      <xsl:call-template name="term"><xsl:with-param name="id" select="'scope'"/></xsl:call-template>
      <xsl:call-template name="term"><xsl:with-param name="id" select="'reason'"/></xsl:call-template>
      <li><span class="term">異議申立ての窓口</span><div class="value">
        <xsl:for-each select="$body/contact[@for = 'complaint'][1]">
          <p data-at="{bn:at(.)}"><xsl:value-of select="$body/name"/><xsl:if test="person/@title"><xsl:value-of select="concat('　', person/@title)"/></xsl:if></p>
          <p>電話　<xsl:call-template name="v"><xsl:with-param name="id" select="'appeal'"/></xsl:call-template><xsl:if test="email"><xsl:value-of select="concat('　　電子メール　', email)"/></xsl:if></p>
          <xsl:if test="hours"><p>受付時間　<xsl:value-of select="hours"/></p></xsl:if>
        </xsl:for-each>
      </div></li>
    </ol>
    <p class="ijo">以　上</p>
  </article>
</xsl:template>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- 認証決定通知書（付与）: the generic letter with its own words. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="generic.xsl"/>

<xsl:template name="subject">認証の付与の決定について（通知）</xsl:template>

<xsl:template name="text">
  <p><time data-at="{bn:at($case/application/@date)}"><xsl:value-of select="bn:date($case/application/@date)"/></time>付けで申込みのあった認証業務について、技術等情報漏えい防止措置認証業務の実施の方法（<xsl:value-of select="$method-notice"/>）第三の6の四の規定に基づき検討した結果、下記のとおり認証を付与することを決定しましたので、同第三の6の五の規定により通知します。</p>
</xsl:template>

</xsl:stylesheet>

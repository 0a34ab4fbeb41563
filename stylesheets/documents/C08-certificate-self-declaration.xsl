<?xml version="1.0" encoding="UTF-8"?>
<!-- 認証証明書（自己適合宣言）: first review only, says so in its title and in its first words. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="C07-certificate.xsl"/>

<xsl:template name="subtitle"><p class="subtitle">（自己適合宣言）</p></xsl:template>

<xsl:template name="sentence"><xsl:call-template name="declared-sentence"/></xsl:template>
<xsl:template name="declared-sentence">この認証証明書は、自己適合宣言に係るものです。貴社が次の認証の範囲において講じている技術等情報漏えい防止措置が、技術等情報漏えい防止措置基準（<xsl:call-template name="v"><xsl:with-param name="id" select="'notice'"/></xsl:call-template>）に適合している旨の貴社の宣言について、第一次審査に限り審査し、認証します。</xsl:template>

<xsl:template name="rows"><xsl:call-template name="declared-rows"/></xsl:template>
<xsl:template name="declared-rows">
  <xsl:call-template name="scope-row"/>
  <xsl:call-template name="measures-row"/>
  <xsl:call-template name="row"><xsl:with-param name="id" select="'first-review'"/></xsl:call-template>
  <xsl:call-template name="content-row"/>
  <xsl:call-template name="row"><xsl:with-param name="id" select="'decision-date'"/></xsl:call-template>
  <xsl:call-template name="row"><xsl:with-param name="id" select="'validity'"/></xsl:call-template>
  <xsl:call-template name="remarks"/>
</xsl:template>

<!-- チ: what was done under 2の三 -->
<xsl:template name="content-row">
  <xsl:variable name="sheet" select="$case/reviews/review[@type = 'first']/checksheet"/>
  <tr><th>審査の内容</th><td>
    <xsl:choose>
      <xsl:when test="$sheet/prior-audit/@kind = 'none'">チェックシートの回答は「<xsl:call-template name="v"><xsl:with-param name="id" select="'review-content'"/></xsl:call-template>」ものであったため、審査業務従事者が次の確認を行った。</xsl:when>
      <xsl:otherwise>チェックシートが<xsl:call-template name="v"><xsl:with-param name="id" select="'review-content'"/></xsl:call-template>による監査<xsl:if test="$sheet/prior-audit/@date">（<time data-at="{bn:at($sheet/prior-audit/@date)}"><xsl:value-of select="bn:date($sheet/prior-audit/@date)"/></time>）</xsl:if>の後に回答されたことを確認した。</xsl:otherwise>
    </xsl:choose>
    <xsl:for-each select="$sheet/confirmation"><span data-at="{bn:at(.)}" data-field="confirmation"><xsl:value-of select="."/></span></xsl:for-each>
  </td></tr>
</xsl:template>

</xsl:stylesheet>

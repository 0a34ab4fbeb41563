<?xml version="1.0" encoding="UTF-8"?>
<!-- 認証業務の申込書: the generic form with date, addressee and the words of application above it. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="generic.xsl"/>

<xsl:template name="head">
  <p class="right"><xsl:for-each select="key('field', 'date')"><xsl:apply-templates select="." mode="filled"/></xsl:for-each></p>
  <p class="flush"><xsl:value-of select="$body/name"/></p>
  <p class="flush"><xsl:call-template name="person"><xsl:with-param name="person" select="$body/representative/person"/></xsl:call-template><xsl:text>　</xsl:text><xsl:call-template name="honorific"/></p>
  <p>技術等情報漏えい防止措置に係る認証を受けたいので、次のとおり申し込みます。</p>
</xsl:template>

<xsl:template match="field[@id = 'client-representative' or @id = 'contact']" mode="form">
  <xsl:variable name="person" select="$case/client/*[(current()/@id = 'contact' and self::contact) or (current()/@id = 'client-representative' and self::representative)][1]/person"/>
  <tr><th><xsl:value-of select="@label"/></th><td data-field="{@id}"><xsl:choose>
    <xsl:when test="$person and not($blank)"><xsl:call-template name="person"><xsl:with-param name="person" select="$person"/></xsl:call-template></xsl:when>
    <xsl:otherwise><xsl:text>　</xsl:text></xsl:otherwise>
  </xsl:choose><xsl:if test="@id = 'client-representative'"><xsl:text>　　　　</xsl:text><span class="seal">印</span></xsl:if></td></tr>
</xsl:template>

<xsl:template name="after">
  <p class="note">備考　態様は、技術等情報漏えい防止措置基準のⅠの第一の3に定めるものをいう。用紙の大きさは、<xsl:choose><xsl:when test="bn:before($case/application/@date, '2019-07-01')">日本工業規格</xsl:when><xsl:otherwise>日本産業規格</xsl:otherwise></xsl:choose>Ａ４とする。</p>
</xsl:template>

</xsl:stylesheet>

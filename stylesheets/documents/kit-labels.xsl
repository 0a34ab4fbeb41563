<?xml version="1.0" encoding="UTF-8"?>
<!-- Sheets of labels: the marks of the client's classes and the usual prohibitions (D47), badges of the restricted area (D87). -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="kit.xsl"/>

<xsl:template match="/">
  <article class="labels" lang="ja">
    <h1><xsl:call-template name="title"/></h1>
    <div class="sheet">
      <xsl:choose>
        <xsl:when test="$entry/@id = 'entry-badge'">
          <xsl:for-each select="$entry/fields/group[@id = 'badges']/row">
            <div class="label" data-at="{@at}">
              <p class="mark"><xsl:apply-templates select="field[@id = 'number']" mode="values"/></p>
              <p>区分　<xsl:apply-templates select="field[@id = 'kind']" mode="values"/></p>
              <p>有効期間　<xsl:apply-templates select="field[@id = 'validity']" mode="values"/></p>
              <p><xsl:value-of select="$kit/company/name"/></p>
            </div>
          </xsl:for-each>
        </xsl:when>
        <xsl:otherwise>
          <xsl:for-each select="$kit/classifications/classification/mark"><div class="label" data-at="{bn:at(.)}"><p class="mark"><xsl:value-of select="."/></p><p><xsl:value-of select="$kit/company/name"/></p></div></xsl:for-each>
          <xsl:call-template name="stock"><xsl:with-param name="mark" select="'社外秘'"/><xsl:with-param name="text" select="'ファイル名の表示：【社外秘】'"/></xsl:call-template>
          <xsl:call-template name="stock"><xsl:with-param name="mark" select="'社内限'"/></xsl:call-template>
          <xsl:call-template name="stock"><xsl:with-param name="mark" select="'関係者限り'"/></xsl:call-template>
          <xsl:call-template name="stock"><xsl:with-param name="mark" select="'持出禁止'"/></xsl:call-template>
          <xsl:call-template name="stock"><xsl:with-param name="mark" select="'撮影禁止'"/></xsl:call-template>
          <xsl:call-template name="stock"><xsl:with-param name="mark" select="'立入制限区域'"/><xsl:with-param name="text" select="'許可を受けた者以外の立入りを禁止する。'"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </div>
  </article>
</xsl:template>

<xsl:template name="stock">
  <xsl:param name="mark"/>
  <xsl:param name="text" select="''"/>
  <div class="label"><p class="mark"><xsl:value-of select="$mark"/></p><xsl:if test="$text != ''"><p><xsl:value-of select="$text"/></p></xsl:if><p><xsl:value-of select="$kit/company/name"/></p></div>
</xsl:template>

</xsl:stylesheet>

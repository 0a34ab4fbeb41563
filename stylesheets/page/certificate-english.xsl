<?xml version="1.0" encoding="UTF-8"?>
<!-- 認証証明書（英文）: article.english of certificate.xsl. Latin letters, nothing spread, sizes that leave room for longer words. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format"
  xmlns:h="http://www.w3.org/1999/xhtml"
  exclude-result-prefixes="h">

<xsl:variable name="latin">Times, IPAexMincho</xsl:variable>

<xsl:template name="english-flow">
  <xsl:apply-templates select="h:p[@class = 'number']"/>
  <fo:block-container absolute-position="absolute" top="46mm" left="34mm" width="142mm" height="14mm" font-family="{$latin}">
    <fo:block font-size="32pt" line-height="14mm" text-align="center" letter-spacing="4pt" role="H1"><xsl:for-each select="h:h1"><xsl:call-template name="heading"/></xsl:for-each></fo:block>
  </fo:block-container>
  <fo:block-container absolute-position="absolute" top="67mm" left="34mm" width="402.5pt" height="155mm" font-family="{$latin}">
    <xsl:apply-templates select="h:div[@class = 'recipient'] | h:div[@class = 'body'] | h:table" mode="english"/>
  </fo:block-container>
  <fo:block-container absolute-position="absolute" top="225mm" left="34mm" width="142mm" height="8mm" font-family="{$latin}">
    <xsl:apply-templates select="h:p[@class = 'date']"/>
  </fo:block-container>
  <xsl:apply-templates select="h:figure[@class = 'verify']"/>
  <xsl:apply-templates select="h:div[@class = 'sender']" mode="english"/>
  <fo:block line-height="1pt" font-size="1pt"/>
</xsl:template>

<xsl:template match="h:div[@class = 'recipient']" mode="english">
  <fo:block font-size="18pt" line-height="25pt" text-align="center" text-indent="0pt"><xsl:for-each select="h:p[@class = 'name']"><xsl:call-template name="at"/><xsl:apply-templates/></xsl:for-each></fo:block>
  <fo:block font-size="10pt" line-height="15pt" text-align="center" text-indent="0pt" space-before="2pt"><xsl:for-each select="h:p[@class = 'address']"><xsl:call-template name="at"/><xsl:apply-templates/></xsl:for-each></fo:block>
</xsl:template>

<xsl:template match="h:div[@class = 'body']" mode="english">
  <fo:block space-before="7mm" space-after="5mm" font-size="11.5pt" line-height="17.5pt" text-indent="0pt" text-align="justify"><xsl:apply-templates select="h:p/node()"/></fo:block>
</xsl:template>

<xsl:template match="h:table" mode="english">
  <fo:table table-layout="fixed" width="402.5pt" border-collapse="separate" font-size="10pt" line-height="14pt" text-align="start" text-indent="0pt">
    <fo:table-column column-width="106pt"/>
    <fo:table-column column-width="296.5pt"/>
    <fo:table-body>
      <xsl:for-each select=".//h:tr">
        <fo:table-row>
          <fo:table-cell padding-before="1.4pt" padding-after="1.4pt" role="TH"><fo:block font-family="Helvetica, IPAexGothic" font-size="8.8pt"><xsl:apply-templates select="h:th/node()"/></fo:block></fo:table-cell>
          <fo:table-cell padding-before="1.4pt" padding-after="1.4pt">
            <xsl:for-each select="h:td">
              <xsl:choose>
                <xsl:when test="h:p"><xsl:for-each select="h:p"><fo:block space-after="1pt"><xsl:if test="@class = 'small'"><xsl:attribute name="font-size">8.5pt</xsl:attribute></xsl:if><xsl:call-template name="at"/><xsl:apply-templates/></fo:block></xsl:for-each></xsl:when>
                <xsl:otherwise><fo:block><xsl:call-template name="at"/><xsl:apply-templates/></fo:block></xsl:otherwise>
              </xsl:choose>
            </xsl:for-each>
          </fo:table-cell>
        </fo:table-row>
      </xsl:for-each>
    </fo:table-body>
  </fo:table>
</xsl:template>

<xsl:template match="h:div[@class = 'sender']" mode="english">
  <!-- 73 mm are free left of the seal; half an em a letter -->
  <fo:block-container absolute-position="absolute" top="235.4mm" left="81mm" width="72mm" height="22mm" font-family="{$latin}">
    <xsl:for-each select="h:p">
      <xsl:variable name="size"><xsl:choose><xsl:when test="@class = 'name'">13</xsl:when><xsl:when test="@class = 'representative'">10.5</xsl:when><xsl:otherwise>9</xsl:otherwise></xsl:choose></xsl:variable>
      <xsl:variable name="fits" select="floor(4000 div string-length(.)) div 10"/>
      <fo:block line-height="{$size + 3.5}pt" text-align="start" text-indent="0pt">
        <xsl:attribute name="font-size"><xsl:choose><xsl:when test="$fits &lt; $size"><xsl:value-of select="$fits"/></xsl:when><xsl:otherwise><xsl:value-of select="$size"/></xsl:otherwise></xsl:choose>pt</xsl:attribute>
        <xsl:call-template name="at"/><xsl:apply-templates/>
      </fo:block>
    </xsl:for-each>
  </fo:block-container>
  <xsl:if test="h:span[@class = 'seal']">
    <fo:block-container absolute-position="absolute" top="235.4mm" left="154mm" width="22mm" height="22mm" border="0.5pt solid {$red}" display-align="center">
      <fo:block text-align="center" font-size="8.5pt" line-height="11pt" color="{$red}"><xsl:apply-templates select="h:span[@class = 'seal']/node()"/></fo:block>
    </fo:block-container>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>

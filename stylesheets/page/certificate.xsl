<?xml version="1.0" encoding="UTF-8"?>
<!--
  認証証明書: one page, everything at its place. Parts by class: p.number h1 p.subtitle div.recipient(p.name p.address)
  div.body table.items p.date div.sender(p.accreditation p.address p.name p.representative span.seal) figure.verify.
  article.preprinted: paper that has its border already. article.vertical: certificate-vertical.xsl.
-->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format"
  xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:axf="http://www.antennahouse.com/names/XSL/Extensions"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="h">

<xsl:import href="common.xsl"/>
<xsl:include href="certificate-vertical.xsl"/>
<xsl:include href="certificate-english.xsl"/>

<xsl:variable name="grid">none</xsl:variable>

<xsl:variable name="gold">#8a6d2f</xsl:variable>

<xsl:variable name="vertical" select="contains(concat(' ', /h:article/@class, ' '), ' vertical ')"/>

<xsl:template name="masters">
  <fo:simple-page-master master-name="page" page-width="210mm" page-height="297mm">
    <xsl:choose>
      <xsl:when test="$vertical"><fo:region-body margin="30mm 23mm 30mm 23mm" writing-mode="tb-rl"/></xsl:when>
      <xsl:otherwise><fo:region-body/></xsl:otherwise>
    </xsl:choose>
    <fo:region-before extent="297mm"/>
  </fo:simple-page-master>
</xsl:template>

<xsl:template name="statics">
  <fo:static-content flow-name="xsl-region-before">
    <xsl:choose>
      <xsl:when test="contains(concat(' ', /h:article/@class, ' '), ' preprinted ')"><fo:block/></xsl:when>
      <xsl:otherwise>
        <fo:block-container absolute-position="absolute" top="0mm" left="0mm" width="210mm" height="297mm">
          <fo:block line-height="0pt" font-size="1pt" line-stacking-strategy="max-height"><xsl:call-template name="border"/></fo:block>
        </fo:block-container>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:if test="$vertical"><xsl:call-template name="vertical-marks"/></xsl:if>
    <xsl:if test="/h:article/@data-draft = 'yes'">
      <fo:block-container absolute-position="absolute" top="30mm" left="34mm" width="13mm" height="13mm" border="0.8pt solid {$red}" display-align="center">
        <fo:block text-align="center" font-family="{$gothic}" font-size="16pt" line-height="16pt" color="{$red}">案</fo:block>
      </fo:block-container>
    </xsl:if>
    <xsl:call-template name="copy-mark">
      <xsl:with-param name="top" select="'24mm'"/>
      <xsl:with-param name="left" select="'160mm'"/>
    </xsl:call-template>
    <xsl:call-template name="version-mark">
      <xsl:with-param name="top" select="'34.5mm'"/>
      <xsl:with-param name="left" select="'34mm'"/>
      <xsl:with-param name="width" select="'90mm'"/>
    </xsl:call-template>
  </fo:static-content>
</xsl:template>

<!-- outer rule, thin rule, fine frame turned inwards at the corners, a small fan in each corner -->
<xsl:template name="border">
  <fo:instream-foreign-object content-width="210mm" content-height="297mm">
    <svg:svg width="210mm" height="297mm" viewBox="0 0 210 297">
      <svg:rect x="12" y="12" width="186" height="273" fill="none" stroke="{$gold}" stroke-width="1.4"/>
      <svg:rect x="14.2" y="14.2" width="181.6" height="268.6" fill="none" stroke="{$gold}" stroke-width="0.35"/>
      <svg:path fill="none" stroke="{$gold}" stroke-width="0.25"
        d="M 29 17 L 181 17 C 181 23.627 186.373 29 193 29 L 193 268 C 186.373 268 181 273.373 181 280 L 29 280 C 29 273.373 23.627 268 17 268 L 17 29 C 23.627 29 29 23.627 29 17 Z"/>
      <svg:path fill="none" stroke="{$gold}" stroke-width="0.5"
        d="M 30.4 18.4 L 179.6 18.4 C 180.2 24.8 185.2 29.8 191.6 30.4 L 191.6 266.6 C 185.2 267.2 180.2 272.2 179.6 278.6 L 30.4 278.6 C 29.8 272.2 24.8 267.2 18.4 266.6 L 18.4 30.4 C 24.8 29.8 29.8 24.8 30.4 18.4 Z"/>
      <svg:path fill="none" stroke="{$gold}" stroke-width="0.3" d="M 26.2 17 C 26.2 22.081 22.081 26.2 17 26.2 M 23.6 17 C 23.6 20.645 20.645 23.6 17 23.6 M 17 17 L 23.6 17 M 17 17 L 17 23.6"/>
      <svg:path fill="none" stroke="{$gold}" stroke-width="0.3" d="M 183.8 17 C 183.8 22.081 187.919 26.2 193 26.2 M 186.4 17 C 186.4 20.645 189.355 23.6 193 23.6 M 193 17 L 186.4 17 M 193 17 L 193 23.6"/>
      <svg:path fill="none" stroke="{$gold}" stroke-width="0.3" d="M 26.2 280 C 26.2 274.919 22.081 270.8 17 270.8 M 23.6 280 C 23.6 276.355 20.645 273.4 17 273.4 M 17 280 L 23.6 280 M 17 280 L 17 273.4"/>
      <svg:path fill="none" stroke="{$gold}" stroke-width="0.3" d="M 183.8 280 C 183.8 274.919 187.919 270.8 193 270.8 M 186.4 280 C 186.4 276.355 189.355 273.4 193 273.4 M 193 280 L 186.4 280 M 193 280 L 193 273.4"/>
      <svg:circle cx="19.4" cy="19.4" r="0.9" fill="{$gold}"/>
      <svg:circle cx="190.6" cy="19.4" r="0.9" fill="{$gold}"/>
      <svg:circle cx="19.4" cy="277.6" r="0.9" fill="{$gold}"/>
      <svg:circle cx="190.6" cy="277.6" r="0.9" fill="{$gold}"/>
    </svg:svg>
  </fo:instream-foreign-object>
</xsl:template>

<xsl:template name="flow">
  <xsl:choose>
    <xsl:when test="$vertical"><xsl:call-template name="vertical-flow"/></xsl:when>
    <xsl:when test="contains(concat(' ', /h:article/@class, ' '), ' english ')"><xsl:call-template name="english-flow"/></xsl:when>
    <xsl:otherwise><xsl:call-template name="horizontal-flow"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="horizontal-flow">
  <xsl:apply-templates select="h:p[@class = 'number']"/>
  <xsl:apply-templates select="h:h1 | h:p[@class = 'subtitle']"/>
  <!-- name, address, sentence, items follow each other, so that a long name pushes and does not cover -->
  <fo:block-container absolute-position="absolute" top="76.5mm" left="34mm" width="402.5pt" height="147mm">
    <xsl:apply-templates select="h:div[@class = 'recipient'] | h:div[@class = 'body'] | h:table"/>
  </fo:block-container>
  <fo:block-container absolute-position="absolute" top="224mm" left="34mm" width="142mm" height="8mm">
    <xsl:apply-templates select="h:p[@class = 'date']"/>
  </fo:block-container>
  <xsl:apply-templates select="h:figure[@class = 'verify']"/>
  <xsl:apply-templates select="h:div[@class = 'sender']"/>
  <!-- the flow itself needs a block in line: containers above stand outside it -->
  <fo:block line-height="1pt" font-size="1pt"/>
</xsl:template>

<xsl:template match="h:p[@class = 'number']">
  <fo:block-container absolute-position="absolute" top="34.5mm" left="34mm" width="142mm" height="6mm">
    <fo:block font-size="9.5pt" line-height="17pt" text-align="end"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
  </fo:block-container>
</xsl:template>

<xsl:template match="h:h1">
  <fo:block-container absolute-position="absolute" top="50mm" left="57mm" width="96mm" height="14mm">
    <fo:block font-size="30pt" line-height="14mm" text-align="justify" text-align-last="justify" axf:text-justify="distribute" role="H1"><xsl:call-template name="heading"/></fo:block>
  </fo:block-container>
</xsl:template>

<xsl:template match="h:p[@class = 'subtitle']">
  <fo:block-container absolute-position="absolute" top="64.5mm" left="34mm" width="142mm" height="8mm">
    <fo:block font-size="14pt" line-height="8mm" text-align="center"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
  </fo:block-container>
</xsl:template>

<!-- 18 pt while it fits, no less than 13 pt, then two lines -->
<xsl:template match="h:div[@class = 'recipient']/h:p[@class = 'name']">
  <xsl:variable name="n" select="string-length(.)"/>
  <fo:block font-size="18pt" line-height="25pt" text-align="center" axf:overflow-condense="font-size" axf:overflow-condense-limit-font-size="13pt">
    <!-- two lines of about the same length -->
    <xsl:if test="$n &gt; 30 and $n &lt; 58">
      <xsl:attribute name="start-indent"><xsl:value-of select="(402.5 - (ceiling($n div 2) + 1) * 13) div 2"/>pt</xsl:attribute>
      <xsl:attribute name="end-indent"><xsl:value-of select="(402.5 - (ceiling($n div 2) + 1) * 13) div 2"/>pt</xsl:attribute>
    </xsl:if>
    <xsl:call-template name="at"/><xsl:apply-templates/>
  </fo:block>
</xsl:template>
<xsl:template match="h:div[@class = 'recipient']/h:p[@class = 'address']">
  <fo:block font-size="10pt" line-height="17pt" text-align="center" space-before="3pt"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

<xsl:template match="h:div[@class = 'body']">
  <fo:block space-before="9.5mm" space-after="8mm" font-size="11.5pt" line-height="21.85pt"><xsl:apply-templates select="*"/></fo:block>
</xsl:template>

<xsl:template match="h:table[contains(concat(' ', @class, ' '), ' items ')]">
  <fo:table table-layout="fixed" width="402.5pt" border-collapse="separate" line-height="16.5pt">
    <fo:table-column column-width="32mm"/>
    <fo:table-column column-width="311.79pt"/>
    <fo:table-body>
      <xsl:for-each select=".//h:tr">
        <fo:table-row>
          <xsl:call-template name="at"/>
          <fo:table-cell padding-before="1.9pt" padding-after="1.9pt" role="TH"><xsl:for-each select="h:th"><xsl:call-template name="label"><xsl:with-param name="fits" select="9"/><xsl:with-param name="size" select="'9.5pt'"/></xsl:call-template></xsl:for-each></fo:table-cell>
          <fo:table-cell padding-before="1.9pt" padding-after="1.9pt" padding-left="17.79pt"><xsl:for-each select="h:td"><xsl:call-template name="at"/><xsl:call-template name="mixed"/></xsl:for-each></fo:table-cell>
        </fo:table-row>
      </xsl:for-each>
    </fo:table-body>
  </fo:table>
</xsl:template>

<xsl:template match="h:p[@class = 'date']">
  <fo:block font-size="11.5pt" line-height="8mm" text-align="start"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

<xsl:template match="h:figure[@class = 'verify']">
  <fo:block-container absolute-position="absolute" top="235.4mm" left="34mm" width="19mm" height="19mm">
    <fo:block line-height="0pt" font-size="1pt" line-stacking-strategy="max-height"><xsl:apply-templates select="svg:svg"/></fo:block>
  </fo:block-container>
  <fo:block-container absolute-position="absolute" top="255mm" left="34mm" width="46mm" height="6mm">
    <fo:block font-size="7pt" line-height="9pt" text-align="start" color="{$grey}"><xsl:apply-templates select="h:figcaption/node()"/></fo:block>
  </fo:block-container>
</xsl:template>
<xsl:template match="h:figure[@class = 'verify']/svg:svg">
  <fo:instream-foreign-object content-width="19mm" content-height="19mm" role="Figure"><xsl:copy-of select="."/></fo:instream-foreign-object>
</xsl:template>

<xsl:template match="h:div[@class = 'sender']">
  <fo:block-container absolute-position="absolute" top="235.4mm" left="81mm" width="95mm" height="22mm">
    <xsl:apply-templates select="h:p"/>
  </fo:block-container>
  <xsl:if test="h:span[@class = 'seal']">
    <fo:block-container absolute-position="absolute" top="235.4mm" left="154mm" width="22mm" height="22mm" border="0.5pt solid {$red}" display-align="center">
      <fo:block text-align="center" font-size="8.5pt" line-height="11pt" color="{$red}"><xsl:apply-templates select="h:span[@class = 'seal']/node()"/></fo:block>
    </fo:block-container>
  </xsl:if>
</xsl:template>
<xsl:template match="h:div[@class = 'sender']/h:p">
  <fo:block font-size="9.5pt" line-height="14pt" text-align="start"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:div[@class = 'sender']/h:p[@class = 'name']">
  <fo:block font-size="13.5pt" line-height="18.3pt" text-align="start">
    <!-- 73 mm are free left of the seal -->
    <xsl:if test="string-length(.) &gt; 15"><xsl:attribute name="font-size"><xsl:value-of select="floor(2060 div string-length(.)) div 10"/>pt</xsl:attribute></xsl:if>
    <xsl:call-template name="at"/><xsl:apply-templates/>
  </fo:block>
</xsl:template>
<xsl:template match="h:div[@class = 'sender']/h:p[@class = 'representative']">
  <fo:block font-size="11.5pt" line-height="16pt" text-align="start"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

</xsl:stylesheet>

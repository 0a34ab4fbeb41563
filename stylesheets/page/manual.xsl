<?xml version="1.0" encoding="UTF-8"?>
<!--
  手引: a report from Markdown: cover (h1, p.subject, p.issuer), contents, parts that begin a page, commands in boxes. Front matter layout: manual.
-->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format"
  xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:axf="http://www.antennahouse.com/names/XSL/Extensions"
  exclude-result-prefixes="h">

<xsl:import href="report.xsl"/>

<xsl:variable name="grid">none</xsl:variable>

<xsl:template name="sequences">
  <fo:page-sequence master-reference="cover" force-page-count="no-force">
    <fo:flow flow-name="xsl-region-body">
      <fo:block-container absolute-position="absolute" top="62mm" left="0pt" width="441pt" height="70mm" display-align="center">
        <fo:block font-family="{$gothic}" font-size="30pt" line-height="46pt" text-align="center" letter-spacing="6pt" role="H1" id="title"><xsl:apply-templates select="h:h1/node()"/></fo:block>
        <xsl:for-each select="h:p[@class = 'subject']">
          <fo:block font-size="13pt" line-height="26pt" text-align="center" text-indent="0pt"><xsl:apply-templates/></fo:block>
        </xsl:for-each>
      </fo:block-container>
      <fo:block-container absolute-position="absolute" top="215mm" left="0pt" width="441pt" height="20mm">
        <xsl:for-each select="h:p[@class = 'issuer']"><fo:block font-size="12pt" line-height="22pt" text-align="center" text-indent="0pt"><xsl:apply-templates/></fo:block></xsl:for-each>
      </fo:block-container>
      <fo:block/>
    </fo:flow>
  </fo:page-sequence>
  <fo:page-sequence master-reference="page" id="paper" initial-page-number="1">
    <xsl:call-template name="statics"/>
    <fo:flow flow-name="xsl-region-body">
      <fo:block font-family="{$gothic}" font-size="14pt" text-align="center" space-after="17.85pt" role="H2">目　次</fo:block>
      <xsl:call-template name="contents"/>
      <xsl:apply-templates select="*[not(self::h:h1 or @class = 'subject' or @class = 'issuer')]"/>
    </fo:flow>
  </fo:page-sequence>
</xsl:template>

<xsl:template name="folio"><fo:page-number/> / <fo:page-number-citation-last ref-id="paper"/></xsl:template>

<xsl:template name="head">
  <fo:block-container height="30pt"><fo:block/></fo:block-container>
  <xsl:call-template name="ends">
    <xsl:with-param name="start" select="/h:article/h:h1/node()"/>
    <xsl:with-param name="rule" select="true()"/>
  </xsl:call-template>
</xsl:template>

<!-- a part begins a page -->
<xsl:template match="h:h2">
  <fo:block break-before="page" font-family="{$gothic}" font-size="19pt" line-height="30pt" text-align="start" text-indent="0pt" border-bottom="1.2pt solid #000000" padding-bottom="4pt" space-after="16pt" keep-with-next.within-page="always" role="H2"><xsl:call-template name="heading"/></fo:block>
</xsl:template>
<xsl:template match="h:h3">
  <fo:block font-family="{$gothic}" font-size="12.5pt" line-height="20pt" text-align="start" text-indent="0pt" space-before="15pt" space-after="5pt" keep-with-next.within-page="always" role="H3"><xsl:call-template name="heading"/></fo:block>
</xsl:template>
<xsl:template match="h:h4">
  <fo:block font-family="{$gothic}" text-align="start" text-indent="0pt" space-before="9pt" space-after="2pt" keep-with-next.within-page="always" role="H4"><xsl:call-template name="heading"/></fo:block>
</xsl:template>

<!-- what is typed, as it is typed -->
<xsl:template match="h:pre">
  <fo:block background-color="#f2f3f5" border-left="2.4pt solid #7a828c" padding="5pt 8pt" start-indent="11pt" end-indent="8pt" text-indent="0pt" space-before="5pt" space-after="9pt"
      font-family="Courier, IPAexGothic" font-size="8.8pt" line-height="13.2pt" text-align="start" axf:text-autospace="none" white-space-treatment="preserve" linefeed-treatment="preserve" white-space-collapse="false" hyphenate="false" role="Code" keep-together.within-page="always"><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:code"><fo:inline font-family="Courier, IPAexGothic" font-size="90%" hyphenate="false"><xsl:apply-templates/></fo:inline></xsl:template>
<xsl:template match="h:pre/h:code"><xsl:apply-templates/></xsl:template>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!--
  規程: 章 centred, 見出し in brackets above its 条, 第n条 running into its text, 項 and 号 hanging. Contracts and pledges
  (headings h2 = 条) use the same templates. A heading of level 条 is known by its number (第n条).
-->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format"
  xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:axf="http://www.antennahouse.com/names/XSL/Extensions"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="h">

<xsl:import href="common.xsl"/>

<xsl:attribute-set name="title">
  <xsl:attribute name="font-size">15pt</xsl:attribute>
  <xsl:attribute name="letter-spacing">4pt</xsl:attribute>
</xsl:attribute-set>

<!-- the title is no part of a template's text: it comes from its front matter -->
<xsl:template name="flow">
  <xsl:if test="not(h:h1)"><fo:block xsl:use-attribute-sets="title" id="title"><xsl:value-of select="@data-title"/></fo:block></xsl:if>
  <xsl:apply-templates select="*"/>
</xsl:template>

<xsl:template name="foot">
  <fo:table table-layout="fixed" width="100%" xsl:use-attribute-sets="running">
    <fo:table-column column-width="proportional-column-width(3)"/>
    <fo:table-column column-width="proportional-column-width(1)"/>
    <fo:table-body><fo:table-row>
      <fo:table-cell><fo:block text-align="start"><xsl:value-of select="/h:article/@data-title"/></fo:block></fo:table-cell>
      <fo:table-cell><fo:block text-align="end"><xsl:call-template name="folio"/></fo:block></fo:table-cell>
    </fo:table-row></fo:table-body>
  </fo:table>
</xsl:template>

<xsl:template match="h:p[@class = 'enacted']">
  <fo:block text-align="end" text-indent="0pt" axf:text-autospace="none">
    <xsl:if test="not(following-sibling::*[1][self::h:p[@class = 'enacted']])"><xsl:attribute name="space-after"><xsl:value-of select="$line"/></xsl:attribute><xsl:attribute name="space-after.minimum">0pt</xsl:attribute></xsl:if>
    <xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

<!-- 章: three lines, more of it above -->
<xsl:template match="h:h2[contains(@data-number, '章') or contains(@data-number, '編')]">
  <fo:block font-family="{$gothic}" font-size="11pt" text-align="center" text-indent="0pt" space-before="22.3pt" space-after="13.4pt" space-before.minimum="12.5pt" space-after.minimum="5.35pt" axf:baseline-block-snap="center" keep-with-next.within-page="always" role="H2"><xsl:call-template name="heading"/></fo:block>
</xsl:template>

<!-- 条: the caption in brackets; its number stands before the first paragraph -->
<xsl:template match="h:h2[contains(@data-number, '条')] | h:h3[contains(@data-number, '条')]">
  <fo:block font-family="{$gothic}" font-size="10pt" text-align="start" text-indent="0pt" space-before="{$gap}" keep-with-next.within-page="always" role="{translate(local-name(), 'h', 'H')}">
    <xsl:if test="@data-at"><xsl:attribute name="bn:at"><xsl:value-of select="@data-at"/></xsl:attribute></xsl:if>
    <xsl:attribute name="id"><xsl:call-template name="heading-key"/></xsl:attribute>
    <xsl:text>（</xsl:text><xsl:apply-templates select="node()[not(self::h:span[@class = 'number'])]"/><xsl:text>）</xsl:text>
  </fo:block>
</xsl:template>

<xsl:template match="h:p[preceding-sibling::*[1][(self::h:h2 or self::h:h3) and contains(@data-number, '条')]]" priority="2">
  <fo:block start-indent="from-parent(start-indent) + 1em" text-indent="-1em"><xsl:call-template name="before-signatures"/><xsl:call-template name="at"/>
    <fo:inline font-family="{$gothic}" axf:text-autospace="none"><xsl:value-of select="preceding-sibling::*[1]/@data-number"/></fo:inline><xsl:text>　</xsl:text><xsl:apply-templates/>
  </fo:block>
</xsl:template>

<!-- the place of the signatures never stands on a page without an article -->
<xsl:template name="before-signatures">
  <xsl:if test="following-sibling::*[1][self::h:div[contains(concat(' ', @class, ' '), ' signatures ')]]"><xsl:attribute name="keep-with-next.within-page">always</xsl:attribute></xsl:if>
</xsl:template>

<!-- a paragraph of an article -->
<xsl:template match="h:p[h:span[@class = 'number']]">
  <fo:block start-indent="from-parent(start-indent) + 1em" text-indent="-1em"><xsl:call-template name="before-signatures"/><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

<xsl:template match="h:p[contains(concat(' ', @class, ' '), ' supplement ')]">
  <fo:block text-indent="3em" font-family="{$gothic}" space-before="17.85pt" space-before.minimum="0pt" keep-with-next.within-page="always"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:p[contains(concat(' ', @class, ' '), ' appendix ')]">
  <fo:block text-indent="0pt" font-family="{$gothic}" space-before="17.85pt" space-before.minimum="0pt" keep-with-next.within-page="always"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

</xsl:stylesheet>

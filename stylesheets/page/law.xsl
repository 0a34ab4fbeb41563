<?xml version="1.0" encoding="UTF-8"?>
<!--
  A law book, horizontal: 編章節 indented by level, captions in brackets one character in, 第n条 before its first paragraph,
  項 and 号 hanging, tables ruled, 附則 and 別表 with space above. Outline: divisions, and their articles below them.
-->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format"
  xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:axf="http://www.antennahouse.com/names/XSL/Extensions"
  exclude-result-prefixes="h">

<xsl:import href="common.xsl"/>

<!-- ====================================================== 縦組 ===== -->
<!-- as the Official Gazette sets it: lines run down, from the right; running lines stay horizontal -->
<xsl:variable name="vertical" select="/h:article/@data-writing = 'vertical'"/>
<!-- two tiers of 31 characters with two ems between, 25 lines: 672 x 446.25 pt (more than 52 characters a line are hard to
     follow, JLREQ 2.4.2) -->
<xsl:template name="masters">
  <xsl:choose>
    <xsl:when test="$vertical">
      <fo:simple-page-master master-name="page" page-width="{$page-width}" page-height="{$page-height}" margin-left="74.5pt" margin-right="74.5pt">
        <fo:region-body margin-top="75pt" margin-bottom="94.88pt" writing-mode="tb-rl" column-count="2" column-gap="21pt"/>
        <fo:region-before extent="{$head-extent}"/>
        <fo:region-after extent="57pt" display-align="before"/>
      </fo:simple-page-master>
    </xsl:when>
    <xsl:otherwise>
      <fo:simple-page-master master-name="page" page-width="{$page-width}" page-height="{$page-height}" margin-left="{$side}" margin-right="{$side}">
        <fo:region-body margin-top="{$top}" margin-bottom="{$bottom}"/>
        <fo:region-before extent="{$head-extent}"/>
        <fo:region-after extent="{$foot-extent}" display-align="before"/>
      </fo:simple-page-master>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- 点線 and 二重線: a border of the words on the side of the 傍線 -->
<xsl:template match="h:u[@class = 'dotted' or @class = 'double']">
  <xsl:variable name="side"><xsl:choose><xsl:when test="$vertical">before</xsl:when><xsl:otherwise>after</xsl:otherwise></xsl:choose></xsl:variable>
  <fo:inline>
    <xsl:attribute name="border-{$side}-style"><xsl:value-of select="@class"/></xsl:attribute>
    <xsl:attribute name="border-{$side}-width"><xsl:choose><xsl:when test="@class = 'double'">1.5pt</xsl:when><xsl:otherwise>0.6pt</xsl:otherwise></xsl:choose></xsl:attribute>
    <xsl:call-template name="at"/><xsl:apply-templates/>
  </fo:inline>
</xsl:template>

<!-- a law's own title, not the kind of paper, names the file -->
<xsl:template name="bookmarks">
  <fo:bookmark-tree>
    <fo:bookmark internal-destination="title">
      <fo:bookmark-title><xsl:value-of select="h:h1"/></fo:bookmark-title>
      <xsl:if test="not(h:h2)"><xsl:apply-templates select=".//*[@data-outline]" mode="mark"/></xsl:if>
    </fo:bookmark>
    <xsl:if test="h:h2"><xsl:apply-templates select="h:div[not(preceding-sibling::h:h2)]//*[@data-outline]" mode="mark"/></xsl:if>
    <xsl:for-each select="h:h2">
      <fo:bookmark internal-destination="{@id}">
        <fo:bookmark-title><xsl:value-of select="."/></fo:bookmark-title>
        <xsl:apply-templates select="key('in', @id)" mode="mark"/>
      </fo:bookmark>
    </xsl:for-each>
  </fo:bookmark-tree>
</xsl:template>
<xsl:key name="in" match="*[@data-outline]" use="ancestor-or-self::*[parent::h:article]/preceding-sibling::h:h2[1]/@id"/>
<xsl:template match="*" mode="mark">
  <fo:bookmark internal-destination="{@id}"><fo:bookmark-title><xsl:value-of select="@data-outline"/></fo:bookmark-title></fo:bookmark>
</xsl:template>

<xsl:template name="foot">
  <xsl:call-template name="ends">
    <xsl:with-param name="start" select="/h:article/h:h1/node()"/>
    <xsl:with-param name="folio" select="true()"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="h:h1">
  <fo:block font-size="14pt" line-height="{$line}" text-align="start" start-indent="3em" text-indent="0pt" role="H1"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:p[@class = 'law-number']">
  <fo:block text-align="end" text-indent="0pt" space-after="{$line}"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:p[@class = 'enact']">
  <fo:block text-indent="1em" space-after="{$line}"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

<xsl:template match="h:p[@class = 'toc-label']"><fo:block text-indent="0pt" space-before="{$line}"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block></xsl:template>
<xsl:template match="h:p[@class = 'toc-line']">
  <fo:block start-indent="{@data-indent + 3}em" text-indent="-2em" text-align="start"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

<xsl:template match="h:h2[@class = 'division']">
  <fo:block font-family="{$gothic}" start-indent="{@data-indent}em" text-indent="0pt" text-align="start" space-before="{$line}" keep-with-next.within-page="always" role="H2"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:p[@class = 'division']">
  <fo:block font-family="{$gothic}" start-indent="from-parent(start-indent) + {@data-indent}em" text-indent="0pt" text-align="start" keep-with-next.within-page="always"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:p[@class = 'appendix']">
  <fo:block font-family="{$gothic}" text-indent="0pt" text-align="start" space-after="4pt" keep-with-next.within-page="always"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:p[@class = 'formula']"><fo:block start-indent="from-parent(start-indent) + 2em" text-indent="0pt" text-align="start"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block></xsl:template>
<xsl:template match="h:h2[@class = 'supplement']">
  <fo:block font-family="{$gothic}" start-indent="3em" text-indent="0pt" text-align="start" space-before="{$line}" keep-with-next.within-page="always" role="H2"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:h2[@class = 'appendix']">
  <fo:block font-family="{$gothic}" text-indent="0pt" text-align="start" space-before="{$line}" space-after="4pt" keep-with-next.within-page="always" role="H2"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

<xsl:template match="h:h3[@class = 'caption']">
  <fo:block start-indent="1em" text-indent="0pt" text-align="start" font-family="{$gothic}" keep-with-next.within-page="always" role="H3"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:h3[@class = 'notice']">
  <fo:block text-indent="0pt" text-align="start" font-family="{$gothic}" space-before="{$line}" keep-with-next.within-page="always" role="H3"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

<!-- 第一条　…, ２　…: later lines hang one em -->
<xsl:template match="h:p[@class = 'article' or @class = 'paragraph' or @class = 'paragraph-caption']" priority="2">
  <fo:block start-indent="from-parent(start-indent) + 1em" text-indent="-1em">
    <xsl:if test="@class = 'paragraph-caption'"><xsl:attribute name="keep-with-next.within-page">always</xsl:attribute><xsl:attribute name="text-align">start</xsl:attribute></xsl:if>
    <xsl:call-template name="at"/><xsl:call-template name="numbered"/>
  </fo:block>
</xsl:template>
<xsl:template match="h:p[@class = 'item']" priority="2">
  <fo:block start-indent="from-parent(start-indent) + {@data-indent + 1}em" text-indent="-1em"><xsl:call-template name="at"/><xsl:call-template name="numbered"/></fo:block>
</xsl:template>
<xsl:template name="numbered">
  <xsl:if test="h:span[@class = 'number']">
    <fo:inline font-family="{$gothic}" axf:text-autospace="none"><xsl:apply-templates select="h:span[@class = 'number'][1]/node()"/></fo:inline><xsl:text>　</xsl:text>
  </xsl:if>
  <xsl:apply-templates select="node()[not(self::h:span[@class = 'number'])]"/>
</xsl:template>

<xsl:template match="h:p[@class = 'words']"><fo:block text-indent="1em"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block></xsl:template>
<xsl:template match="h:p[@class = 'caption']"><fo:block start-indent="from-parent(start-indent) + 1em" text-indent="0pt" text-align="start" font-family="{$gothic}" keep-with-next.within-page="always"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block></xsl:template>
<xsl:template match="h:p[@class = 'struct-title']"><fo:block text-indent="0pt" text-align="start" space-before="4pt" keep-with-next.within-page="always"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block></xsl:template>
<xsl:template match="h:p[@class = 'remarks']"><fo:block text-indent="0pt" font-size="9pt" line-height="14pt" space-before="4pt"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block></xsl:template>
<xsl:template match="h:p[@class = 'figure-ref']"><fo:block text-indent="0pt" text-align="center" color="{$grey}"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block></xsl:template>
<xsl:template match="h:span[@class = 'figure-ref']"><fo:inline color="{$grey}"><xsl:apply-templates/></fo:inline></xsl:template>
<xsl:template match="h:blockquote[@class = 'new-provision']"><fo:block start-indent="from-parent(start-indent) + 1em" role="BlockQuote"><xsl:apply-templates select="*"/></fo:block></xsl:template>
<xsl:template match="h:div[@class = 'form']"><fo:block border="0.3pt solid #000000" padding="6pt" space-before="4pt"><xsl:apply-templates select="*"/></fo:block></xsl:template>
<xsl:template match="h:p[@class = 'cell']"><fo:block text-indent="0pt"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block></xsl:template>

</xsl:stylesheet>

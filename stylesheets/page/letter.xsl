<?xml version="1.0" encoding="UTF-8"?>
<!-- 通知・照会・依頼: 文書番号, 日付, 宛名, 発信者, 件名, 本文, 記, 以上, 担当. One page where it can be; no number on a single page. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format"
  xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:axf="http://www.antennahouse.com/names/XSL/Extensions"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="h">

<xsl:import href="common.xsl"/>

<xsl:variable name="top">70pt</xsl:variable>

<xsl:template name="foot"><fo:block/></xsl:template>

<!-- the title of a template comes first; in a letter it stands below the sender -->
<xsl:template name="flow">
  <xsl:variable name="sender" select="h:div[@class = 'sender'][preceding-sibling::*[last()][self::h:h1]]"/>
  <xsl:choose>
    <xsl:when test="$sender">
      <xsl:apply-templates select="$sender/preceding-sibling::*[not(self::h:h1)] | $sender"/>
      <xsl:apply-templates select="h:h1"/>
      <xsl:apply-templates select="$sender/following-sibling::*"/>
    </xsl:when>
    <xsl:otherwise><xsl:apply-templates select="*"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- the body's own paper: picture, name and address over a rule -->
<xsl:template match="h:div[@class = 'letterhead']">
  <fo:block border-bottom="0.8pt solid #000000" padding-bottom="5pt" space-after="12pt" space-before="-28pt" space-before.conditionality="retain" keep-with-next.within-page="always">
    <fo:table role="Div" table-layout="fixed" width="100%" start-indent="0pt" text-indent="0pt">
      <xsl:if test="h:p[@class = 'picture']"><fo:table-column column-width="48pt"/></xsl:if>
      <fo:table-column column-width="proportional-column-width(1)"/>
      <fo:table-body role="Div"><fo:table-row role="Div">
        <xsl:for-each select="h:p[@class = 'picture']"><fo:table-cell role="Div" display-align="center"><fo:block line-height="1" line-stacking-strategy="max-height"><fo:external-graphic src="url('{h:img/@src}')" content-width="scale-to-fit" content-height="scale-to-fit" width="40pt" height="30pt" role="Figure" fox:alt-text="{h:img/@alt}" xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"/></fo:block></fo:table-cell></xsl:for-each>
        <fo:table-cell role="Div" display-align="after">
          <fo:block font-family="{$gothic}" font-size="12.5pt" line-height="19pt" text-align="start"><xsl:for-each select="h:p[@class = 'name']"><xsl:call-template name="at"/><xsl:apply-templates/></xsl:for-each></fo:block>
          <fo:block font-size="8.5pt" line-height="12.5pt" text-align="start" color="{$grey}"><xsl:apply-templates select="h:p[@class = 'address']/node()"/></fo:block>
        </fo:table-cell>
      </fo:table-row></fo:table-body>
    </fo:table>
  </fo:block>
</xsl:template>

<xsl:template match="h:p[@class = 'number'] | h:p[@class = 'date']">
  <fo:block text-align="end"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

<xsl:template match="h:div[@class = 'addressee']">
  <fo:block space-before="17.85pt"><xsl:apply-templates select="h:p"/></fo:block>
</xsl:template>
<xsl:template match="h:div[@class = 'addressee']/h:p">
  <fo:block text-align="start" text-indent="0pt"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

<!-- the seal over the end of the name: lines end three characters before the right edge, the square goes on beyond them -->
<xsl:template match="h:div[@class = 'sender'][@data-seal = 'over'][*[@class = 'seal']]" priority="1">
  <fo:block-container space-before="17.85pt" height="54pt" role="Div">
    <fo:block-container absolute-position="absolute" top="0pt" left="147pt" width="262.5pt" height="51.02pt" display-align="center" role="Div">
      <xsl:for-each select="h:p[not(@class = 'seal')]">
        <fo:block text-align="end" text-indent="0pt"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
      </xsl:for-each>
    </fo:block-container>
    <fo:block-container absolute-position="absolute" top="3pt" left="389.98pt" width="51.02pt" height="51.02pt" border="0.5pt solid {$red}" display-align="center" role="Div">
      <fo:block text-align="end" end-indent="4pt" text-indent="0pt" font-size="8.5pt" line-height="11pt" color="{$red}"><xsl:apply-templates select="*[@class = 'seal']/node()"/></fo:block>
    </fo:block-container>
    <fo:block/>
  </fo:block-container>
</xsl:template>

<!-- text, then a square for the seal, flush with the right edge; the text begins in the right half -->
<xsl:template match="h:div[@class = 'sender']">
  <xsl:variable name="lengths"><xsl:for-each select="h:p[not(@class = 'seal')]"><xsl:sort select="string-length(.)" data-type="number" order="descending"/><xsl:if test="position() = 1"><xsl:value-of select="string-length(.)"/></xsl:if></xsl:for-each></xsl:variable>
  <xsl:variable name="wide"><xsl:choose><xsl:when test="$lengths &lt; 14">14</xsl:when><xsl:when test="$lengths &gt; 26">26</xsl:when><xsl:otherwise><xsl:value-of select="$lengths"/></xsl:otherwise></xsl:choose></xsl:variable>
  <xsl:variable name="text" select="$wide * 10.5 + 10.5"/>
  <fo:table role="Div" table-layout="fixed" start-indent="{441 - 51.02 - $text}pt" width="{$text + 51.02}pt" space-before="17.85pt" axf:baseline-block-snap="center">
    <fo:table-column column-width="{$text}pt"/>
    <fo:table-column column-width="51.02pt"/>
    <fo:table-body role="Div" start-indent="0pt">
      <fo:table-row role="Div">
        <fo:table-cell role="Div" display-align="center">
          <xsl:for-each select="h:p[not(@class = 'seal')]">
            <fo:block text-align="start" text-indent="0pt"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
          </xsl:for-each>
        </fo:table-cell>
        <fo:table-cell role="Div" height="51.02pt" display-align="center">
          <xsl:choose>
            <xsl:when test="*[@class = 'seal']">
              <xsl:attribute name="border">0.5pt solid <xsl:value-of select="$red"/></xsl:attribute>
              <fo:block text-align="center" text-indent="0pt" font-size="8.5pt" line-height="11pt" color="{$red}"><xsl:apply-templates select="*[@class = 'seal']/node()"/></fo:block>
            </xsl:when>
            <xsl:otherwise><fo:block/></xsl:otherwise>
          </xsl:choose>
        </fo:table-cell>
      </fo:table-row>
    </fo:table-body>
  </fo:table>
</xsl:template>

<xsl:template match="h:h1">
  <fo:block font-family="{$gothic}" font-size="12pt" line-height="17.85pt" text-align="center" text-indent="0pt" axf:word-break="auto-phrase" space-before="31.2pt" space-after="22.35pt" space-before.minimum="13.4pt" space-after.minimum="4.45pt" axf:baseline-block-snap="center" role="H1"><xsl:call-template name="heading"/></fo:block>
</xsl:template>

<xsl:template match="h:div[@class = 'contact']">
  <fo:block space-before="26.775pt" space-before.minimum="4pt" text-align="end" font-size="9.5pt" line-height="15pt" keep-together.within-page="always">
    <xsl:for-each select="h:p"><fo:block text-indent="0pt"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block></xsl:for-each>
  </fo:block>
</xsl:template>

<!-- place for the signer: date, address, name with seal (pledges) -->
<xsl:template match="h:div[@class = 'signatures']">
  <fo:block space-before="17.85pt" keep-together.within-page="always"><xsl:apply-templates select="*"/></fo:block>
</xsl:template>

</xsl:stylesheet>

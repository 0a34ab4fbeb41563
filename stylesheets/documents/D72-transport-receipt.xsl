<?xml version="1.0" encoding="UTF-8"?>
<!-- 受領証: the receipt and its counterfoil on one sheet, a line to cut along between them. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="kit.xsl"/>

<!-- two receipts on one page -->
<xsl:template name="room"><xsl:if test="$blank and not(value) and @type != 'signature'"><xsl:attribute name="data-height">6mm</xsl:attribute></xsl:if></xsl:template>

<xsl:template name="form">
  <xsl:call-template name="running"/>
  <xsl:call-template name="before"/>
  <h1><xsl:call-template name="title"/></h1>
  <xsl:call-template name="slip"/>
  <hr/>
  <h2 class="unnumbered"><xsl:call-template name="title"/>（控え）</h2>
  <xsl:call-template name="slip"/>
</xsl:template>

<xsl:template match="field[@id = 'signed']" mode="form">
  <tr><th><xsl:value-of select="@label"/></th><td class="signature">上記の情報を確かに受領しました。　<xsl:apply-templates select="." mode="filled"/><span class="seal">印</span></td></tr>
</xsl:template>

<xsl:template name="slip">
  <table class="fields"><colgroup><col data-width="36mm"/><col data-width="1*"/></colgroup><tbody>
    <xsl:apply-templates select="$entry/fields/field" mode="form"/>
  </tbody></table>
</xsl:template>

</xsl:stylesheet>

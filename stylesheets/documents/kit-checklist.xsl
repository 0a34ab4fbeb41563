<?xml version="1.0" encoding="UTF-8"?>
<!-- A client's checklist: who and when, then one row an item with boxes to tick, then who signs. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="kit.xsl"/>

<xsl:template name="form">
  <xsl:call-template name="running"/>
  <xsl:call-template name="before"/>
  <h1><xsl:call-template name="title"/></h1>
  <xsl:call-template name="head"/>
  <xsl:if test="$entry/fields/field[not(@type = 'signature')]">
    <table class="fields"><colgroup><col data-width="36mm"/><col data-width="1*"/></colgroup><tbody>
      <xsl:apply-templates select="$entry/fields/field[not(@type = 'signature')]" mode="form"/>
    </tbody></table>
  </xsl:if>
  <xsl:for-each select="$entry/fields/group">
    <xsl:variable name="fields" select="row[1]/field | field[not(current()/row)]"/>
    <table class="checks">
      <colgroup><col data-width="13mm"/><xsl:for-each select="$fields"><col><xsl:attribute name="data-width"><xsl:choose><xsl:when test="@width"><xsl:value-of select="concat(@width, '*')"/></xsl:when><xsl:when test="@id = 'result'">30mm</xsl:when><xsl:otherwise>1*</xsl:otherwise></xsl:choose></xsl:attribute></col></xsl:for-each></colgroup>
      <thead><tr><th class="num">項番</th><xsl:for-each select="$fields"><th><xsl:value-of select="@label"/></th></xsl:for-each></tr></thead>
      <tbody>
        <xsl:for-each select="row">
          <tr data-at="{@at}"><td class="num"><xsl:value-of select="position()"/></td><xsl:apply-templates select="field" mode="cell"/></tr>
        </xsl:for-each>
        <xsl:if test="not(row)"><xsl:call-template name="rows-to-write"><xsl:with-param name="n" select="8"/><xsl:with-param name="columns" select="count($fields) + 1"/></xsl:call-template></xsl:if>
      </tbody>
    </table>
  </xsl:for-each>
  <xsl:if test="$entry/fields/field[@type = 'signature']">
    <table class="fields"><colgroup><col data-width="36mm"/><col data-width="1*"/></colgroup><tbody>
      <xsl:apply-templates select="$entry/fields/field[@type = 'signature']" mode="form"/>
    </tbody></table>
  </xsl:if>
</xsl:template>

<!-- both answers, the given one ticked -->
<xsl:template match="field[@id = 'result']" mode="cell">
  <td data-at="{value/@at}">
    <xsl:choose>
      <xsl:when test="@form = 'label:result'">
        <p><xsl:choose><xsl:when test="value = 'ok'">■</xsl:when><xsl:otherwise>□</xsl:otherwise></xsl:choose><xsl:value-of select="concat(' ', bn:label('result', 'ok'))"/></p>
        <p><xsl:choose><xsl:when test="value = 'lacking'">■</xsl:when><xsl:otherwise>□</xsl:otherwise></xsl:choose><xsl:value-of select="concat(' ', bn:label('result', 'lacking'))"/></p>
      </xsl:when>
      <xsl:otherwise>
        <p><xsl:choose><xsl:when test="value = 'はい'">■</xsl:when><xsl:otherwise>□</xsl:otherwise></xsl:choose> はい</p>
        <p><xsl:choose><xsl:when test="value = 'いいえ'">■</xsl:when><xsl:otherwise>□</xsl:otherwise></xsl:choose> いいえ</p>
      </xsl:otherwise>
    </xsl:choose>
  </td>
</xsl:template>

</xsl:stylesheet>

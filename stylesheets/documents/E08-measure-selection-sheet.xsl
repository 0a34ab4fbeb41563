<?xml version="1.0" encoding="UTF-8"?>
<!-- 措置選択シート: every measure of the edition, those selected in the application ticked. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:d="urn:bunsho:data"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn d">

<xsl:import href="generic.xsl"/>

<xsl:template match="group" mode="form" priority="2"/>

<xsl:template name="head">
  <p>申込書に記載した技術等情報の態様に応じて実施することを決定した措置に印を付けたものである。</p>
</xsl:template>

<xsl:template name="after">
  <h2 class="unnumbered">措置の選択</h2>
  <table class="checks">
    <colgroup><col data-width="14mm"/><col data-width="1.7*"/><col data-width="1*"/><col data-width="26mm"/></colgroup>
    <thead><tr><th>選択</th><th>措置</th><th>対象となる態様</th><th>区分</th></tr></thead>
    <tbody>
      <xsl:for-each select="$edition//measure[not(@status = 'deleted')][@level != 'unknown' or @id = $case/application/selected-measures/measure/@ref]">
        <xsl:variable name="chosen" select="$case/application/selected-measures/measure[@ref = current()/@id]"/>
        <tr data-at="{bn:at(($chosen | .)[last()])}">
          <td class="center"><xsl:choose><xsl:when test="$chosen">■</xsl:when><xsl:otherwise>□</xsl:otherwise></xsl:choose></td>
          <td><xsl:call-template name="measure"><xsl:with-param name="ref" select="@id"/></xsl:call-template></td>
          <td><xsl:choose><xsl:when test="@forms"><xsl:value-of select="bn:label('form', @forms)"/></xsl:when><xsl:otherwise>全ての態様</xsl:otherwise></xsl:choose></td>
          <td><xsl:value-of select="bn:label('level', @level)"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
  <p class="note">■は実施することを決定した措置を、□は選択していない措置を表す。</p>
</xsl:template>

</xsl:stylesheet>

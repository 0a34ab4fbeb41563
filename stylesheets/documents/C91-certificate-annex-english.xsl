<?xml version="1.0" encoding="UTF-8"?>
<!-- Annex to the English certificate: the measures as the notice numbers and titles them, for which there is no English text, and their results. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="lib.xsl"/>

<xsl:template match="/">
  <article class="report plain" lang="en" data-numbering="koyobun-h/2">
    <xsl:variable name="number"><xsl:choose><xsl:when test="$item/@number"><xsl:value-of select="$item/@number"/></xsl:when><xsl:otherwise>(draft)</xsl:otherwise></xsl:choose></xsl:variable>
    <header class="running"><p class="start">Annex to the certificate</p><p class="end">Certificate No. <xsl:value-of select="$number"/></p></header>
    <footer class="running"><p class="start"><xsl:value-of select="$body/english/name"/></p></footer>
    <h1>Annex to the Certificate</h1>
    <table class="fields"><colgroup><col data-width="42mm"/><col data-width="1*"/></colgroup><tbody>
      <tr><th>Certificate No.</th><td><xsl:choose><xsl:when test="$item/@number"><xsl:call-template name="v"><xsl:with-param name="id" select="'certificate-number'"/></xsl:call-template></xsl:when><xsl:otherwise>(draft)</xsl:otherwise></xsl:choose></td></tr>
      <tr><th>Organization</th><td><xsl:call-template name="v"><xsl:with-param name="id" select="'client-name'"/></xsl:call-template></td></tr>
      <tr><th>Criteria</th><td>Criteria for Measures to Prevent Leakage of Technical Information (reference translation of the name; <xsl:call-template name="v"><xsl:with-param name="id" select="'notice'"/></xsl:call-template>)</td></tr>
      <tr><th>Scope of certification</th><td><xsl:call-template name="v"><xsl:with-param name="id" select="'scope'"/></xsl:call-template></td></tr>
    </tbody></table>
    <h2 class="unnumbered">Measures</h2>
    <table class="open">
      <colgroup><col data-width="12mm"/><col data-width="1*"/><col data-width="30mm"/></colgroup>
      <thead><tr><th>No.</th><th>Measure</th><th>Result</th></tr></thead>
      <tbody>
        <xsl:for-each select="$case/application/selected-measures/measure">
          <xsl:variable name="ref" select="@ref"/>
          <xsl:variable name="finding" select="$case/findings/finding[@measure = $ref]"/>
          <tr data-at="{bn:at(.)}">
            <td class="num"><xsl:value-of select="position()"/></td>
            <td lang="ja"><xsl:call-template name="measure"><xsl:with-param name="ref" select="$ref"/></xsl:call-template></td>
            <td><xsl:choose>
              <xsl:when test="$finding[@result = 'nonconform']">does not conform</xsl:when>
              <xsl:when test="$finding[last()]/@result = 'conform'">conforms</xsl:when>
              <xsl:when test="$finding[last()]/@result = 'not-applicable'">not applicable</xsl:when>
              <xsl:when test="$finding[last()]/@result = 'omitted'">omitted</xsl:when>
              <xsl:otherwise>not reviewed</xsl:otherwise>
            </xsl:choose></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
    <p class="note">Measures are named as in the Japanese notice, which has no official English text. The Japanese annex is the original.</p>
  </article>
</xsl:template>

</xsl:stylesheet>

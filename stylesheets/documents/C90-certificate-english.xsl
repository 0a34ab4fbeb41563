<?xml version="1.0" encoding="UTF-8"?>
<!--
  The certificate in English, beside the Japanese one. Names, addresses and scope are the data's own words. The criteria have no official
  English text: they are described, marked as a reference translation, with the number that the notice bears in Japanese.
-->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="C07-certificate.xsl"/>

<xsl:template match="/">
  <xsl:variable name="preprinted"><xsl:call-template name="option"><xsl:with-param name="name" select="'preprinted'"/></xsl:call-template></xsl:variable>
  <article lang="en">
    <xsl:attribute name="class">certificate english<xsl:if test="$preprinted = 'yes'"> preprinted</xsl:if></xsl:attribute>
    <p class="number">Certificate No. <xsl:call-template name="number"/></p>
    <h1>Certificate</h1>
    <div class="recipient">
      <p class="name"><xsl:call-template name="v"><xsl:with-param name="id" select="'client-name'"/></xsl:call-template></p>
      <p class="address"><xsl:call-template name="v"><xsl:with-param name="id" select="'client-address'"/></xsl:call-template></p>
    </div>
    <div class="body"><p>This is to certify that the measures to prevent leakage of technical information taken by the organization named above, within the scope of certification below, conform to the Criteria for Measures to Prevent Leakage of Technical Information* (<xsl:call-template name="v"><xsl:with-param name="id" select="'notice'"/></xsl:call-template>).</p></div>
    <table class="items"><tbody><xsl:call-template name="rows"/></tbody></table>
    <p class="date">Date of issue: <xsl:call-template name="v"><xsl:with-param name="id" select="'issued'"/></xsl:call-template></p>
    <div class="sender">
      <p class="accreditation">Accreditation No. <xsl:call-template name="v"><xsl:with-param name="id" select="'accreditation'"/></xsl:call-template></p>
      <p class="address"><xsl:call-template name="v"><xsl:with-param name="id" select="'body-address'"/></xsl:call-template></p>
      <p class="name"><xsl:call-template name="v"><xsl:with-param name="id" select="'body-name'"/></xsl:call-template></p>
      <p class="representative" data-field="body-representative"><xsl:if test="$body/english/representative/person/@title"><xsl:value-of select="concat($body/english/representative/person/@title, '  ')"/></xsl:if><xsl:call-template name="v"><xsl:with-param name="id" select="'body-representative'"/></xsl:call-template></p>
      <xsl:variable name="seal"><xsl:call-template name="option"><xsl:with-param name="name" select="'seal'"/></xsl:call-template></xsl:variable>
      <xsl:if test="$seal != 'no'"><span class="seal">Seal</span></xsl:if>
    </div>
    <xsl:call-template name="verify"/>
  </article>
</xsl:template>

<xsl:template name="number">
  <xsl:choose>
    <xsl:when test="$item/@number"><xsl:call-template name="v"><xsl:with-param name="id" select="'certificate-number'"/></xsl:call-template></xsl:when>
    <xsl:otherwise>(draft)</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="rows">
  <xsl:call-template name="row"><xsl:with-param name="id" select="'scope'"/></xsl:call-template>
  <xsl:variable name="selected" select="$case/application/selected-measures/measure/@ref"/>
  <xsl:variable name="bad" select="count($selected[. = $case/findings/finding[@result = 'nonconform']/@measure])"/>
  <tr><th>Measures</th><td><xsl:call-template name="v"><xsl:with-param name="id" select="'measures'"/></xsl:call-template> selected (<xsl:value-of select="count($selected) - $bad"/> conforming, <xsl:value-of select="$bad"/> not; see the annex)</td></tr>
  <xsl:for-each select="$entry//field[contains(@id, '-review')]"><xsl:call-template name="row"><xsl:with-param name="id" select="@id"/></xsl:call-template></xsl:for-each>
  <xsl:call-template name="row"><xsl:with-param name="id" select="'decision-date'"/></xsl:call-template>
  <xsl:call-template name="row"><xsl:with-param name="id" select="'validity'"/></xsl:call-template>
  <xsl:for-each select="key('field', 'remarks')[value]">
    <tr><th><xsl:value-of select="@label"/></th><td><xsl:for-each select="value"><p><xsl:apply-templates select="." mode="one"/></p></xsl:for-each></td></tr>
  </xsl:for-each>
  <tr><th>* Note</th><td><p class="small">Reference translation of the name of the criteria. The Japanese certificate is the original.</p></td></tr>
</xsl:template>

<xsl:template name="verify">
  <xsl:variable name="url">
    <xsl:choose>
      <xsl:when test="$body/verify-url"><xsl:value-of select="$body/verify-url"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="option"><xsl:with-param name="name" select="'verify-url'"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:if test="$url != '' and $item/@number">
    <figure class="verify">
      <xsl:copy-of select="bn:qr(concat($url, $item/@number), '19mm')"/>
      <figcaption>To verify the certificate</figcaption>
    </figure>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>

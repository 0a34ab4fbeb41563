<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:bn="urn:bunsho:functions" extension-element-prefixes="bn">
 <xsl:import href="%E8%A6%8B%E6%9C%AC%20parts/imported.xsl"/>
 <xsl:include href="included.xsl"/>
 <xsl:param name="who"/>
 <xsl:template match="/input/certification-case">
  <article>
   <xsl:message>注意 <xsl:value-of select="@id"/></xsl:message>
   <p class="who"><xsl:value-of select="$who"/></p>
   <p class="date"><bn:field select="report/@date" form="wareki"/></p>
   <p class="fee"><bn:field select="fee/@yen" form="yen" label="費用 {name(fee/@yen)}"/></p>
   <p><bn:field select="empty" label="空"/><bn:field select="empty" blank="yes"/></p>
   <div><xsl:copy-of select="bn:qr('https://example.jp/SNK-2019', '22mm')"/></div>
   <p class="imported"><xsl:call-template name="included"/><xsl:text> </xsl:text><xsl:call-template name="imported"/></p>
  </article>
 </xsl:template>
</xsl:stylesheet>

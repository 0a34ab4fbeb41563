<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:bn="urn:bunsho:functions" extension-element-prefixes="bn">
 <xsl:template match="/">
  <out>
   <xsl:value-of select="bn:date(//wrong/@date)"/>
  </out>
 </xsl:template>
</xsl:stylesheet>

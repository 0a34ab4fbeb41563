<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
 <xsl:template name="imported">imported</xsl:template>
 <xsl:template name="included">overridden</xsl:template>
</xsl:stylesheet>

<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:template match="/"><out><xsl:for-each select="//x"><xsl:for-each select="//x"><xsl:for-each select="//x"><xsl:copy-of select="/"/></xsl:for-each></xsl:for-each></xsl:for-each></out></xsl:template>
</xsl:stylesheet>

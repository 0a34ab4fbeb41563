<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:template match="/"><out><xsl:call-template name="t"><xsl:with-param name="s" select="'xxxxxxxxxxxxxxxx'"/></xsl:call-template></out></xsl:template>
<xsl:template name="t"><xsl:param name="s"/><xsl:call-template name="t"><xsl:with-param name="s" select="concat($s, $s)"/></xsl:call-template></xsl:template>
</xsl:stylesheet>

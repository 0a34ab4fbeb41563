<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:template match="/"><out><xsl:call-template name="t"/></out></xsl:template>
<xsl:template name="t"><xsl:call-template name="t"/></xsl:template>
</xsl:stylesheet>

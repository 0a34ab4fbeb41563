<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:str="http://exslt.org/strings" xmlns:bn="urn:bunsho:functions">
<xsl:template match="/"><out><xsl:value-of select="bn:add-years('2019-01-01', 1e300)"/></out></xsl:template>
</xsl:stylesheet>

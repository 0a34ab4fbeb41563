<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:str="http://exslt.org/strings" xmlns:bn="urn:bunsho:functions">
<xsl:template match="/"><out><xsl:value-of select="str:padding(1 div 0, '=')"/></out></xsl:template>
</xsl:stylesheet>

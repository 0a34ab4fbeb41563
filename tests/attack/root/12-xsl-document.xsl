<xsl:stylesheet version="1.1" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:template match="/"><out><xsl:document href="written-by-attack.xml"><x/></xsl:document></out></xsl:template>
</xsl:stylesheet>

<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:exsl="http://exslt.org/common" extension-element-prefixes="exsl">
<xsl:template match="/"><out><exsl:document href="written-by-attack.xml"><x/></exsl:document></out></xsl:template>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- A body that prints a line of its own at the foot of its letters. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:fo="http://www.w3.org/1999/XSL/Format">
  <xsl:import href="share:page/letter.xsl"/>
  <xsl:template name="foot"><fo:block>この通知は見本である。</fo:block></xsl:template>
</xsl:stylesheet>

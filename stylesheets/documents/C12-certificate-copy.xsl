<?xml version="1.0" encoding="UTF-8"?>
<!-- 認証証明書（写し）: the whole certificate, marked. Made only when asked for. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="C07-certificate.xsl"/>

<xsl:template name="subtitle"><p class="subtitle">（写し）</p></xsl:template>

</xsl:stylesheet>

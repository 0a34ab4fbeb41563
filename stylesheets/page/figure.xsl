<?xml version="1.0" encoding="UTF-8"?>
<!-- 図: a page with a drawing and what is said of it. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format"
  xmlns:h="http://www.w3.org/1999/xhtml"
  exclude-result-prefixes="h">

<xsl:import href="report.xsl"/>

</xsl:stylesheet>

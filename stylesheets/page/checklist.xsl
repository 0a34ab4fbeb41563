<?xml version="1.0" encoding="UTF-8"?>
<!-- チェックシート: a form whose main part is a ruled table of questions. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format"
  xmlns:h="http://www.w3.org/1999/xhtml"
  exclude-result-prefixes="h">

<xsl:import href="form.xsl"/>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- 図: one drawing on a page of its own, with 20 mm around it; tables and notes below it. Portrait, or landscape when the entry says so. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format"
  xmlns:h="http://www.w3.org/1999/xhtml"
  exclude-result-prefixes="h">

<xsl:import href="common.xsl"/>

<xsl:variable name="grid">none</xsl:variable>

<xsl:variable name="page-width"><xsl:choose><xsl:when test="$landscape = 'yes'">297mm</xsl:when><xsl:otherwise>210mm</xsl:otherwise></xsl:choose></xsl:variable>
<xsl:variable name="page-height"><xsl:choose><xsl:when test="$landscape = 'yes'">210mm</xsl:when><xsl:otherwise>297mm</xsl:otherwise></xsl:choose></xsl:variable>
<xsl:variable name="side">20mm</xsl:variable>
<xsl:variable name="top">20mm</xsl:variable>
<xsl:variable name="bottom">20mm</xsl:variable>
<xsl:variable name="head-extent">14mm</xsl:variable>
<xsl:variable name="foot-extent">14mm</xsl:variable>

<xsl:attribute-set name="title">
  <xsl:attribute name="space-after">6pt</xsl:attribute>
</xsl:attribute-set>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- 適用法令照会書・回答書: the generic letter, and below it the place for the answer. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="generic.xsl"/>

<xsl:template name="after">
  <h2 class="unnumbered">回答欄</h2>
  <table class="fields"><colgroup><col data-width="44mm"/><col data-width="1*"/></colgroup><tbody>
    <tr><th>該当する法令の有無</th><td>
      <xsl:choose>
        <xsl:when test="key('field', 'applies')/value and not($blank)"><xsl:call-template name="v"><xsl:with-param name="id" select="'applies'"/></xsl:call-template></xsl:when>
        <xsl:otherwise>あり　・　なし</xsl:otherwise>
      </xsl:choose>
    </td></tr>
    <tr><th>法令の名称</th><td><xsl:for-each select="key('field', 'laws')"><xsl:apply-templates select="." mode="filled"/></xsl:for-each></td></tr>
    <tr><th>回答年月日</th><td><xsl:for-each select="key('field', 'answered')"><xsl:apply-templates select="." mode="filled"/></xsl:for-each></td></tr>
    <tr><th>回答者</th><td class="signature"><xsl:value-of select="$case/client/name"/><span class="seal">印</span></td></tr>
  </tbody></table>
</xsl:template>

</xsl:stylesheet>

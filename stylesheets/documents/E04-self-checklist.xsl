<?xml version="1.0" encoding="UTF-8"?>
<!-- 自己チェックリスト: the minimum (mandatory) measures of the edition, to be answered by hand. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:d="urn:bunsho:data"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn d">

<xsl:import href="generic.xsl"/>

<xsl:template match="group" mode="form" priority="2"/>

<xsl:template name="head">
  <p>技術等情報漏えい防止措置基準に定められた措置のうち、<xsl:choose><xsl:when test="$edition/@id = 'e2018'">必要最低限の措置</xsl:when><xsl:otherwise>義務項目</xsl:otherwise></xsl:choose>について、自らの取組の状況を確認するための用紙である。各項目について当てはまるものに印を付け、根拠となる文書又は記録を記入する。</p>
</xsl:template>

<xsl:template match="field[@id = 'date' or @id = 'by' or @id = 'name']" mode="form" priority="1">
  <tr><th><xsl:value-of select="@label"/></th><td><xsl:choose><xsl:when test="value"><xsl:apply-templates select="." mode="values"/></xsl:when><xsl:otherwise><xsl:apply-templates select="." mode="empty"/></xsl:otherwise></xsl:choose></td></tr>
</xsl:template>

<xsl:template name="after">
  <h2 class="unnumbered">項目ごとの確認</h2>
  <table class="checks">
    <colgroup><col data-width="13mm"/><col data-width="1.5*"/><col data-width="24mm"/><col data-width="1.2*"/></colgroup>
    <thead><tr><th class="num">項番</th><th>項目</th><th>回答</th><th>根拠・記録</th></tr></thead>
    <tbody>
      <xsl:for-each select="key('group', 'measures')/row/field/value">
        <tr data-at="{@at}">
          <td class="num"><xsl:value-of select="position()"/></td>
          <td><p><xsl:apply-templates select="." mode="one"/></p></td>
          <td><p>□ はい</p><p>□ いいえ</p><p>□ 非該当</p></td>
          <td><xsl:text>　</xsl:text></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
  <p class="note">「いいえ」のある項目は、認証の申込みまでに取り組む必要がある。「非該当」は、対象とする情報の態様からみて講ずる必要がないものをいう。</p>
</xsl:template>

</xsl:stylesheet>

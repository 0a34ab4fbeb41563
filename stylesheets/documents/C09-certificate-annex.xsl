<?xml version="1.0" encoding="UTF-8"?>
<!-- 認証証明書付属書: scope and measures, the certificate's number on each page. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="lib.xsl"/>

<xsl:template match="/">
  <article class="report plain" lang="ja" data-numbering="koyobun-h/2">
    <xsl:variable name="number"><xsl:choose><xsl:when test="$item/@number"><xsl:value-of select="$item/@number"/></xsl:when><xsl:otherwise>案</xsl:otherwise></xsl:choose></xsl:variable>
    <!-- running heads of every page -->
    <header class="running"><p class="start">認証証明書付属書</p><p class="end">認証証明書番号　<xsl:value-of select="$number"/></p></header>
    <footer class="running"><p class="start"><xsl:value-of select="$body/name"/></p></footer>
    <h1>認証証明書付属書</h1>
    <table class="fields"><colgroup><col data-width="36mm"/><col data-width="1*"/></colgroup><tbody>
      <tr><th>認証証明書番号</th><td><xsl:choose><xsl:when test="$item/@number"><xsl:call-template name="v"><xsl:with-param name="id" select="'certificate-number'"/></xsl:call-template></xsl:when><xsl:otherwise>案</xsl:otherwise></xsl:choose></td></tr>
      <tr><th>依頼者</th><td><xsl:call-template name="v"><xsl:with-param name="id" select="'client-name'"/></xsl:call-template></td></tr>
      <tr><th>基準</th><td><xsl:value-of select="$edition/title"/>（<xsl:call-template name="v"><xsl:with-param name="id" select="'notice'"/></xsl:call-template>）</td></tr>
      <tr><th>範囲の単位</th><td><xsl:call-template name="v"><xsl:with-param name="id" select="'unit'"/></xsl:call-template></td></tr>
      <tr><th>認証の範囲</th><td><p><xsl:call-template name="v"><xsl:with-param name="id" select="'scope'"/></xsl:call-template></p>
        <xsl:for-each select="$case/scope/covers"><xsl:call-template name="covered"/></xsl:for-each></td></tr>
    </tbody></table>
    <h2 class="unnumbered">措置の一覧</h2>
    <table class="open">
      <colgroup><col data-width="10mm"/><col data-width="1*"/><col data-width="14mm"/><col data-width="18mm"/><col data-width="30mm"/></colgroup>
      <thead><tr><th>項番</th><th>措置</th><th>選択</th><th>適合状況</th><th>審査方法</th></tr></thead>
      <tbody>
        <xsl:for-each select="$case/application/selected-measures/measure">
          <xsl:variable name="ref" select="@ref"/>
          <xsl:variable name="finding" select="$case/findings/finding[@measure = $ref]"/>
          <xsl:variable name="answer" select="$case/reviews/review[@type = 'first']/checksheet/answer[@measure = $ref]"/>
          <tr data-at="{bn:at(.)}">
            <td class="num"><xsl:value-of select="position()"/></td>
            <td><xsl:call-template name="measure"><xsl:with-param name="ref" select="$ref"/></xsl:call-template></td>
            <td>選択</td>
            <td>
              <xsl:choose>
                <xsl:when test="$finding[@result = 'nonconform']"><span data-at="{bn:at($finding)}"><xsl:value-of select="bn:label('result', 'nonconform')"/></span></xsl:when>
                <xsl:when test="$finding"><span data-at="{bn:at($finding[last()])}"><xsl:value-of select="bn:label('result', $finding[last()]/@result)"/></span></xsl:when>
                <xsl:when test="$answer"><span data-at="{bn:at($answer)}"><xsl:value-of select="bn:label('result', $answer/@result)"/></span></xsl:when>
              </xsl:choose>
            </td>
            <td>
              <xsl:if test="$answer">書面<xsl:if test="$finding">、</xsl:if></xsl:if>
              <xsl:if test="$finding"><xsl:call-template name="methods"><xsl:with-param name="evidence" select="$finding/evidence"/></xsl:call-template></xsl:if>
              <xsl:for-each select="$case/omissions/omission[@measure = $ref]">（<xsl:value-of select="bn:label('review', @review)"/>は省略）</xsl:for-each>
            </td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
    <xsl:if test="$case/omissions/omission">
      <h2 class="unnumbered">省略した審査事項</h2>
      <table class="open">
        <colgroup><col data-width="1*"/><col data-width="20mm"/><col data-width="1*"/><col data-width="1*"/></colgroup>
        <thead><tr><th>審査事項</th><th>審査</th><th>根拠</th><th>省略の理由</th></tr></thead>
        <tbody>
          <xsl:for-each select="$case/omissions/omission">
            <tr data-at="{bn:at(.)}">
              <td><xsl:call-template name="measure"><xsl:with-param name="ref" select="@measure"/></xsl:call-template></td>
              <td><xsl:value-of select="bn:label('review', @review)"/></td>
              <td><xsl:value-of select="@reference"/><xsl:if test="@valid-until">（<time><xsl:value-of select="bn:date(@valid-until)"/></time>まで有効）</xsl:if></td>
              <td data-at="{bn:at(reason)}"><xsl:value-of select="reason"/></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </xsl:if>
    <p class="closing">以下余白</p>
  </article>
</xsl:template>

<xsl:template name="covered">
  <xsl:variable name="ref" select="@ref"/>
  <xsl:for-each select="$case/client/sites//*[@id = $ref]">
    <p data-at="{bn:at(.)}">
      <xsl:choose>
        <xsl:when test="self::site"><xsl:value-of select="name"/>（<xsl:value-of select="address"/>）</xsl:when>
        <xsl:otherwise><xsl:value-of select="../name"/>　<xsl:value-of select="."/>（<xsl:value-of select="../address"/>）</xsl:otherwise>
      </xsl:choose>
    </p>
  </xsl:for-each>
</xsl:template>

<!-- kinds of evidence, each once -->
<xsl:template name="methods">
  <xsl:param name="evidence"/>
  <xsl:for-each select="$evidence[not(@kind = preceding-sibling::evidence/@kind)]">
    <xsl:if test="position() &gt; 1">、</xsl:if><xsl:value-of select="bn:label('evidence', @kind)"/>
  </xsl:for-each>
</xsl:template>

</xsl:stylesheet>

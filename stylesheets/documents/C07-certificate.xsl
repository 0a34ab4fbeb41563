<?xml version="1.0" encoding="UTF-8"?>
<!-- 認証証明書: what it says. Also the frame of C08, which overrides subtitle, sentence and rows. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="lib.xsl"/>

<!-- longer than this, the scope is written in the annex -->
<xsl:variable name="scope-most" select="140"/>

<xsl:template match="/">
  <xsl:variable name="preprinted"><xsl:call-template name="option"><xsl:with-param name="name" select="'preprinted'"/></xsl:call-template></xsl:variable>
  <xsl:variable name="writing"><xsl:call-template name="option"><xsl:with-param name="name" select="'certificate-writing'"/></xsl:call-template></xsl:variable>
  <article lang="ja">
    <xsl:attribute name="class">certificate<xsl:if test="$preprinted = 'yes'"> preprinted</xsl:if><xsl:if test="$writing = 'vertical'"> vertical</xsl:if></xsl:attribute>
    <p class="number">認証証明書番号　<xsl:call-template name="number"/></p>
    <h1><xsl:call-template name="name"/></h1>
    <xsl:call-template name="subtitle"/>
    <div class="recipient">
      <p class="name"><xsl:call-template name="v"><xsl:with-param name="id" select="'client-name'"/></xsl:call-template>
        <xsl:variable name="h"><xsl:call-template name="honorific"/></xsl:variable>
        <xsl:if test="$h != '' and $h != 'none'"><xsl:value-of select="concat('　', $h)"/></xsl:if></p>
      <p class="address"><xsl:call-template name="v"><xsl:with-param name="id" select="'client-address'"/></xsl:call-template></p>
    </div>
    <div class="body"><p><xsl:call-template name="sentence"/></p></div>
    <table class="items"><tbody><xsl:call-template name="rows"/></tbody></table>
    <p class="date"><xsl:call-template name="v"><xsl:with-param name="id" select="'issued'"/></xsl:call-template></p>
    <div class="sender">
      <p class="accreditation">認定番号　<xsl:call-template name="v"><xsl:with-param name="id" select="'accreditation'"/></xsl:call-template></p>
      <p class="address"><xsl:call-template name="v"><xsl:with-param name="id" select="'body-address'"/></xsl:call-template></p>
      <p class="name"><xsl:call-template name="v"><xsl:with-param name="id" select="'body-name'"/></xsl:call-template></p>
      <p class="representative" data-field="body-representative"><xsl:call-template name="person"><xsl:with-param name="person" select="$body/representative/person"/><xsl:with-param name="spread" select="true()"/></xsl:call-template></p>
      <xsl:call-template name="seal"/>
    </div>
    <xsl:call-template name="verify"/>
  </article>
</xsl:template>

<xsl:template name="name">認証証明書</xsl:template>
<xsl:template name="subtitle"/>

<xsl:template name="number">
  <xsl:choose>
    <xsl:when test="$item/@number"><xsl:call-template name="v"><xsl:with-param name="id" select="'certificate-number'"/></xsl:call-template></xsl:when>
    <!-- a draft only: otherwise R088 refuses -->
    <xsl:otherwise>案</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- the two kinds, which a copy (C12) chooses from -->
<xsl:template name="sentence"><xsl:call-template name="full-sentence"/></xsl:template>
<xsl:template name="full-sentence">貴社が次の認証の範囲において講じている技術等情報漏えい防止措置が、技術等情報漏えい防止措置基準（<xsl:call-template name="v"><xsl:with-param name="id" select="'notice'"/></xsl:call-template>）に適合している旨を認証します。</xsl:template>

<xsl:template name="rows"><xsl:call-template name="full-rows"/></xsl:template>
<xsl:template name="full-rows">
  <xsl:call-template name="scope-row"/>
  <xsl:call-template name="measures-row"/>
  <xsl:for-each select="$entry//field[@type = 'period' and contains(@id, '-review')]">
    <xsl:call-template name="row"><xsl:with-param name="id" select="@id"/></xsl:call-template>
  </xsl:for-each>
  <xsl:call-template name="row"><xsl:with-param name="id" select="'decision-date'"/></xsl:call-template>
  <xsl:call-template name="row"><xsl:with-param name="id" select="'validity'"/></xsl:call-template>
  <xsl:call-template name="remarks"/>
</xsl:template>

<xsl:template name="row">
  <xsl:param name="id"/>
  <xsl:for-each select="key('field', $id)">
    <tr><th><xsl:value-of select="@label"/></th><td><xsl:apply-templates select="." mode="values"/></td></tr>
  </xsl:for-each>
</xsl:template>

<xsl:template name="scope-row">
  <tr><th>認証の範囲</th><td>
    <xsl:choose>
      <xsl:when test="string-length($case/scope/description) &gt; $scope-most">付属書に記載のとおり</xsl:when>
      <xsl:otherwise><xsl:call-template name="v"><xsl:with-param name="id" select="'scope'"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </td></tr>
</xsl:template>

<!-- the measures themselves stand in the annex -->
<xsl:template name="measures-row">
  <xsl:variable name="selected" select="$case/application/selected-measures/measure/@ref"/>
  <xsl:variable name="failed" select="$case/findings/finding[@result = 'nonconform']/@measure | $case[not(findings)]/reviews/review[@type = 'first']/checksheet/answer[@result != 'conform']/@measure"/>
  <xsl:variable name="bad" select="count($selected[. = $failed])"/>
  <tr><th>措置の適合状況</th><td>選択した措置<xsl:call-template name="v"><xsl:with-param name="id" select="'measures'"/></xsl:call-template>項目（適合<xsl:value-of select="count($selected) - $bad"/>、不適合<xsl:value-of select="$bad"/>。付属書のとおり）</td></tr>
</xsl:template>

<xsl:template name="remarks">
  <xsl:if test="$item/remark or $case/omissions/omission">
    <tr><th>付記事項</th><td>
      <xsl:for-each select="$item/remark">
        <p data-at="{bn:at(.)}" data-field="remarks"><xsl:value-of select="."/>
          <xsl:if test="@kind = 'omission'">
            <xsl:text>（理由：</xsl:text>
            <xsl:for-each select="$case/omissions/omission/reason"><xsl:if test="position() &gt; 1">／</xsl:if><span data-at="{bn:at(.)}" data-field="omission-reasons"><xsl:value-of select="."/></span></xsl:for-each>
            <xsl:text>）</xsl:text>
          </xsl:if>
        </p>
      </xsl:for-each>
    </td></tr>
  </xsl:if>
</xsl:template>

<xsl:template name="verify">
  <xsl:variable name="url">
    <xsl:choose>
      <xsl:when test="$body/verify-url"><xsl:value-of select="$body/verify-url"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="option"><xsl:with-param name="name" select="'verify-url'"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:if test="$url != '' and $item/@number">
    <figure class="verify">
      <xsl:copy-of select="bn:qr(concat($url, $item/@number), '19mm')"/>
      <figcaption>認証の有効性の確認に用いる符号です。</figcaption>
    </figure>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!--
  Papers of a client (依頼者の文書) from the fields of their entry: registers with rows left to go on writing, forms with the
  company at the head. What differs from generic.xsl: the paper is the client's own, so the client's name stands on it.
-->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="generic.xsl"/>

<xsl:variable name="kit" select="/input/client-kit"/>
<xsl:key name="classification" match="client-kit/classifications/classification" use="@code"/>
<xsl:key name="holder" match="client-kit/access-holders/holder" use="@id"/>

<!-- codes that name another element of the kit -->
<xsl:template match="value[../@id = 'classification']" mode="one">
  <span data-at="{@at}" data-field="classification"><xsl:value-of select="key('classification', .)/mark"/></span>
</xsl:template>
<xsl:template match="value[../@id = 'shared']" mode="one">
  <span data-at="{@at}" data-field="shared"><xsl:call-template name="holders"><xsl:with-param name="refs" select="string(.)"/></xsl:call-template></span>
</xsl:template>
<xsl:template name="holders">
  <xsl:param name="refs"/>
  <xsl:variable name="list" select="concat(normalize-space($refs), ' ')"/>
  <span class="keep"><xsl:value-of select="key('holder', substring-before($list, ' '))/person"/></span>
  <xsl:if test="substring-after($list, ' ') != ''">
    <xsl:text>、</xsl:text>
    <xsl:call-template name="holders"><xsl:with-param name="refs" select="substring-after($list, ' ')"/></xsl:call-template>
  </xsl:if>
</xsl:template>

<xsl:template name="company">
  <xsl:choose>
    <xsl:when test="$blank"><span class="fill" data-width="16"/></xsl:when>
    <xsl:otherwise><span data-at="{bn:at($kit/company/name)}"><xsl:value-of select="$kit/company/name"/></span></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ====================================================== ledger ===== -->
<xsl:template name="ledger">
  <div class="ledger-head">
    <h1><xsl:call-template name="title"/></h1>
    <p class="end"><xsl:call-template name="company"/>　　<span class="keep" data-at="{bn:at($kit)}"><xsl:value-of select="concat(bn:date($kit/@as-of), '現在')"/></span></p>
  </div>
  <xsl:for-each select="$entry/fields/group">
    <xsl:variable name="fields" select="row[1]/field | field[not(current()/row)]"/>
    <xsl:variable name="counted" select="not($fields[@id = 'no'])"/>
    <table class="register">
      <colgroup>
        <xsl:if test="$counted"><col data-width="10mm"/></xsl:if>
        <xsl:for-each select="$fields"><col data-width="{@width}*"/></xsl:for-each>
      </colgroup>
      <thead><tr><xsl:if test="$counted"><th class="num">No.</th></xsl:if><xsl:for-each select="$fields"><th><xsl:value-of select="@label"/></th></xsl:for-each></tr></thead>
      <tbody>
        <xsl:for-each select="row">
          <tr data-at="{@at}">
            <xsl:if test="$counted"><td class="num"><xsl:value-of select="position()"/></td></xsl:if>
            <xsl:apply-templates select="field" mode="cell"/>
          </tr>
        </xsl:for-each>
        <!-- rows to go on writing by hand, up to ten in all -->
        <xsl:call-template name="rows-to-write">
          <xsl:with-param name="n" select="10 + $blank - count(row)"/><xsl:with-param name="columns" select="count($fields) + $counted"/>
        </xsl:call-template>
      </tbody>
    </table>
  </xsl:for-each>
  <xsl:if test="not($blank)"><p class="closing">以下余白</p></xsl:if>
</xsl:template>

<xsl:template name="rows-to-write">
  <xsl:param name="n"/>
  <xsl:param name="columns"/>
  <xsl:if test="$n &gt; 0">
    <tr><xsl:call-template name="cells-to-write"><xsl:with-param name="n" select="$columns"/></xsl:call-template></tr>
    <xsl:call-template name="rows-to-write"><xsl:with-param name="n" select="$n - 1"/><xsl:with-param name="columns" select="$columns"/></xsl:call-template>
  </xsl:if>
</xsl:template>
<xsl:template name="cells-to-write">
  <xsl:param name="n"/>
  <xsl:if test="$n &gt; 0">
    <td><xsl:if test="$blank"><xsl:attribute name="data-height">10mm</xsl:attribute></xsl:if><span class="fill plain" data-width="1"/></td>
    <xsl:call-template name="cells-to-write"><xsl:with-param name="n" select="$n - 1"/></xsl:call-template>
  </xsl:if>
</xsl:template>

<xsl:template match="field" mode="cell">
  <td>
    <xsl:if test="@type = 'integer' or @type = 'decimal' or @id = 'no'"><xsl:attribute name="class">num</xsl:attribute></xsl:if>
    <xsl:choose>
      <xsl:when test="count(value) &gt; 1 and @type != 'period'"><xsl:for-each select="value"><p><xsl:apply-templates select="." mode="one"/></p></xsl:for-each></xsl:when>
      <!-- day and time on a line each -->
      <xsl:when test="@type = 'datetime' and value">
        <xsl:variable name="day" select="bn:date(substring(value, 1, 10))"/>
        <p data-at="{value/@at}" data-field="{@id}"><time><xsl:value-of select="$day"/></time></p>
        <p><time><xsl:value-of select="substring-after(value, 'T')"/></time></p>
      </xsl:when>
      <xsl:when test="value"><xsl:apply-templates select="." mode="values"/></xsl:when>
      <xsl:when test="$blank"><xsl:apply-templates select="." mode="cell-empty"/></xsl:when>
      <!-- a day that is still to come is written in by hand -->
      <xsl:when test="@type = 'date' or @type = 'datetime'"><span class="fill plain" data-width="1"/></xsl:when>
      <xsl:otherwise>―</xsl:otherwise>
    </xsl:choose>
  </td>
</xsl:template>

<!-- ======================================================== form ===== -->
<!-- two papers in one: a line each -->
<xsl:template name="title">
  <xsl:variable name="title" select="$entry/title[@lang = 'ja']"/>
  <xsl:choose>
    <xsl:when test="contains($title, '／')"><xsl:value-of select="concat(substring-before($title, '／'), '／')"/><br/><xsl:value-of select="substring-after($title, '／')"/></xsl:when>
    <xsl:otherwise><xsl:value-of select="$title"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- whose paper it is; a subcontractor's report has its own sender -->
<xsl:template name="before">
  <xsl:if test="not($entry/fields/field[@id = 'subcontractor'])"><p class="flush"><xsl:call-template name="company"/></p></xsl:if>
  <xsl:if test="$key != ''"><p class="right">整理番号　<span class="docno"><xsl:value-of select="$key"/></span></p></xsl:if>
</xsl:template>

<!-- who signs writes the date too -->
<xsl:template match="field[@type = 'signature' and not(value)]" mode="filled">
  <span class="keep"><xsl:value-of select="bn:date-or-blank('')"/></span>
</xsl:template>

<!-- what is asked of the manager, or told him, names him -->
<xsl:template name="head">
  <xsl:if test="$entry/fields/field[@id = 'applicant' or @id = 'found-by' or @id = 'notified-to' or @id = 'subcontractor']">
    <p class="flush"><xsl:if test="$entry/fields/field[@id = 'subcontractor']"><xsl:call-template name="company"/>　</xsl:if>管理責任者　<xsl:call-template name="person"><xsl:with-param name="person" select="$kit/manager/person"/></xsl:call-template>　殿</p>
  </xsl:if>
  <xsl:if test="$entry/@id = 'important-information-worksheet'">
    <p>次の二つのポイントについて、経営層が関与して判断した結果を記入する。</p>
    <p>ポイント1：その情報が漏えいすると、自社の競争力に重大な影響を与えるか。</p>
    <p>ポイント2：他社から契約等に基づき預けられた情報等であって、漏えいした場合に、自社の信用、他社との信頼関係等に重大な影響を与えるか。</p>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>

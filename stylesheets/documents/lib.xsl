<?xml version="1.0" encoding="UTF-8"?>
<!--
  What document stylesheets share: printing the filled fields of the catalogue entry, measures of the edition, names with
  their honorific, senders and addressees, house options.
-->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  xmlns:str="http://exslt.org/strings"
  exclude-result-prefixes="bn h str">

<xsl:output method="xml" encoding="UTF-8"/>

<xsl:param name="today"/>
<xsl:param name="draft"/>
<xsl:param name="document"/>
<xsl:param name="key"/>

<xsl:variable name="in" select="/input"/>
<xsl:variable name="unit" select="/input/*[1]"/>
<xsl:variable name="case" select="/input/certification-case"/>
<xsl:variable name="body" select="/input/body-profile"/>
<xsl:variable name="edition" select="/input/criteria-edition"/>
<xsl:variable name="entry" select="/input/document"/>
<xsl:variable name="item" select="bn:item()"/>
<xsl:variable name="blank" select="$entry/@blank = 'yes'"/>

<xsl:key name="field" match="document//field" use="@id"/>
<xsl:key name="group" match="document//group" use="@id"/>
<xsl:key name="measure" match="criteria-edition//measure" use="@id"/>
<xsl:key name="auditor" match="auditor-register/auditor" use="@id"/>
<xsl:key name="site" match="sites/site" use="@id"/>
<xsl:key name="member" match="audit-team/member" use="@ref"/>

<xsl:template name="option">
  <xsl:param name="name"/>
  <xsl:param name="default"/>
  <xsl:variable name="v" select="$in/house/option[@name = $name]/@value"/>
  <xsl:choose>
    <xsl:when test="$v"><xsl:value-of select="$v"/></xsl:when>
    <xsl:otherwise><xsl:value-of select="$default"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ============================================ values of fields ===== -->
<!-- every value of a field, in the form its type or form asks for, with its place in the data -->
<xsl:template name="v">
  <xsl:param name="id"/>
  <xsl:param name="separator" select="'、'"/>
  <xsl:apply-templates select="key('field', $id)[not(ancestor::group)]" mode="values"><xsl:with-param name="separator" select="$separator"/></xsl:apply-templates>
</xsl:template>

<xsl:template match="field" mode="values">
  <xsl:param name="separator" select="'、'"/>
  <xsl:choose>
    <xsl:when test="@type = 'period' and value">
      <!-- may break after から, nowhere else -->
      <xsl:variable name="period" select="bn:period(bn:min-date(value), bn:max-date(value))"/>
      <span data-at="{value[1]/@at}" data-field="{@id}">
        <xsl:choose>
          <xsl:when test="contains($period, 'から')"><time><xsl:value-of select="concat(substring-before($period, 'から'), 'から')"/></time><time><xsl:value-of select="substring-after($period, 'から')"/></time></xsl:when>
          <xsl:otherwise><time><xsl:value-of select="$period"/></time></xsl:otherwise>
        </xsl:choose>
      </span>
    </xsl:when>
    <xsl:when test="value">
      <xsl:for-each select="value">
        <xsl:if test="position() &gt; 1"><xsl:value-of select="$separator"/></xsl:if>
        <xsl:apply-templates select="." mode="one"/>
      </xsl:for-each>
    </xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="empty"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="value" mode="one">
  <xsl:variable name="type" select="../@type"/>
  <xsl:choose>
    <xsl:when test="$type = 'date' and not(../@form)"><time data-at="{@at}" data-field="{../@id}"><xsl:value-of select="bn:date(.)"/></time></xsl:when>
    <xsl:when test="$type = 'datetime' and not(../@form)"><time data-at="{@at}" data-field="{../@id}"><xsl:value-of select="bn:datetime(.)"/></time></xsl:when>
    <xsl:when test="$type = 'measures' and contains(normalize-space(.), ' ')"><span data-at="{@at}" data-field="{../@id}"><xsl:call-template name="measures"><xsl:with-param name="refs" select="string(.)"/></xsl:call-template></span></xsl:when>
    <xsl:when test="$type = 'measures'"><span data-at="{@at}" data-field="{../@id}"><xsl:call-template name="measure"><xsl:with-param name="ref" select="string(.)"/></xsl:call-template></span></xsl:when>
    <xsl:when test="../@form = 'site'"><span data-at="{@at}" data-field="{../@id}"><xsl:value-of select="key('site', .)/name"/></span></xsl:when>
    <xsl:when test="../@form = 'auditors'"><span data-at="{@at}" data-field="{../@id}"><xsl:call-template name="auditors"><xsl:with-param name="refs" select="string(.)"/></xsl:call-template></span></xsl:when>
    <xsl:when test="../@id = 'number' or ../@id = 'certificate-number' or ../@id = 'accreditation' or ../@id = 'receipt' or $type = 'ref'"><span class="docno" data-at="{@at}" data-field="{../@id}"><xsl:value-of select="normalize-space(.)"/></span></xsl:when>
    <xsl:when test="../@form"><span data-at="{@at}" data-field="{../@id}"><xsl:value-of select="bn:field(string(.), ../@form)"/></span></xsl:when>
    <xsl:when test="$type = 'boolean'"><span data-at="{@at}" data-field="{../@id}"><xsl:choose><xsl:when test=". = 'yes' or . = 'true'">はい</xsl:when><xsl:otherwise>いいえ</xsl:otherwise></xsl:choose></span></xsl:when>
    <xsl:when test="$type = 'integer' and number(.) = number(.)"><span data-at="{@at}" data-field="{../@id}"><xsl:value-of select="bn:number(.)"/></span></xsl:when>
    <xsl:otherwise><span data-at="{@at}" data-field="{../@id}"><xsl:value-of select="normalize-space(.)"/></span></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- nothing there: a blank to write in -->
<xsl:template match="field" mode="empty">
  <xsl:choose>
    <xsl:when test="@type = 'date'"><span class="keep"><xsl:value-of select="bn:date-or-blank('')"/></span></xsl:when>
    <xsl:when test="$blank and @type = 'datetime'"><span class="keep"><xsl:value-of select="bn:date-or-blank('')"/></span><span class="keep">　　時　　分</span></xsl:when>
    <xsl:when test="$blank and (@type = 'boolean' or @form = 'label:yes-no')"><span class="keep">□ はい</span>　<span class="keep">□ いいえ</span></xsl:when>
    <!-- a code of the data: boxes to tick; kinds that hold the words of several papers are written in -->
    <xsl:when test="$blank and starts-with(@form, 'label:') and not(@form = 'label:result' or @form = 'label:status') and bn:choices(substring-after(@form, 'label:')) != ''">
      <xsl:variable name="choices" select="bn:choices(substring-after(@form, 'label:'))"/>
      <xsl:for-each select="str:tokenize($choices, '|')">
        <xsl:if test="position() &gt; 1"><xsl:choose><xsl:when test="string-length($choices) &gt; 32"><br/></xsl:when><xsl:otherwise>　</xsl:otherwise></xsl:choose></xsl:if>
        <span class="keep">□ <xsl:value-of select="."/></span>
      </xsl:for-each>
    </xsl:when>
    <xsl:when test="$blank and $entry/@layout = 'letter'"><span class="fill" data-width="18"/></xsl:when>
    <xsl:when test="@type = 'period'"><span class="keep"><xsl:value-of select="bn:date-or-blank('')"/></span>から<span class="keep"><xsl:value-of select="bn:date-or-blank('')"/></span>まで</xsl:when>
    <xsl:otherwise><span class="fill plain" data-width="8"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ====================================================== measures ===== -->
<!-- Ⅰの第二 / Ⅱの柱書き, then its title (or its section's) -->
<xsl:template name="measure-label">
  <xsl:param name="ref"/>
  <xsl:choose>
    <xsl:when test="$ref = 'law'">法令</xsl:when>
    <xsl:when test="key('measure', $ref)">
      <xsl:for-each select="key('measure', $ref)"><xsl:value-of select="concat(ancestor::section[last()]/@label, 'の', @label)"/></xsl:for-each>
    </xsl:when>
    <xsl:otherwise><xsl:value-of select="$ref"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template name="measure-title">
  <xsl:param name="ref"/>
  <xsl:param name="law"/>
  <xsl:choose>
    <xsl:when test="$ref = 'law' and not($law)">情報の適切な管理を求める法令の遵守</xsl:when>
    <xsl:when test="$ref = 'law'"><xsl:value-of select="concat('情報の適切な管理を求める法令の遵守（', $case/legal-obligations/law[@id = $law], '）')"/></xsl:when>
    <xsl:when test="key('measure', $ref)/title"><xsl:value-of select="key('measure', $ref)/title"/></xsl:when>
    <xsl:otherwise><xsl:value-of select="key('measure', $ref)/ancestor::section[1]/title"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template name="measure">
  <xsl:param name="ref"/>
  <xsl:call-template name="measure-label"><xsl:with-param name="ref" select="$ref"/></xsl:call-template>
  <xsl:text>　</xsl:text>
  <xsl:call-template name="measure-title"><xsl:with-param name="ref" select="$ref"/></xsl:call-template>
</xsl:template>
<!-- text of the edition, which the 2018 data do not hold -->
<xsl:template name="measure-text">
  <xsl:param name="ref"/>
  <xsl:choose>
    <xsl:when test="key('measure', $ref)/text"><xsl:value-of select="key('measure', $ref)/text"/></xsl:when>
    <xsl:otherwise>（本文未収録）</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ========================================================= names ===== -->
<!-- title, name, honorific: in one piece -->
<xsl:template name="honorific">
  <xsl:call-template name="option"><xsl:with-param name="name" select="'honorific'"/><xsl:with-param name="default" select="'殿'"/></xsl:call-template>
</xsl:template>

<xsl:template name="person">
  <xsl:param name="person"/>
  <xsl:param name="spread" select="false()"/>
  <xsl:if test="$blank and not($person)"><span class="fill" data-width="12"/></xsl:if>
  <xsl:if test="$person/@org"><xsl:value-of select="concat($person/@org, '　')"/></xsl:if>
  <xsl:if test="$person/@title"><xsl:value-of select="concat($person/@title, '　')"/></xsl:if>
  <span data-at="{bn:at($person)}">
    <xsl:attribute name="class"><xsl:choose><xsl:when test="$spread and string-length(translate($person, '　', '')) &lt; 6">name</xsl:when><xsl:otherwise>keep</xsl:otherwise></xsl:choose></xsl:attribute>
    <xsl:value-of select="$person"/>
  </span>
</xsl:template>

<!-- the name of an auditor as the register writes it -->
<xsl:template name="auditor">
  <xsl:param name="ref"/>
  <xsl:variable name="a" select="key('auditor', $ref)/name"/>
  <xsl:choose>
    <xsl:when test="$a"><span class="keep" data-at="{bn:at($a)}"><xsl:value-of select="$a"/></span></xsl:when>
    <xsl:otherwise><span class="keep"><xsl:value-of select="key('member', $ref)"/></span></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<!-- the same for a list of references -->
<xsl:template name="auditors">
  <xsl:param name="refs"/>
  <xsl:param name="separator" select="'、'"/>
  <xsl:variable name="list" select="concat(normalize-space($refs), ' ')"/>
  <xsl:call-template name="auditor"><xsl:with-param name="ref" select="substring-before($list, ' ')"/></xsl:call-template>
  <xsl:if test="substring-after($list, ' ') != ''">
    <xsl:value-of select="$separator"/>
    <xsl:call-template name="auditors"><xsl:with-param name="refs" select="substring-after($list, ' ')"/><xsl:with-param name="separator" select="$separator"/></xsl:call-template>
  </xsl:if>
</xsl:template>
<!-- one line each: narrow cells -->
<xsl:template name="auditor-lines">
  <xsl:param name="refs"/>
  <xsl:variable name="list" select="concat(normalize-space($refs), ' ')"/>
  <xsl:if test="$list != ' '">
    <p><xsl:call-template name="auditor"><xsl:with-param name="ref" select="substring-before($list, ' ')"/></xsl:call-template></p>
    <xsl:call-template name="auditor-lines"><xsl:with-param name="refs" select="substring-after($list, ' ')"/></xsl:call-template>
  </xsl:if>
</xsl:template>
<!-- short labels for a list of references: Ⅰ第二、Ⅰ第四、Ⅱ -->
<xsl:template name="measures">
  <xsl:param name="refs"/>
  <xsl:variable name="list" select="concat(normalize-space($refs), ' ')"/>
  <xsl:variable name="label"><xsl:call-template name="measure-label"><xsl:with-param name="ref" select="substring-before($list, ' ')"/></xsl:call-template></xsl:variable>
  <span class="keep">
    <xsl:choose>
      <xsl:when test="contains($label, '柱書き')"><xsl:value-of select="translate(substring-before($label, '柱書き'), 'の', '')"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="translate($label, 'の', '')"/></xsl:otherwise>
    </xsl:choose>
  </span>
  <xsl:if test="substring-after($list, ' ') != ''">
    <xsl:text>、</xsl:text>
    <xsl:call-template name="measures"><xsl:with-param name="refs" select="substring-after($list, ' ')"/></xsl:call-template>
  </xsl:if>
</xsl:template>

<!-- ======================================== letter heads and seals ===== -->
<xsl:template name="seal">
  <xsl:variable name="on"><xsl:call-template name="option"><xsl:with-param name="name" select="'seal'"/><xsl:with-param name="default" select="'yes'"/></xsl:call-template></xsl:variable>
  <xsl:if test="$on != 'no'"><span class="seal">印</span></xsl:if>
</xsl:template>

<!-- the body's own paper: name, address and telephone above the letter, where the house wants it -->
<xsl:template name="letterhead">
  <xsl:variable name="on"><xsl:call-template name="option"><xsl:with-param name="name" select="'letterhead'"/><xsl:with-param name="default" select="'no'"/></xsl:call-template></xsl:variable>
  <xsl:variable name="picture"><xsl:call-template name="option"><xsl:with-param name="name" select="'letterhead-picture'"/></xsl:call-template></xsl:variable>
  <xsl:if test="$on = 'yes' and $body">
    <div class="letterhead">
      <xsl:if test="$picture != ''"><p class="picture"><img src="{$picture}" alt="{$body/name}"/></p></xsl:if>
      <p class="name" data-at="{bn:at($body/name)}"><xsl:value-of select="$body/name"/></p>
      <p class="address"><xsl:if test="$body/address/@postal-code">〒<xsl:value-of select="$body/address/@postal-code"/>　</xsl:if><xsl:call-template name="address"><xsl:with-param name="of" select="$body"/></xsl:call-template><xsl:if test="$body/contact[@for = 'application']/phone">　電話　<xsl:value-of select="$body/contact[@for = 'application'][1]/phone"/></xsl:if></p>
    </div>
  </xsl:if>
</xsl:template>

<xsl:template name="sender">
  <div class="sender">
    <xsl:variable name="where"><xsl:call-template name="option"><xsl:with-param name="name" select="'seal-position'"/><xsl:with-param name="default" select="'beside'"/></xsl:call-template></xsl:variable>
    <xsl:if test="$where = 'over'"><xsl:attribute name="data-seal">over</xsl:attribute></xsl:if>
    <p class="name" data-at="{bn:at($body/name)}"><xsl:value-of select="$body/name"/></p>
    <p class="representative"><xsl:call-template name="person"><xsl:with-param name="person" select="$body/representative/person"/><xsl:with-param name="spread" select="true()"/></xsl:call-template></p>
    <xsl:call-template name="seal"/>
  </div>
</xsl:template>

<xsl:template name="addressee">
  <xsl:choose>
  <xsl:when test="$blank">
    <div class="addressee">
      <p class="name"><span class="fill" data-width="16"/></p>
      <p class="person"><span class="fill" data-width="14"/><xsl:text>　</xsl:text><xsl:call-template name="honorific"/></p>
    </div>
  </xsl:when>
  <xsl:otherwise>
  <div class="addressee">
    <p class="name" data-at="{bn:at($case/client/name)}"><xsl:value-of select="$case/client/name"/></p>
    <p class="person">
      <xsl:call-template name="person"><xsl:with-param name="person" select="$case/client/representative/person"/><xsl:with-param name="spread" select="true()"/></xsl:call-template>
      <xsl:text>　</xsl:text><xsl:call-template name="honorific"/>
    </p>
  </div>
</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- one numbered item of a 記: label of the field, then its value -->
<xsl:template name="term">
  <xsl:param name="id"/>
  <xsl:param name="before"/>
  <xsl:for-each select="key('field', $id)[not(ancestor::group)]">
    <li><span class="term"><xsl:value-of select="@label"/></span><div class="value"><p><xsl:value-of select="$before"/><xsl:apply-templates select="." mode="values"/></p></div></li>
  </xsl:for-each>
</xsl:template>

<!-- the notice on the method (告示第四号), which no data file holds -->
<xsl:variable name="method-notice">
  <xsl:choose>
    <xsl:when test="$edition/@id = 'e2018'">平成三十年内閣府、総務省、財務省、文部科学省、厚生労働省、農林水産省、経済産業省、国土交通省、環境省告示第四号</xsl:when>
    <xsl:otherwise>令和六年改正後の告示</xsl:otherwise>
  </xsl:choose>
</xsl:variable>

<!-- postal code and address -->
<xsl:template name="address">
  <xsl:param name="of"/>
  <span data-at="{bn:at($of/address)}"><xsl:value-of select="$of/address"/></span>
</xsl:template>

</xsl:stylesheet>

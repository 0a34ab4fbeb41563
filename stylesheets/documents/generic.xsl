<?xml version="1.0" encoding="UTF-8"?>
<!--
  The paper of a catalogue entry that has no stylesheet of its own: form, checklist, ledger or letter, from its fields, filled
  or blank (/input/document/@blank = 'yes').
-->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="lib.xsl"/>

<xsl:template match="/">
  <article class="{$entry/@layout}" lang="ja" data-numbering="koyobun-h/2">
    <xsl:choose>
      <xsl:when test="$entry/@layout = 'ledger'"><xsl:call-template name="ledger"/></xsl:when>
      <xsl:when test="$entry/@layout = 'letter'"><xsl:call-template name="letter"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="form"/></xsl:otherwise>
    </xsl:choose>
  </article>
</xsl:template>

<xsl:template name="title"><xsl:value-of select="$entry/title[@lang = 'ja']"/></xsl:template>

<xsl:template name="running">
  <footer class="running"><p class="start">
    <xsl:choose>
      <xsl:when test="$case"><xsl:value-of select="concat($case/@id, '　', $case/client/name)"/></xsl:when>
      <xsl:when test="/input/client-kit"><xsl:value-of select="/input/client-kit/company/name"/></xsl:when>
      <xsl:when test="/input/trial-project"><xsl:value-of select="/input/trial-project/name"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$body/name"/></xsl:otherwise>
    </xsl:choose>
  </p></footer>
</xsl:template>

<!-- ======================================================== form ===== -->
<!-- fields that follow each other share one table; a group of more than five fields is printed row by row below it -->
<xsl:template name="form">
  <xsl:call-template name="running"/>
  <xsl:call-template name="before"/>
  <xsl:if test="$entry/letter/@from = 'client'"><xsl:call-template name="handed-in"/></xsl:if>
  <h1><xsl:call-template name="title"/></h1>
  <xsl:call-template name="head"/>
  <table class="fields"><colgroup><col data-width="36mm"/><col data-width="1*"/></colgroup><tbody>
    <xsl:apply-templates select="$entry/fields/*[not(@labelled = 'no')]" mode="form"/>
  </tbody></table>
  <xsl:apply-templates select="$entry/fields/group[@form = 'table' or count(field) &gt; 5 or count(row[1]/field) &gt; 5]" mode="wide"/>
  <xsl:call-template name="after"/>
</xsl:template>

<!-- hooks of a stylesheet that imports this one -->
<xsl:template name="before"/>
<xsl:template name="head"><xsl:apply-templates select="$entry/letter/p[not(@class)]" mode="words"/></xsl:template>
<xsl:template name="after"><xsl:apply-templates select="$entry/letter/p[@class]" mode="words"/></xsl:template>

<!-- a form that the client hands in: date, the body, the client with a place for the seal -->
<xsl:template name="handed-in">
  <p class="right"><xsl:for-each select="key('field', 'date')"><xsl:apply-templates select="." mode="filled"/></xsl:for-each></p>
  <p class="flush"><span data-at="{bn:at($body/name)}"><xsl:value-of select="$body/name"/></span></p>
  <p class="flush"><xsl:call-template name="person"><xsl:with-param name="person" select="$body/representative/person"/></xsl:call-template><xsl:text>　</xsl:text><xsl:call-template name="honorific"/></p>
  <xsl:choose>
    <xsl:when test="$blank">
      <p class="right">所　在　地　<span class="fill" data-width="18"/></p>
      <p class="right">名　　　称　<span class="fill" data-width="18"/></p>
      <p class="right">代表者氏名　<span class="fill" data-width="16"/>　<span class="seal">印</span></p>
    </xsl:when>
    <xsl:otherwise>
      <p class="right"><xsl:call-template name="address"><xsl:with-param name="of" select="$case/client"/></xsl:call-template></p>
      <p class="right"><span data-at="{bn:at($case/client/name)}"><xsl:value-of select="$case/client/name"/></span></p>
      <p class="right"><xsl:call-template name="person"><xsl:with-param name="person" select="$case/client/representative/person"/></xsl:call-template><xsl:text>　</xsl:text><span class="seal">印</span></p>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- the words of the entry, with values of its fields in them -->
<xsl:template match="p" mode="words">
  <xsl:if test="(not(@if) or $blank or key('field', @if)/value) and (not(@editions) or contains(concat(' ', @editions, ' '), concat(' ', $edition/@id, ' ')))">
    <p><xsl:copy-of select="@class"/><xsl:apply-templates mode="words"/></p>
  </xsl:if>
</xsl:template>
<xsl:template match="v" mode="words"><xsl:call-template name="v"><xsl:with-param name="id" select="@field"/></xsl:call-template></xsl:template>
<xsl:template match="method" mode="words">
  <xsl:choose>
    <xsl:when test="$edition/@id = 't2018'">認証トライアルに係る認証の手法</xsl:when>
    <xsl:otherwise>技術等情報漏えい防止措置認証業務の実施の方法（<xsl:value-of select="$method-notice"/>）</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="field" mode="form">
  <tr><th><xsl:value-of select="@label"/></th><td>
    <xsl:call-template name="room"/>
    <xsl:choose>
      <xsl:when test="@type = 'signature'">
        <xsl:attribute name="class">signature</xsl:attribute>
        <xsl:apply-templates select="." mode="filled"/><span class="seal">印</span>
      </xsl:when>
      <xsl:when test="count(value) &gt; 1 and @type != 'period'"><xsl:for-each select="value"><p><xsl:apply-templates select="." mode="one"/></p></xsl:for-each></xsl:when>
      <xsl:otherwise><xsl:apply-templates select="." mode="filled"/></xsl:otherwise>
    </xsl:choose>
  </td></tr>
</xsl:template>

<xsl:template match="group[count(field) &gt; 5 or count(row[1]/field) &gt; 5]" mode="form" priority="1"/>
<xsl:template match="group[@form = 'table']" mode="form" priority="2"/>
<xsl:template match="group" mode="form">
  <tr><th><xsl:value-of select="@label"/></th><td><xsl:call-template name="rows"><xsl:with-param name="class" select="'inner'"/></xsl:call-template></td></tr>
</xsl:template>

<!-- too wide to stand beside its label -->
<xsl:template match="group[@form = 'table']" mode="wide" priority="1">
  <h2 class="unnumbered"><xsl:value-of select="@label"/></h2>
  <xsl:call-template name="rows"><xsl:with-param name="class" select="'list'"/></xsl:call-template>
</xsl:template>
<xsl:template match="group" mode="wide">
  <h2><xsl:value-of select="@label"/></h2>
  <xsl:for-each select="row | self::*[not(row)]">
    <table class="fields"><colgroup><col data-width="36mm"/><col data-width="1*"/></colgroup><tbody>
      <xsl:if test="@at"><xsl:attribute name="data-at"><xsl:value-of select="@at"/></xsl:attribute></xsl:if>
      <xsl:apply-templates select="field" mode="form"/>
    </tbody></table>
  </xsl:for-each>
</xsl:template>

<!-- what need not be there and is not there takes no room on a filled form -->
<xsl:template match="field[not(value) and not(@required = 'yes') and not(@type = 'date' or @type = 'period' or @type = 'signature')]" mode="form" priority="0.6">
  <xsl:if test="$blank"><tr><th><xsl:value-of select="@label"/></th><td><xsl:call-template name="room"/><xsl:apply-templates select="." mode="empty"/></td></tr></xsl:if>
</xsl:template>

<!-- room to write by hand: a line of 9 mm, three for prose, two for lists -->
<xsl:template name="room">
  <xsl:if test="$blank and not(value) and @type != 'signature'">
    <xsl:attribute name="data-height">
      <xsl:choose>
        <xsl:when test="@type = 'prose'">26mm</xsl:when>
        <xsl:when test="@type = 'list' or @type = 'measures'">18mm</xsl:when>
        <xsl:otherwise>9mm</xsl:otherwise>
      </xsl:choose>
    </xsl:attribute>
  </xsl:if>
</xsl:template>

<!-- a value, or a blank to write in -->
<xsl:template match="field" mode="filled">
  <xsl:choose>
    <xsl:when test="value"><xsl:apply-templates select="." mode="values"/></xsl:when>
    <xsl:when test="$blank"><xsl:apply-templates select="." mode="empty"/></xsl:when>
    <xsl:when test="@type = 'date' or @type = 'period'"><xsl:apply-templates select="." mode="empty"/></xsl:when>
    <xsl:when test="@type = 'signature'"><xsl:text>&#160;</xsl:text></xsl:when>
    <xsl:otherwise>―</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- rows of a group as a table: heads are the fields' labels -->
<xsl:template name="rows">
  <xsl:param name="class"/>
  <xsl:param name="counted" select="false()"/>
  <xsl:variable name="fields" select="(row[1]/field | field[not(current()/row)])"/>
  <table class="{$class}">
    <xsl:if test="$fields/@width">
      <colgroup>
        <xsl:if test="$counted"><col data-width="10mm"/></xsl:if>
        <xsl:for-each select="$fields"><col><xsl:attribute name="data-width"><xsl:choose><xsl:when test="@width"><xsl:value-of select="@width"/></xsl:when><xsl:otherwise>10</xsl:otherwise></xsl:choose>*</xsl:attribute></col></xsl:for-each>
      </colgroup>
    </xsl:if>
    <thead><tr><xsl:if test="$counted"><th class="num">No.</th></xsl:if><xsl:for-each select="$fields"><th><xsl:if test="@type = 'integer' or @type = 'decimal'"><xsl:attribute name="class">num</xsl:attribute></xsl:if><xsl:value-of select="@label"/></th></xsl:for-each></tr></thead>
    <tbody>
      <!-- some rows of a long ledger, the first of them not number 1 -->
      <xsl:if test="@before"><xsl:attribute name="data-part">yes</xsl:attribute></xsl:if>
      <xsl:for-each select="row">
        <!-- a register runs by date; ISO dates sort as text, other tables keep their order -->
        <xsl:sort select="field[$counted and @type = 'date'][1]/value"/>
        <tr data-at="{@at}">
          <xsl:if test="$counted"><td class="num"><xsl:value-of select="position() + sum(../@before)"/></td></xsl:if>
          <xsl:for-each select="field">
            <td><xsl:if test="@type = 'integer' or @type = 'decimal'"><xsl:attribute name="class">num</xsl:attribute></xsl:if>
              <xsl:choose>
                <xsl:when test="count(value) &gt; 1 and @type != 'period'"><xsl:for-each select="value"><p><xsl:apply-templates select="." mode="one"/></p></xsl:for-each></xsl:when>
                <xsl:when test="value"><xsl:apply-templates select="." mode="values"/></xsl:when>
                <xsl:when test="$blank"><xsl:apply-templates select="." mode="cell-empty"/></xsl:when>
                <xsl:otherwise>―</xsl:otherwise>
              </xsl:choose>
            </td>
          </xsl:for-each>
        </tr>
      </xsl:for-each>
      <xsl:if test="not(row)"><xsl:call-template name="empty-rows"><xsl:with-param name="n"><xsl:choose><xsl:when test="$blank and $counted">11</xsl:when><xsl:when test="$blank">4</xsl:when><xsl:otherwise>5</xsl:otherwise></xsl:choose></xsl:with-param><xsl:with-param name="fields" select="$fields"/><xsl:with-param name="counted" select="$counted"/></xsl:call-template></xsl:if>
    </tbody>
  </table>
</xsl:template>

<!-- a cell of a table to write in -->
<xsl:template match="field" mode="cell-empty"><xsl:text>　</xsl:text></xsl:template>
<xsl:template match="field[@type = 'boolean' or @form = 'label:yes-no']" mode="cell-empty"><xsl:apply-templates select="." mode="empty"/></xsl:template>

<xsl:template name="empty-rows">
  <xsl:param name="n"/>
  <xsl:param name="fields"/>
  <xsl:param name="counted"/>
  <xsl:if test="$n &gt; 0">
    <tr><xsl:if test="$counted"><td class="num"><xsl:if test="$blank"><xsl:attribute name="data-height">9mm</xsl:attribute></xsl:if><xsl:text>　</xsl:text></td></xsl:if><xsl:for-each select="$fields"><td><xsl:if test="$blank"><xsl:attribute name="data-height">9mm</xsl:attribute></xsl:if><xsl:choose><xsl:when test="$blank"><xsl:apply-templates select="." mode="cell-empty"/></xsl:when><xsl:otherwise><xsl:text>　</xsl:text></xsl:otherwise></xsl:choose></td></xsl:for-each></tr>
    <xsl:call-template name="empty-rows"><xsl:with-param name="n" select="$n - 1"/><xsl:with-param name="fields" select="$fields"/><xsl:with-param name="counted" select="$counted"/></xsl:call-template>
  </xsl:if>
</xsl:template>

<!-- ====================================================== ledger ===== -->
<xsl:template name="ledger">
  <div class="ledger-head">
    <h1><xsl:call-template name="title"/></h1>
    <p class="end"><xsl:value-of select="concat(($body | /input/client-kit/company | /input/trial-project)[1]/name, '　　', bn:date($today, 'fiscal-year'), '　　')"/><xsl:call-template name="retention"/></p>
  </div>
  <xsl:call-template name="head"/>
  <xsl:if test="$entry/fields/field[not(@labelled = 'no')]">
    <table class="fields"><colgroup><col data-width="36mm"/><col data-width="1*"/></colgroup><tbody><xsl:apply-templates select="$entry/fields/field[not(@labelled = 'no')]" mode="form"/></tbody></table>
  </xsl:if>
  <xsl:for-each select="$entry/fields/group">
    <xsl:call-template name="rows"><xsl:with-param name="class" select="'register'"/><xsl:with-param name="counted" select="true()"/></xsl:call-template>
  </xsl:for-each>
  <xsl:if test="not($blank)"><p class="closing">以下余白</p></xsl:if>
</xsl:template>

<!-- DOCUMENTS §0 -->
<xsl:template name="retention">
  <xsl:choose>
    <xsl:when test="$entry/@retention = 'K1'">保存：契約した日（付与しない決定をした日）から3年間（告示第二の1）</xsl:when>
    <xsl:when test="$entry/@retention = 'K2'">保存：処理が完了した日から3年間（告示第二の1）</xsl:when>
    <xsl:when test="$entry/@retention = 'K3'">保存：最後に記録された日から3年間（告示第二の2）</xsl:when>
    <xsl:when test="$entry/@retention = 'K4'">保存：最後に記録された日から3年間（告示第四の2）</xsl:when>
  </xsl:choose>
</xsl:template>

<!-- ====================================================== letter ===== -->
<xsl:template name="letter">
  <xsl:call-template name="letterhead"/>
  <xsl:for-each select="key('field', 'number')[value or $blank]"><p class="number"><xsl:apply-templates select="." mode="values"/></p></xsl:for-each>
  <xsl:for-each select="key('field', 'date')"><p class="date"><xsl:apply-templates select="." mode="filled"/></p></xsl:for-each>
  <xsl:call-template name="to"/>
  <xsl:call-template name="sender"/>
  <h1><xsl:call-template name="subject"/></h1>
  <div class="body"><xsl:call-template name="text"/></div>
  <xsl:variable name="terms" select="$entry/fields/field[not(@labelled = 'no')][value or $blank] | $entry/fields/group[row or $blank]"/>
  <xsl:if test="$terms">
    <p class="ki">記</p>
    <ol class="terms" data-numbering="koyobun-h/2"><xsl:apply-templates select="$terms" mode="term"/></ol>
    <p class="ijo">以　上</p>
  </xsl:if>
  <xsl:if test="$entry/letter"><xsl:call-template name="contact"/></xsl:if>
  <xsl:call-template name="tables"/>
  <xsl:call-template name="after"/>
</xsl:template>
<xsl:template name="subject">
  <xsl:choose>
    <xsl:when test="$entry/letter/@subject"><xsl:value-of select="$entry/letter/@subject"/></xsl:when>
    <xsl:otherwise><xsl:call-template name="title"/>（通知）</xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template name="text">
  <xsl:apply-templates select="$entry/letter/p[not(@class)]" mode="words"/>
  <xsl:if test="not($entry/letter)"><p>標記のことについて、下記のとおり通知します。</p></xsl:if>
</xsl:template>

<xsl:template match="field" mode="term">
  <li><span class="term"><xsl:value-of select="@label"/></span><div class="value">
    <xsl:choose>
      <xsl:when test="count(value) &gt; 1 and (@type = 'list' or @type = 'prose' or @type = 'measures')">
        <xsl:for-each select="value"><p><xsl:apply-templates select="." mode="one"/></p></xsl:for-each>
      </xsl:when>
      <xsl:otherwise><p><xsl:apply-templates select="." mode="values"/></p></xsl:otherwise>
    </xsl:choose>
  </div></li>
</xsl:template>
<xsl:template match="group" mode="term">
  <li><span class="term"><xsl:value-of select="@label"/></span><div class="value"><p>別表のとおり</p></div></li>
</xsl:template>
<!-- tables of a letter come behind it -->
<xsl:template name="tables">
  <xsl:for-each select="$entry/fields/group[row or $blank]">
    <h2 class="unnumbered">別表　<xsl:value-of select="@label"/></h2>
    <xsl:call-template name="rows"><xsl:with-param name="class" select="'list'"/></xsl:call-template>
  </xsl:for-each>
</xsl:template>

<!-- the client, or whom the field "addressee" names: a person (addressee-person) with its body, or an office -->
<xsl:template name="to">
  <xsl:choose>
    <xsl:when test="$entry/letter/@to = 'addressee'">
      <div class="addressee">
        <xsl:for-each select="key('field', 'addressee')[value or $blank]"><p class="name"><xsl:apply-templates select="." mode="values"/><xsl:if test="not(key('field', 'addressee-person')/value)">　御中</xsl:if></p></xsl:for-each>
        <xsl:for-each select="key('field', 'addressee-person')[value or $blank]"><p class="person"><xsl:apply-templates select="." mode="values"/><xsl:text>　</xsl:text><xsl:call-template name="honorific"/></p></xsl:for-each>
      </div>
    </xsl:when>
    <xsl:otherwise><xsl:call-template name="addressee"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="contact">
  <xsl:for-each select="$body/contact[@for = 'application'][1]">
    <div class="contact"><p data-at="{bn:at(.)}">担当　<xsl:value-of select="concat(person/@title, '　', person)"/><xsl:if test="phone">　電話　<xsl:value-of select="phone"/></xsl:if></p></div>
  </xsl:for-each>
</xsl:template>

</xsl:stylesheet>

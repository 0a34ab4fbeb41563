<?xml version="1.0" encoding="UTF-8"?>
<!--
  What every layout shares: the grid (42 characters of 10.5 pt on 17.85 pt lines), headings in whole lines, tables,
  lists, notes, seals and blanks. A layout imports this, overrides variables, attribute sets and the named templates
  masters, sequences, head, foot, and adds templates for its own classes. Input: content (stylesheets/CONTRACT.md).
-->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format"
  xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:axf="http://www.antennahouse.com/names/XSL/Extensions"
  xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
  xmlns:bn="urn:bunsho:functions"
  xmlns:exsl="http://exslt.org/common"
  exclude-result-prefixes="h svg exsl">

<xsl:output method="xml" encoding="UTF-8"/>

<xsl:param name="title"/>
<xsl:param name="landscape"/>
<xsl:param name="today"/>
<xsl:param name="draft"/>
<xsl:param name="document"/>
<xsl:param name="key"/>

<!-- ==================================================== measures ===== -->
<xsl:variable name="mincho">IPAexMincho</xsl:variable>
<xsl:variable name="gothic">IPAexGothic</xsl:variable>
<xsl:variable name="size">10.5pt</xsl:variable>
<xsl:variable name="line">17.85pt</xsl:variable>
<xsl:variable name="page-width">210mm</xsl:variable>
<xsl:variable name="page-height">297mm</xsl:variable>
<!-- (210 mm - 441 pt) / 2: the measure is 42 characters exactly -->
<xsl:variable name="side">77.137pt</xsl:variable>
<!-- 38 lines: 38 × 17.85 pt = 678.3 pt -->
<xsl:variable name="top">75pt</xsl:variable>
<xsl:variable name="bottom">88.58pt</xsl:variable>
<xsl:variable name="head-extent">51pt</xsl:variable>
<xsl:variable name="foot-extent">51pt</xsl:variable>
<xsl:variable name="grey">#5f6670</xsl:variable>
<xsl:variable name="shade">#f3f4f6</xsl:variable>
<xsl:variable name="red">#b03a32</xsl:variable>
<xsl:variable name="rule">0.3pt solid #000000</xsl:variable>
<!--
  new: the lines of the text stand on a grid of 17.85 pt, also behind notes, tables and figures; none: they do not (forms,
  registers, certificates: all table). What stands between lines then takes whole lines, so small spaces are left away.
-->
<xsl:variable name="grid">new</xsl:variable>
<xsl:variable name="gap"><xsl:choose><xsl:when test="$grid = 'none'">4pt</xsl:when><xsl:otherwise>0pt</xsl:otherwise></xsl:choose></xsl:variable>
<!-- around tables and figures; on the grid what is left of a line comes to it -->
<xsl:variable name="above"><xsl:choose><xsl:when test="$grid = 'none'">6pt</xsl:when><xsl:otherwise>3pt</xsl:otherwise></xsl:choose></xsl:variable>
<xsl:variable name="below"><xsl:choose><xsl:when test="$grid = 'none'">8.925pt</xsl:when><xsl:otherwise>3pt</xsl:otherwise></xsl:choose></xsl:variable>
<xsl:variable name="table-size">9.5pt</xsl:variable>
<!-- how many characters of a table stand side by side, and those that are half as wide -->
<xsl:variable name="table-ems">46</xsl:variable>
<xsl:variable name="narrow">0123456789,.:;-+/()%&#xA0; abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ</xsl:variable>
<xsl:variable name="table-line">14.25pt</xsl:variable>

<xsl:attribute-set name="running">
  <xsl:attribute name="font-size">8.5pt</xsl:attribute>
  <xsl:attribute name="line-height">11pt</xsl:attribute>
  <xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute>
</xsl:attribute-set>

<xsl:attribute-set name="gothic">
  <xsl:attribute name="font-family"><xsl:value-of select="$gothic"/></xsl:attribute>
</xsl:attribute-set>

<xsl:attribute-set name="title">
  <xsl:attribute name="axf:word-break">auto-phrase</xsl:attribute>
  <xsl:attribute name="font-family"><xsl:value-of select="$gothic"/></xsl:attribute>
  <xsl:attribute name="font-size">16pt</xsl:attribute>
  <xsl:attribute name="line-height">35.7pt</xsl:attribute>
  <xsl:attribute name="text-align">center</xsl:attribute>
  <xsl:attribute name="text-indent">0pt</xsl:attribute>
  <xsl:attribute name="letter-spacing">8pt</xsl:attribute>
  <xsl:attribute name="space-after"><xsl:value-of select="$line"/></xsl:attribute>
  <xsl:attribute name="space-after.minimum">0pt</xsl:attribute>
  <xsl:attribute name="role">H1</xsl:attribute>
</xsl:attribute-set>

<!-- two lines: one of space around one of text, more of it above -->
<xsl:attribute-set name="h2">
  <xsl:attribute name="axf:word-break">auto-phrase</xsl:attribute>
  <xsl:attribute name="font-family"><xsl:value-of select="$gothic"/></xsl:attribute>
  <xsl:attribute name="font-size">12pt</xsl:attribute>
  <xsl:attribute name="line-height"><xsl:value-of select="$line"/></xsl:attribute>
  <xsl:attribute name="text-align">start</xsl:attribute>
  <xsl:attribute name="space-before">12.5pt</xsl:attribute>
  <xsl:attribute name="space-after">5.35pt</xsl:attribute>
  <xsl:attribute name="axf:baseline-block-snap">center</xsl:attribute>
  <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
  <xsl:attribute name="role">H2</xsl:attribute>
</xsl:attribute-set>

<!-- a line and a half; two on the grid -->
<xsl:attribute-set name="h3">
  <xsl:attribute name="axf:word-break">auto-phrase</xsl:attribute>
  <xsl:attribute name="font-family"><xsl:value-of select="$gothic"/></xsl:attribute>
  <xsl:attribute name="line-height"><xsl:value-of select="$line"/></xsl:attribute>
  <xsl:attribute name="text-align">start</xsl:attribute>
  <xsl:attribute name="space-before"><xsl:choose><xsl:when test="$grid = 'none'">6.925pt</xsl:when><xsl:otherwise>14.85pt</xsl:otherwise></xsl:choose></xsl:attribute>
  <xsl:attribute name="space-after"><xsl:choose><xsl:when test="$grid = 'none'">2pt</xsl:when><xsl:otherwise>3pt</xsl:otherwise></xsl:choose></xsl:attribute>
  <!-- one line where that brings the end of the paper onto the page -->
  <xsl:attribute name="space-before.minimum">0pt</xsl:attribute>
  <xsl:attribute name="space-after.minimum">0pt</xsl:attribute>
  <xsl:attribute name="axf:baseline-block-snap">center</xsl:attribute>
  <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
  <xsl:attribute name="role">H3</xsl:attribute>
</xsl:attribute-set>

<!-- ======================================================= paper ===== -->
<xsl:template match="/h:article">
  <fo:root font-family="{$mincho}" font-size="{$size}" line-height="{$line}" text-align="justify"
      line-stacking-strategy="font-height" axf:baseline-grid="{$grid}" axf:avoid-widow-words="true" xml:lang="{(@lang | @xml:lang)[1]}">
    <xsl:if test="not(@lang) and not(@xml:lang)"><xsl:attribute name="xml:lang">ja</xsl:attribute></xsl:if>
    <fo:layout-master-set><xsl:call-template name="masters"/></fo:layout-master-set>
    <fo:declarations>
      <axf:document-info name="title" value="{@data-title}"/>
    </fo:declarations>
    <xsl:call-template name="bookmarks"/>
    <xsl:call-template name="sequences"/>
  </fo:root>
</xsl:template>

<xsl:template name="masters">
  <fo:simple-page-master master-name="page" page-width="{$page-width}" page-height="{$page-height}"
      margin-left="{$side}" margin-right="{$side}">
    <fo:region-body margin-top="{$top}" margin-bottom="{$bottom}"/>
    <fo:region-before extent="{$head-extent}"/>
    <fo:region-after extent="{$foot-extent}" display-align="before"/>
  </fo:simple-page-master>
</xsl:template>

<xsl:template name="sequences">
  <fo:page-sequence master-reference="page" id="paper">
    <xsl:call-template name="statics"/>
    <fo:flow flow-name="xsl-region-body">
      <xsl:call-template name="flow"/>
    </fo:flow>
  </fo:page-sequence>
</xsl:template>

<xsl:template name="flow"><xsl:apply-templates select="*"/></xsl:template>

<xsl:template name="statics">
  <fo:static-content flow-name="xsl-region-before">
    <xsl:call-template name="draft-mark"/>
    <xsl:call-template name="head"/>
  </fo:static-content>
  <fo:static-content flow-name="xsl-region-after"><xsl:call-template name="foot"/></fo:static-content>
</xsl:template>

<!-- Running lines come with the content: header.running and footer.running with p.start and p.end. -->
<xsl:template name="head">
  <xsl:choose>
    <xsl:when test="/h:article/h:header[@class = 'running']">
      <fo:block-container height="36pt"><fo:block/></fo:block-container>
      <xsl:call-template name="ends">
        <xsl:with-param name="start" select="/h:article/h:header[@class = 'running']/h:p[@class = 'start']/node()"/>
        <xsl:with-param name="end" select="/h:article/h:header[@class = 'running']/h:p[@class = 'end']/node()"/>
        <xsl:with-param name="rule" select="true()"/>
      </xsl:call-template>
    </xsl:when>
    <!-- an empty region still needs a block -->
    <xsl:otherwise><fo:block/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="foot">
  <xsl:choose>
    <xsl:when test="/h:article/h:footer[@class = 'running']">
      <xsl:call-template name="ends">
        <xsl:with-param name="start" select="/h:article/h:footer[@class = 'running']/h:p[@class = 'start']/node()"/>
        <xsl:with-param name="folio" select="true()"/>
      </xsl:call-template>
    </xsl:when>
    <xsl:otherwise>
      <fo:block xsl:use-attribute-sets="running" text-align="center"><xsl:call-template name="folio"/></fo:block>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="folio"><fo:page-number/> / <fo:page-number-citation-last ref-id="paper"/></xsl:template>

<!-- two things at the ends of one line -->
<xsl:template name="ends">
  <xsl:param name="start" select="/.."/>
  <xsl:param name="end" select="/.."/>
  <xsl:param name="folio" select="false()"/>
  <xsl:param name="rule" select="false()"/>
  <fo:table table-layout="fixed" width="100%" xsl:use-attribute-sets="running">
    <xsl:if test="$rule"><xsl:attribute name="border-bottom">0.3pt solid <xsl:value-of select="$grey"/></xsl:attribute></xsl:if>
    <fo:table-column column-width="proportional-column-width(1)"/>
    <fo:table-column column-width="proportional-column-width(1)"/>
    <fo:table-body>
      <fo:table-row>
        <fo:table-cell padding-after="3pt"><fo:block text-align="start"><xsl:apply-templates select="$start"/></fo:block></fo:table-cell>
        <fo:table-cell padding-after="3pt"><fo:block text-align="end"><xsl:apply-templates select="$end"/><xsl:if test="$folio"><xsl:call-template name="folio"/></xsl:if></fo:block></fo:table-cell>
      </fo:table-row>
    </fo:table-body>
  </fo:table>
</xsl:template>
<xsl:template match="h:header[@class = 'running'] | h:footer[@class = 'running']"/>

<!-- number at the left, date at the right: div.meta with p.start, p.end -->
<xsl:template match="h:div[@class = 'meta']">
  <fo:table role="Div" table-layout="fixed" width="100%" space-after="6pt">
    <fo:table-column column-width="proportional-column-width(3)"/>
    <fo:table-column column-width="proportional-column-width(2)"/>
    <fo:table-body role="Div">
      <fo:table-row role="Div">
        <fo:table-cell role="Div"><fo:block text-align="start"><xsl:apply-templates select="h:p[@class = 'start']/node()"/></fo:block></fo:table-cell>
        <fo:table-cell role="Div"><fo:block text-align="end"><xsl:apply-templates select="h:p[@class = 'end']/node()"/></fo:block></fo:table-cell>
      </fo:table-row>
    </fo:table-body>
  </fo:table>
</xsl:template>

<!-- the paper is no original while it says 案 -->
<xsl:template name="draft-mark">
  <xsl:if test="/h:article/@data-draft = 'yes'">
    <fo:block-container absolute-position="absolute" top="7mm" right="-14mm" width="10mm" height="10mm"
        border="0.8pt solid {$red}" display-align="center">
      <fo:block text-align="center" font-family="{$gothic}" font-size="14pt" line-height="14pt" color="{$red}" start-indent="0pt" text-indent="0pt">案</fo:block>
    </fo:block-container>
  </xsl:if>
  <xsl:call-template name="copy-mark"/>
  <xsl:call-template name="version-mark"/>
</xsl:template>

<!-- nor while it says 写し -->
<xsl:template name="copy-mark">
  <xsl:param name="top" select="'7mm'"/>
  <xsl:param name="left" select="''"/>
  <xsl:if test="/h:article/@data-copy = 'yes'">
    <fo:block-container absolute-position="absolute" top="{$top}" width="16mm" height="8mm" border="0.8pt solid {$red}" display-align="center">
      <xsl:choose>
        <xsl:when test="$left != ''"><xsl:attribute name="left"><xsl:value-of select="$left"/></xsl:attribute></xsl:when>
        <xsl:otherwise><xsl:attribute name="right">0mm</xsl:attribute></xsl:otherwise>
      </xsl:choose>
      <fo:block text-align="center" font-family="{$gothic}" font-size="11pt" line-height="12pt" color="{$red}" start-indent="0pt" text-indent="0pt">写　し</fo:block>
    </fo:block-container>
  </xsl:if>
</xsl:template>

<!-- a later version says at the head of each page which one it stands for -->
<xsl:template name="version-mark">
  <xsl:param name="top" select="'8mm'"/>
  <xsl:param name="left" select="'0mm'"/>
  <xsl:param name="width" select="'120mm'"/>
  <xsl:if test="/h:article/@data-version-note">
    <fo:block-container absolute-position="absolute" top="{$top}" left="{$left}" width="{$width}" height="6mm">
      <fo:block text-align="start" font-family="{$gothic}" font-size="8pt" line-height="12pt" start-indent="0pt" text-indent="0pt"><xsl:value-of select="/h:article/@data-version-note"/></fo:block>
    </fo:block-container>
  </xsl:if>
</xsl:template>

<xsl:key name="under" match="h:h3" use="generate-id(preceding::h:h2[1])"/>

<!-- =================================================== bookmarks ===== -->
<xsl:template name="bookmarks">
  <fo:bookmark-tree>
    <fo:bookmark internal-destination="title"><fo:bookmark-title><xsl:value-of select="@data-title"/></fo:bookmark-title></fo:bookmark>
    <xsl:for-each select=".//h:h2">
      <xsl:variable name="here"><xsl:call-template name="heading-key"/></xsl:variable>
      <fo:bookmark internal-destination="{$here}">
        <fo:bookmark-title><xsl:call-template name="heading-text"/></fo:bookmark-title>
        <xsl:for-each select="key('under', generate-id())">
          <xsl:variable name="sub"><xsl:call-template name="heading-key"/></xsl:variable>
          <fo:bookmark internal-destination="{$sub}"><fo:bookmark-title><xsl:call-template name="heading-text"/></fo:bookmark-title></fo:bookmark>
        </xsl:for-each>
      </fo:bookmark>
    </xsl:for-each>
  </fo:bookmark-tree>
</xsl:template>

<xsl:template name="heading-text">
  <xsl:if test="h:span[@class = 'number']"><xsl:value-of select="concat(h:span[@class = 'number'], '　')"/></xsl:if>
  <xsl:for-each select="node()[not(self::h:span[@class = 'number' or @class = 'footnote'])]"><xsl:value-of select="."/></xsl:for-each>
</xsl:template>

<!-- generate-id() differs from run to run; the same input gives the same bytes -->
<xsl:template name="heading-key">
  <xsl:choose>
    <xsl:when test="@id"><xsl:value-of select="@id"/></xsl:when>
    <xsl:when test="self::h:h1">title</xsl:when>
    <xsl:otherwise>sec-<xsl:number level="any" count="h:h2 | h:h3 | h:h4"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- place in the data and target, handed on -->
<xsl:template name="at">
  <xsl:if test="@data-at"><xsl:attribute name="bn:at"><xsl:value-of select="@data-at"/></xsl:attribute></xsl:if>
  <xsl:if test="@id"><xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if>
  <xsl:if test="@data-stops"><xsl:attribute name="fox:tab-stops"><xsl:value-of select="@data-stops"/></xsl:attribute></xsl:if>
</xsl:template>

<xsl:template name="heading">
  <xsl:if test="@data-at"><xsl:attribute name="bn:at"><xsl:value-of select="@data-at"/></xsl:attribute></xsl:if>
  <xsl:attribute name="id"><xsl:call-template name="heading-key"/></xsl:attribute>
  <xsl:if test="h:span[@class = 'number']">
    <fo:inline axf:text-autospace="none"><xsl:apply-templates select="h:span[@class = 'number']/node()"/></fo:inline><xsl:text>　</xsl:text>
  </xsl:if>
  <xsl:apply-templates select="node()[not(self::h:span[@class = 'number'])]"/>
</xsl:template>

<!-- ====================================================== blocks ===== -->
<xsl:template match="h:header | h:footer | h:section | h:div"><xsl:apply-templates select="*"/></xsl:template>

<xsl:template match="h:h1"><fo:block xsl:use-attribute-sets="title"><xsl:call-template name="heading"/></fo:block></xsl:template>
<!-- the title of a paper that begins with its date, addressee and sender -->
<xsl:template match="h:h1[preceding-sibling::*[not(self::h:header)]]">
  <fo:block xsl:use-attribute-sets="title" space-before="{$line}"><xsl:call-template name="heading"/></fo:block>
</xsl:template>
<xsl:template match="h:h2"><fo:block xsl:use-attribute-sets="h2"><xsl:call-template name="heading"/></fo:block></xsl:template>
<xsl:template match="h:h3">
  <fo:block xsl:use-attribute-sets="h3">
    <!-- right below another heading: three lines for both -->
    <xsl:if test="$grid != 'none' and preceding-sibling::*[1][self::h:h2]">
      <xsl:attribute name="space-before">5.35pt</xsl:attribute><xsl:attribute name="space-after">0pt</xsl:attribute>
    </xsl:if>
    <xsl:call-template name="heading"/>
  </fo:block>
</xsl:template>
<xsl:template match="h:h4 | h:h5 | h:h6">
  <fo:block xsl:use-attribute-sets="h3"><xsl:attribute name="role"><xsl:value-of select="translate(local-name(), 'h', 'H')"/></xsl:attribute><xsl:call-template name="heading"/></fo:block>
</xsl:template>

<xsl:template match="h:p">
  <fo:block text-indent="1em"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

<!-- a numbered paragraph (項): the number stands where the indent would be, later lines hang one em -->
<xsl:template match="h:p[h:span[@class = 'number']]">
  <fo:block start-indent="from-parent(start-indent) + 1em" text-indent="-1em"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

<xsl:template match="h:p[contains(concat(' ', @class, ' '), ' center ')]">
  <fo:block text-align="center"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:p[contains(concat(' ', @class, ' '), ' right ')]">
  <fo:block text-align="end"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:p[contains(concat(' ', @class, ' '), ' note ') or @class = 'paper-note']">
  <!-- 51 characters of 8.5 pt -->
  <fo:block font-size="8.5pt" line-height="13pt" end-indent="7.5pt" space-before="4pt"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:p[@class = 'flush']">
  <fo:block text-indent="0pt" text-align="start"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:p[@class = 'small']">
  <fo:block text-indent="0pt" font-size="8.5pt" line-height="12.5pt" color="{$grey}"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:p[@class = 'form-number']">
  <fo:block font-size="9pt" line-height="{$line}"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:p[@class = 'closing']">
  <fo:block text-align="center" font-size="9.5pt" space-before="4pt"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:p[@class = 'ki']">
  <fo:block text-align="center" space-before="{$line}" space-after="{$line}" space-before.minimum="0pt" space-after.minimum="0pt" keep-with-next.within-page="always"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>
<xsl:template match="h:p[@class = 'ijo']">
  <fo:block text-align="end" space-before="{$line}" space-before.minimum="0pt" keep-with-previous.within-page="always"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
</xsl:template>

<xsl:template match="h:blockquote"><fo:block start-indent="from-parent(start-indent) + 2em" role="BlockQuote"><xsl:apply-templates select="*"/></fo:block></xsl:template>
<xsl:template match="h:pre"><fo:block white-space-treatment="preserve" linefeed-treatment="preserve" white-space-collapse="false" font-size="9pt"><xsl:apply-templates/></fo:block></xsl:template>
<xsl:template match="h:hr"><fo:block border-before-style="solid" border-before-width="0.3pt" space-before="8pt" space-after="8pt"/></xsl:template>

<!-- ======================================================= lists ===== -->
<!-- numbers come with the content; body text begins two ems (one character and its space) behind them -->
<xsl:template match="h:ol | h:ul">
  <xsl:variable name="labels" select="h:li/h:span[@class = 'number']"/>
  <!-- (10), and full-width digits, take more room -->
  <xsl:variable name="wide" select="boolean($labels[string-length(.) &gt; 3 or translate(., '１２３４５６７８９０', '') != string(.)])"/>
  <fo:list-block provisional-label-separation="0pt">
    <xsl:attribute name="provisional-distance-between-starts"><xsl:choose><xsl:when test="$wide">3em</xsl:when><xsl:otherwise>2em</xsl:otherwise></xsl:choose></xsl:attribute>
    <xsl:attribute name="start-indent">from-parent(start-indent) + <xsl:choose><xsl:when test="parent::h:li">0em</xsl:when><xsl:otherwise>1em</xsl:otherwise></xsl:choose></xsl:attribute>
    <xsl:call-template name="at"/>
    <xsl:apply-templates select="h:li"/>
  </fo:list-block>
</xsl:template>

<xsl:template match="h:li">
  <fo:list-item relative-align="baseline">
    <xsl:call-template name="at"/>
    <fo:list-item-label end-indent="label-end()">
      <fo:block text-indent="0pt" text-align="start">
        <xsl:choose>
          <xsl:when test="h:span[@class = 'number']"><xsl:apply-templates select="h:span[@class = 'number']/node()"/></xsl:when>
          <xsl:when test="parent::h:ol"><xsl:number/></xsl:when>
          <xsl:otherwise>・</xsl:otherwise>
        </xsl:choose>
      </fo:block>
    </fo:list-item-label>
    <fo:list-item-body start-indent="body-start()">
      <xsl:call-template name="mixed"/>
    </fo:list-item-body>
  </fo:list-item>
</xsl:template>

<!-- li, td, dd: text and blocks together; runs of inlines become one block each -->
<xsl:template name="mixed">
  <xsl:param name="indent" select="'0pt'"/>
  <xsl:variable name="blocks" select="h:p | h:ol | h:ul | h:dl | h:div | h:table | h:figure | h:blockquote"/>
  <xsl:choose>
    <xsl:when test="not($blocks)">
      <fo:block text-indent="{$indent}"><xsl:apply-templates select="node()[not(self::h:span[@class = 'number'])]"/></fo:block>
    </xsl:when>
    <xsl:otherwise>
      <xsl:variable name="lead" select="node()[not(self::h:span[@class = 'number'])][not(preceding-sibling::*[count(. | $blocks) = count($blocks)])][count(. | $blocks) != count($blocks)]"/>
      <xsl:if test="$lead[normalize-space(.) != '' or self::h:img]">
        <fo:block text-indent="{$indent}"><xsl:apply-templates select="$lead"/></fo:block>
      </xsl:if>
      <xsl:for-each select="$blocks">
        <xsl:choose>
          <xsl:when test="self::h:p and not(@class)"><fo:block text-indent="{$indent}"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block></xsl:when>
          <xsl:otherwise><xsl:apply-templates select="."/></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- numbered terms with hanging values (記): li holds span.term and div.value -->
<xsl:template match="h:ol[@class = 'terms']">
  <xsl:variable name="longest"><xsl:for-each select="h:li/h:span[@class = 'term']"><xsl:sort select="string-length(.)" data-type="number" order="descending"/><xsl:if test="position() = 1"><xsl:value-of select="string-length(.)"/></xsl:if></xsl:for-each></xsl:variable>
  <fo:list-block provisional-label-separation="0pt" provisional-distance-between-starts="{$longest + 4}em">
    <xsl:for-each select="h:li">
      <fo:list-item relative-align="baseline"><xsl:attribute name="space-after"><xsl:choose><xsl:when test="$grid = 'none'">3pt</xsl:when><xsl:otherwise>0pt</xsl:otherwise></xsl:choose></xsl:attribute>
        <xsl:call-template name="at"/>
        <fo:list-item-label end-indent="label-end()"><fo:block text-indent="0pt" text-align="start">
          <xsl:if test="h:span[@class = 'number']"><xsl:value-of select="h:span[@class = 'number']"/><xsl:text>　</xsl:text></xsl:if><xsl:apply-templates select="h:span[@class = 'term']/node()"/>
        </fo:block></fo:list-item-label>
        <fo:list-item-body start-indent="body-start()">
          <xsl:for-each select="h:div[@class = 'value']"><xsl:call-template name="mixed"/></xsl:for-each>
        </fo:list-item-body>
      </fo:list-item>
    </xsl:for-each>
  </fo:list-block>
</xsl:template>

<!-- terms in a column, values hanging beside them -->
<xsl:template match="h:dl">
  <xsl:variable name="longest"><xsl:for-each select="h:dt"><xsl:sort select="string-length(.)" data-type="number" order="descending"/><xsl:if test="position() = 1"><xsl:value-of select="string-length(.)"/></xsl:if></xsl:for-each></xsl:variable>
  <fo:list-block provisional-label-separation="1em" provisional-distance-between-starts="{$longest + 1}em" space-before="{$gap}" space-after="{$gap}">
    <xsl:for-each select="h:dt">
      <fo:list-item relative-align="baseline">
        <xsl:call-template name="at"/>
        <fo:list-item-label end-indent="label-end()"><fo:block text-indent="0pt" text-align="start"><xsl:apply-templates/></fo:block></fo:list-item-label>
        <fo:list-item-body start-indent="body-start()">
          <xsl:for-each select="following-sibling::h:dd[1]"><xsl:call-template name="mixed"/></xsl:for-each>
        </fo:list-item-body>
      </fo:list-item>
    </xsl:for-each>
  </fo:list-block>
</xsl:template>

<!-- ====================================================== tables ===== -->
<!--
  table.fields  label and value, ruled (forms)       table.open   no vertical rules (reports)
  table.inner   inside a cell of a form              others       ruled, head shaded
  col/@data-width: "36mm" or a share such as "2*"
-->
<xsl:template match="h:table">
  <xsl:choose>
    <xsl:when test="h:caption">
      <fo:block role="Div" space-before="{$above}" space-after="{$below}" space-before.minimum="0pt" space-after.minimum="0pt" axf:baseline-block-snap="center">
        <fo:block xsl:use-attribute-sets="gothic" text-indent="0pt" font-size="9.5pt" line-height="14.25pt" space-after="3pt" keep-with-next.within-page="always" role="Caption"><xsl:apply-templates select="h:caption/node()"/></fo:block>
        <xsl:call-template name="table"><xsl:with-param name="before" select="'0pt'"/><xsl:with-param name="after" select="'0pt'"/></xsl:call-template>
      </fo:block>
    </xsl:when>
    <xsl:when test="parent::h:td"><xsl:call-template name="table"><xsl:with-param name="before" select="'0pt'"/><xsl:with-param name="after" select="'0pt'"/></xsl:call-template></xsl:when>
    <xsl:otherwise><xsl:call-template name="table"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template name="table">
  <xsl:param name="before" select="$above"/>
  <xsl:param name="after" select="$below"/>
  <fo:table table-layout="fixed" width="100%" border-collapse="collapse" start-indent="0pt" end-indent="0pt" text-indent="0pt" text-align="start" space-before="{$before}" space-after="{$after}"
      space-before.minimum="0pt" space-after.minimum="0pt" axf:baseline-block-snap="center" font-size="{$table-size}" line-height="{$table-line}">
    <!-- of a few short rows: whole -->
    <xsl:if test="string-length(.) &lt; 300 and count(.//h:tr) &lt; 6 and not(parent::h:td)"><xsl:attribute name="keep-together.within-page">always</xsl:attribute></xsl:if>
    <xsl:call-template name="at"/>
    <xsl:call-template name="table-style"/>
    <xsl:call-template name="columns"/>
    <xsl:if test="h:thead"><fo:table-header><xsl:apply-templates select="h:thead/h:tr"/></fo:table-header></xsl:if>
    <fo:table-body><xsl:if test="h:tbody/@data-part"><xsl:attribute name="bn:part">yes</xsl:attribute></xsl:if><xsl:apply-templates select="h:tbody/h:tr | h:tr"/></fo:table-body>
  </fo:table>
</xsl:template>

<xsl:template name="table-style">
  <xsl:if test="contains(concat(' ', @class, ' '), ' open ')">
    <xsl:attribute name="font-size">8.8pt</xsl:attribute>
    <xsl:attribute name="line-height">13.2pt</xsl:attribute>
    <xsl:attribute name="border-top">1pt solid #000000</xsl:attribute>
    <xsl:attribute name="border-bottom">1pt solid #000000</xsl:attribute>
  </xsl:if>
  <xsl:if test="contains(concat(' ', @class, ' '), ' fields ')">
    <xsl:attribute name="font-size"><xsl:value-of select="$size"/></xsl:attribute>
    <xsl:attribute name="line-height">16pt</xsl:attribute>
  </xsl:if>
</xsl:template>

<xsl:template name="columns">
  <xsl:choose>
    <xsl:when test="h:colgroup/h:col/@data-width">
      <xsl:for-each select="h:colgroup/h:col">
        <fo:table-column column-number="{position()}">
          <xsl:attribute name="column-width">
            <xsl:choose>
              <xsl:when test="contains(@data-width, '*')">proportional-column-width(<xsl:value-of select="substring-before(@data-width, '*')"/>)</xsl:when>
              <xsl:when test="@data-width"><xsl:value-of select="@data-width"/></xsl:when>
              <xsl:otherwise>proportional-column-width(1)</xsl:otherwise>
            </xsl:choose>
          </xsl:attribute>
        </fo:table-column>
      </xsl:for-each>
    </xsl:when>
    <xsl:otherwise>
      <!-- what is short (a number, a date, a word) gets the width it needs, the others share the rest by their longest cell -->
      <xsl:variable name="rows" select="h:thead/h:tr | h:tbody/h:tr | h:tr"/>
      <xsl:variable name="measured">
        <xsl:for-each select="($rows)[1]/*">
          <xsl:variable name="n" select="position()"/>
          <xsl:for-each select="$rows/*[$n]">
            <!-- blanks to write in are as wide as they say, 8 em if they do not -->
            <xsl:sort select="string-length(.) + string-length(translate(., $narrow, '')) + 2 * sum(.//h:span[contains(@class, 'fill')]/@data-width) + 16 * count(.//h:span[contains(@class, 'fill')][not(@data-width)])" data-type="number" order="descending"/>
            <xsl:if test="position() = 1">
              <!-- figures are a little over half an em, and there is a gap before and behind -->
              <xsl:variable name="em" select="(string-length(.) * 1.3 + string-length(translate(., $narrow, '')) * 0.7) div 2 + sum(.//h:span[contains(@class, 'fill')]/@data-width) + 8 * count(.//h:span[contains(@class, 'fill')][not(@data-width)])"/>
              <column em="{$em}"><xsl:if test="$em &lt;= 9 and translate(., '0123456789', '') != string(.)"><xsl:attribute name="whole">yes</xsl:attribute></xsl:if></column>
            </xsl:if>
          </xsl:for-each>
        </xsl:for-each>
      </xsl:variable>
      <xsl:variable name="columns" select="exsl:node-set($measured)/*"/>
      <xsl:variable name="room"><xsl:choose><xsl:when test="parent::h:td">35</xsl:when><xsl:otherwise><xsl:value-of select="$table-ems"/></xsl:otherwise></xsl:choose></xsl:variable>
      <!-- what counts as short: as much as leaves room for the others; a number or date always does, it must not be parted.
           2.3: over half an em at both ends of a cell, and the gaps about figures -->
      <xsl:variable name="limit">
        <xsl:choose>
          <xsl:when test="sum($columns[@em &lt;= 9]/@em) + 2.3 * count($columns[@em &lt;= 9]) + 7 * count($columns[@em &gt; 9]) &lt;= $room">9</xsl:when>
          <xsl:when test="sum($columns[@whole or @em &lt;= 5]/@em) + 2.3 * count($columns[@whole or @em &lt;= 5]) + 6 * count($columns[not(@whole) and @em &gt; 5]) &lt;= $room">5</xsl:when>
          <xsl:otherwise>0</xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <xsl:variable name="fixed" select="boolean($columns[not(@whole) and @em &gt; $limit])"/>
      <xsl:for-each select="$columns">
        <fo:table-column column-number="{position()}">
          <xsl:attribute name="column-width">
            <xsl:choose>
              <xsl:when test="$fixed and (@whole or @em &lt;= $limit)"><xsl:value-of select="@em + 2.3"/>em</xsl:when>
              <xsl:when test="@em &gt; 40">proportional-column-width(34)</xsl:when>
              <xsl:when test="@em &gt; 22">proportional-column-width(28)</xsl:when>
              <xsl:otherwise>proportional-column-width(<xsl:value-of select="@em + 8"/>)</xsl:otherwise>
            </xsl:choose>
          </xsl:attribute>
        </fo:table-column>
      </xsl:for-each>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="h:tr">
  <fo:table-row>
    <xsl:call-template name="at"/>
    <!-- about a third of a page of table text -->
    <xsl:if test="string-length(.) &lt; 500"><xsl:attribute name="keep-together.within-page">always</xsl:attribute></xsl:if>
    <!-- no short row stands alone at the end of a page, or on the next -->
    <xsl:if test="string-length(.) &lt; 150 and parent::h:tbody[h:tr[4]]
        and ((not(preceding-sibling::h:tr[1]) and string-length(following-sibling::h:tr[1]) &lt; 150)
          or (following-sibling::h:tr[1] and not(following-sibling::h:tr[2]) and string-length(following-sibling::h:tr[1]) &lt; 150))">
      <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
    </xsl:if>
    <xsl:apply-templates select="h:th | h:td"/>
  </fo:table-row>
</xsl:template>

<xsl:template match="h:th | h:td">
  <xsl:variable name="table" select="ancestor::h:table[1]"/>
  <xsl:variable name="class" select="concat(' ', $table/@class, ' ')"/>
  <fo:table-cell>
    <xsl:call-template name="at"/>
    <xsl:if test="@colspan &gt; 1"><xsl:attribute name="number-columns-spanned"><xsl:value-of select="@colspan"/></xsl:attribute></xsl:if>
    <xsl:if test="@rowspan &gt; 1"><xsl:attribute name="number-rows-spanned"><xsl:value-of select="@rowspan"/></xsl:attribute></xsl:if>
    <xsl:if test="self::h:th"><xsl:attribute name="role">TH</xsl:attribute></xsl:if>
    <xsl:if test="@data-height"><xsl:attribute name="height"><xsl:value-of select="@data-height"/></xsl:attribute></xsl:if>
    <xsl:choose>
      <xsl:when test="contains($class, ' open ')"><xsl:call-template name="cell-open"/></xsl:when>
      <xsl:when test="contains($class, ' inner ')"><xsl:call-template name="cell-inner"/></xsl:when>
      <xsl:when test="contains($class, ' fields ')"><xsl:call-template name="cell-fields"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="cell-ruled"/></xsl:otherwise>
    </xsl:choose>
  </fo:table-cell>
</xsl:template>

<xsl:template name="cell-align">
  <xsl:choose>
    <xsl:when test="contains(concat(' ', @class, ' '), ' decimal ')"><xsl:attribute name="text-align">.</xsl:attribute></xsl:when>
    <xsl:when test="contains(concat(' ', @class, ' '), ' num ') or contains(concat(' ', @class, ' '), ' right ')"><xsl:attribute name="text-align">end</xsl:attribute></xsl:when>
    <xsl:when test="contains(concat(' ', @class, ' '), ' center ')"><xsl:attribute name="text-align">center</xsl:attribute></xsl:when>
  </xsl:choose>
</xsl:template>

<xsl:template name="cell-open">
  <xsl:attribute name="padding">3.3pt 4.4pt</xsl:attribute>
  <xsl:choose>
    <xsl:when test="ancestor::h:thead"><xsl:attribute name="border-bottom">0.6pt solid #000000</xsl:attribute></xsl:when>
    <xsl:when test="parent::h:tr/following-sibling::h:tr[1]"><xsl:attribute name="border-bottom"><xsl:value-of select="$rule"/></xsl:attribute></xsl:when>
  </xsl:choose>
  <xsl:if test="self::h:th and ancestor::h:thead"><xsl:attribute name="font-family"><xsl:value-of select="$gothic"/></xsl:attribute></xsl:if>
  <xsl:call-template name="cell-align"/>
  <xsl:call-template name="mixed"/>
</xsl:template>

<xsl:template name="cell-ruled">
  <xsl:attribute name="padding">4pt 4.75pt</xsl:attribute>
  <xsl:attribute name="border"><xsl:value-of select="$rule"/></xsl:attribute>
  <xsl:attribute name="border-before-width.conditionality">retain</xsl:attribute>
  <xsl:attribute name="border-after-width.conditionality">retain</xsl:attribute>
  <xsl:if test="self::h:th">
    <xsl:attribute name="font-family"><xsl:value-of select="$gothic"/></xsl:attribute>
    <xsl:attribute name="background-color"><xsl:value-of select="$shade"/></xsl:attribute>
  </xsl:if>
  <xsl:call-template name="cell-align"/>
  <xsl:call-template name="mixed"/>
</xsl:template>

<!-- inside a cell of a form: rules between, none around -->
<xsl:template name="cell-inner">
  <xsl:attribute name="padding">3.6pt 5.4pt</xsl:attribute>
  <xsl:if test="following-sibling::*"><xsl:attribute name="border-right"><xsl:value-of select="$rule"/></xsl:attribute></xsl:if>
  <xsl:if test="parent::h:tr/following-sibling::h:tr[1] or ancestor::h:thead"><xsl:attribute name="border-bottom"><xsl:value-of select="$rule"/></xsl:attribute></xsl:if>
  <xsl:if test="ancestor::h:thead"><xsl:attribute name="font-family"><xsl:value-of select="$gothic"/></xsl:attribute></xsl:if>
  <xsl:call-template name="cell-align"/>
  <xsl:call-template name="mixed"/>
</xsl:template>

<xsl:template name="cell-fields">
  <xsl:attribute name="border"><xsl:value-of select="$rule"/></xsl:attribute>
  <xsl:attribute name="border-before-width.conditionality">retain</xsl:attribute>
  <xsl:attribute name="border-after-width.conditionality">retain</xsl:attribute>
  <xsl:choose>
    <xsl:when test="self::h:th">
      <xsl:attribute name="background-color"><xsl:value-of select="$shade"/></xsl:attribute>
      <xsl:attribute name="padding">5.4pt 5.4pt</xsl:attribute>
      <xsl:call-template name="label"/>
    </xsl:when>
    <xsl:when test="h:table">
      <xsl:attribute name="padding">0pt</xsl:attribute>
      <xsl:apply-templates select="h:table"/>
    </xsl:when>
    <xsl:otherwise>
      <xsl:attribute name="padding">5.4pt 6pt</xsl:attribute>
      <xsl:call-template name="cell-align"/>
      <xsl:choose>
        <!-- signature: 16 mm to sign in, a grey 印 at the right -->
        <xsl:when test="contains(concat(' ', @class, ' '), ' signature ')">
          <xsl:attribute name="height">16mm</xsl:attribute>
          <fo:table role="Div" table-layout="fixed" width="100%">
            <fo:table-column column-width="proportional-column-width(1)"/>
            <fo:table-column column-width="16pt"/>
            <fo:table-body role="Div"><fo:table-row role="Div">
              <fo:table-cell role="Div"><fo:block><xsl:apply-templates select="node()[not(self::h:span[@class = 'seal'])]"/></fo:block></fo:table-cell>
              <fo:table-cell role="Div"><fo:block text-align="end"><xsl:apply-templates select="h:span[@class = 'seal']"/></fo:block></fo:table-cell>
            </fo:table-row></fo:table-body>
          </fo:table>
        </xsl:when>
        <!-- lists and long words one size smaller, so that a form stays on its page -->
        <xsl:otherwise>
          <xsl:if test="string-length(.) &gt; 150"><xsl:attribute name="font-size"><xsl:value-of select="$table-size"/></xsl:attribute><xsl:attribute name="line-height"><xsl:value-of select="$table-line"/></xsl:attribute></xsl:if>
          <xsl:call-template name="mixed"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- 均等割付: one line of label fills its column; what is longer is set small from the start -->
<xsl:template name="label">
  <xsl:param name="fits" select="9"/>
  <xsl:param name="size"><xsl:choose><xsl:when test="string-length(.) &gt; 8">9.5pt</xsl:when><xsl:otherwise>10pt</xsl:otherwise></xsl:choose></xsl:param>
  <xsl:choose>
    <xsl:when test="string-length(.) &lt;= $fits">
      <fo:block font-family="{$gothic}" font-size="{$size}" text-align="justify" text-align-last="justify" axf:text-justify="distribute"><xsl:apply-templates/></fo:block>
    </xsl:when>
    <xsl:otherwise>
      <fo:block font-family="{$gothic}" font-size="9pt" line-height="13pt" text-align="start"><xsl:apply-templates/></fo:block>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ===================================================== figures ===== -->
<xsl:template match="h:figure">
  <fo:block text-indent="0pt" text-align="center" space-before="{$above}" space-after="{$below}" space-before.minimum="0pt" space-after.minimum="0pt" axf:baseline-block-snap="center" keep-together.within-page="always" line-height="12pt" line-stacking-strategy="max-height">
    <xsl:call-template name="at"/>
    <xsl:apply-templates select="svg:svg | h:img"/>
    <xsl:if test="h:figcaption">
      <fo:block font-family="{$gothic}" font-size="9pt" line-height="13pt" space-before="4pt" role="Caption"><xsl:apply-templates select="h:figcaption/node()"/></fo:block>
    </xsl:if>
  </fo:block>
</xsl:template>

<xsl:template match="svg:svg">
  <fo:instream-foreign-object role="Figure">
    <xsl:if test="svg:title"><xsl:attribute name="fox:alt-text"><xsl:value-of select="svg:title"/></xsl:attribute></xsl:if>
    <xsl:apply-templates select="." mode="svg"/>
  </fo:instream-foreign-object>
</xsl:template>

<!-- content names no font -->
<xsl:template match="@* | node()" mode="svg"><xsl:copy><xsl:apply-templates select="@* | node()" mode="svg"/></xsl:copy></xsl:template>
<xsl:template match="svg:text[not(@font-family)]" mode="svg">
  <xsl:copy><xsl:attribute name="font-family"><xsl:value-of select="$gothic"/></xsl:attribute><xsl:apply-templates select="@* | node()" mode="svg"/></xsl:copy>
</xsl:template>

<xsl:template match="h:img">
  <fo:external-graphic src="url('{@src}')" content-width="scale-down-to-fit" content-height="scale-down-to-fit" max-width="100%" role="Figure" fox:alt-text="{@alt}"/>
</xsl:template>

<!-- ==================================================== contents ===== -->
<xsl:template match="h:nav"/>

<xsl:template name="contents">
  <xsl:for-each select="/h:article//h:h2 | /h:article//h:h3[not(ancestor::h:article[contains(@class, 'short-toc')])]">
    <xsl:variable name="target"><xsl:call-template name="heading-key"/></xsl:variable>
    <fo:block text-align="start" text-align-last="justify" text-indent="0pt" role="TOCI" keep-together.within-page="always">
      <xsl:if test="self::h:h3"><xsl:attribute name="start-indent">2em</xsl:attribute></xsl:if>
      <fo:basic-link internal-destination="{$target}">
        <xsl:call-template name="heading-text"/>
        <fo:leader leader-pattern="dots" leader-pattern-width="0.5em" leader-alignment="reference-area" leader-length.minimum="2em" leader-length.optimum="12em" leader-length.maximum="100%"/>
        <fo:page-number-citation ref-id="{$target}"/>
      </fo:basic-link>
    </fo:block>
  </xsl:for-each>
</xsl:template>

<!-- ===================================================== inlines ===== -->
<xsl:template match="h:span[@class = 'number']"><fo:inline><xsl:apply-templates/></fo:inline><xsl:text>　</xsl:text></xsl:template>
<xsl:template match="h:span | h:a[not(@href)] | h:s | h:code"><fo:inline><xsl:call-template name="at"/><xsl:apply-templates/></fo:inline></xsl:template>
<!-- a short name spread evenly: the space of the data stays one em, the letters inside a part get one em -->
<xsl:template match="h:span[@class = 'name']">
  <fo:inline keep-together.within-line="always">
    <xsl:call-template name="at"/>
    <xsl:choose>
      <xsl:when test="contains(., '　')">
        <xsl:call-template name="spread"><xsl:with-param name="s" select="substring-before(., '　')"/></xsl:call-template>
        <xsl:text>　</xsl:text>
        <xsl:call-template name="spread"><xsl:with-param name="s" select="substring-after(., '　')"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
    </xsl:choose>
  </fo:inline>
</xsl:template>
<xsl:template name="spread">
  <xsl:param name="s"/>
  <xsl:variable name="n" select="string-length($s)"/>
  <xsl:if test="$n &gt; 1"><fo:inline letter-spacing="1em"><xsl:value-of select="substring($s, 1, $n - 1)"/></fo:inline></xsl:if>
  <xsl:value-of select="substring($s, $n)"/>
</xsl:template>
<!-- numbers of documents: solid -->
<xsl:template match="h:span[@class = 'docno']"><fo:inline axf:text-autospace="none" keep-together.within-line="always"><xsl:call-template name="at"/><xsl:apply-templates/></fo:inline></xsl:template>
<!-- dates, number with unit, a name with its 殿: in one piece -->
<xsl:template match="h:time | h:span[@class = 'keep']"><fo:inline keep-together.within-line="always"><xsl:call-template name="at"/><xsl:apply-templates/></fo:inline></xsl:template>
<xsl:template match="h:strong"><fo:inline font-family="{$gothic}"><xsl:call-template name="at"/><xsl:apply-templates/></fo:inline></xsl:template>
<xsl:template match="h:em"><fo:inline font-family="{$gothic}"><xsl:call-template name="at"/><xsl:apply-templates/></fo:inline></xsl:template>
<xsl:template match="h:em[@class = 'dots']"><fo:inline axf:text-emphasis-style="filled"><xsl:call-template name="at"/><xsl:apply-templates/></fo:inline></xsl:template>
<xsl:template match="h:u"><fo:inline text-decoration="underline"><xsl:call-template name="at"/><xsl:apply-templates/></fo:inline></xsl:template>
<xsl:template match="h:sup"><fo:inline font-size="70%" baseline-shift="super"><xsl:apply-templates/></fo:inline></xsl:template>
<xsl:template match="h:sub"><fo:inline font-size="70%" baseline-shift="sub"><xsl:apply-templates/></fo:inline></xsl:template>
<xsl:template match="h:span[@class = 'tcy']"><fo:inline axf:text-combine-horizontal="all"><xsl:apply-templates/></fo:inline></xsl:template>
<!-- 割注: the brackets stand outside -->
<xsl:template match="h:span[@class = 'warichu']"><fo:inline font-size="60%" bn:warichu="true"><xsl:call-template name="at"/><xsl:apply-templates/></fo:inline></xsl:template>
<!-- between stops: the paragraph's data-stops says where ("left 8em, decimal 20em") -->
<xsl:template match="h:span[@class = 'tab']"><xsl:text>&#9;</xsl:text></xsl:template>
<xsl:template match="h:br"><fo:block/></xsl:template>
<xsl:template match="h:a[@href]"><fo:basic-link external-destination="url('{@href}')"><xsl:call-template name="at"/><xsl:apply-templates/></fo:basic-link></xsl:template>
<xsl:template match="h:a[starts-with(@href, '#')]"><fo:basic-link internal-destination="{substring(@href, 2)}"><xsl:call-template name="at"/><xsl:apply-templates/></fo:basic-link></xsl:template>
<xsl:template match="h:a[@data-ref]"><fo:basic-link internal-destination="{@data-ref}"><xsl:call-template name="at"/><xsl:apply-templates/></fo:basic-link></xsl:template>
<!-- place for a seal in running text -->
<xsl:template match="h:span[@class = 'seal']"><fo:inline color="{$grey}" font-size="9pt"><xsl:call-template name="at"/><xsl:apply-templates/></fo:inline></xsl:template>
<!-- a blank to write in -->
<xsl:template match="h:span[contains(concat(' ', @class, ' '), ' fill ')]">
  <xsl:variable name="w"><xsl:choose><xsl:when test="@data-width"><xsl:value-of select="@data-width"/></xsl:when><xsl:otherwise>8</xsl:otherwise></xsl:choose></xsl:variable>
  <fo:leader leader-length="{$w}em" rule-thickness="0.3pt">
    <xsl:attribute name="leader-pattern"><xsl:choose><xsl:when test="contains(@class, 'plain')">space</xsl:when><xsl:otherwise>rule</xsl:otherwise></xsl:choose></xsl:attribute>
    <xsl:call-template name="at"/>
  </fo:leader>
</xsl:template>
<!-- spread over a fixed width (字取り): data-width in em -->
<xsl:template match="h:span[@class = 'label'][@data-width]" priority="1">
  <fo:inline-container inline-progression-dimension="{@data-width}em" baseline-shift="-0.12em">
    <fo:block line-height="1" text-indent="0pt" start-indent="0pt" end-indent="0pt" text-align="justify" text-align-last="justify" axf:text-justify="distribute"><xsl:call-template name="at"/><xsl:apply-templates/></fo:block>
  </fo:inline-container>
</xsl:template>
<xsl:template match="h:span[@class = 'label']"><fo:inline font-family="{$gothic}"><xsl:call-template name="at"/><xsl:apply-templates/></fo:inline></xsl:template>

<xsl:template match="h:ruby">
  <axf:ruby>
    <xsl:for-each select="h:rt">
      <xsl:variable name="n" select="position()"/>
      <axf:ruby-base><xsl:apply-templates select="preceding-sibling::node()[not(self::h:rt)][count(preceding-sibling::h:rt) = $n - 1]"/></axf:ruby-base>
      <axf:ruby-text><xsl:apply-templates/></axf:ruby-text>
    </xsl:for-each>
  </axf:ruby>
</xsl:template>
<xsl:template match="h:rb"><xsl:apply-templates/></xsl:template>

<xsl:template match="h:span[@class = 'footnote']">
  <fo:footnote>
    <fo:inline font-size="6.5pt" baseline-shift="3.5pt" keep-with-previous.within-line="always">(<xsl:value-of select="@data-number"/>)</fo:inline>
    <fo:footnote-body>
      <!-- 441 pt are 51 characters of 8.5 pt and 7.5 pt -->
      <fo:block font-size="8.5pt" line-height="13pt" start-indent="2em + 7.5pt" text-indent="-2em" font-family="{$mincho}" text-align="justify">(<xsl:value-of select="@data-number"/>)　<xsl:apply-templates/></fo:block>
    </fo:footnote-body>
  </fo:footnote>
</xsl:template>

</xsl:stylesheet>

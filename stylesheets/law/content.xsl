<?xml version="1.0" encoding="UTF-8"?>
<!--
  A law text in the form of e-Gov (法令標準XML) as content: article.law. Numbers are the law's own. Every provision
  carries its place; chapters and articles have an id made of their element and number, for outline and links.
-->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:template match="/input">
  <xsl:apply-templates select="Law"/>
</xsl:template>

<xsl:template match="Law">
  <article class="law" lang="{@Lang}">
    <xsl:if test="/input/house/option[@name = 'law-writing']/@value = 'vertical'"><xsl:attribute name="data-writing">vertical</xsl:attribute></xsl:if>
    <h1 id="title"><xsl:apply-templates select="LawBody/LawTitle/node()"/></h1>
    <xsl:apply-templates select="LawNum"/>
    <xsl:apply-templates select="LawBody/*[not(self::LawTitle)]"/>
  </article>
</xsl:template>

<xsl:template name="at"><xsl:attribute name="data-at"><xsl:value-of select="bn:at(.)"/></xsl:attribute></xsl:template>

<!-- provisions of other laws, or in a table: nobody is sent there -->
<xsl:template name="quoted"><xsl:value-of select="boolean(ancestor::NewProvision or ancestor::TableColumn or ancestor::QuoteStruct or ancestor::Style or ancestor::Note or ancestor::Format)"/></xsl:template>

<!-- a number that stands twice under one parent (which no good law has) is counted -->
<xsl:key name="numbered" match="*[@Num]" use="concat(generate-id(..), local-name(), @Num)"/>
<xsl:template name="id">
  <xsl:attribute name="id">
    <xsl:for-each select="ancestor-or-self::*[self::Part or self::Chapter or self::Section or self::Subsection or self::Division or self::Article or self::SupplProvision or self::AppdxTable or self::AppdxStyle or self::AppdxNote or self::AppdxFig or self::AppdxFormat or self::Appdx or self::SupplProvisionAppdxTable or self::SupplProvisionAppdxStyle or self::SupplProvisionAppdx]">
      <xsl:variable name="name" select="local-name()"/>
      <xsl:variable name="twins" select="key('numbered', concat(generate-id(..), $name, @Num))"/>
      <xsl:if test="position() &gt; 1">.</xsl:if>
      <xsl:value-of select="$name"/>
      <xsl:if test="@Num"><xsl:value-of select="concat('-', translate(@Num, ':', '-'))"/></xsl:if>
      <xsl:if test="(@Num and generate-id() != generate-id($twins[1])) or (not(@Num) and preceding-sibling::*[local-name() = $name])">
        <xsl:value-of select="concat('.', count(preceding-sibling::*[local-name() = $name]) + 1)"/>
      </xsl:if>
    </xsl:for-each>
  </xsl:attribute>
</xsl:template>

<!-- id and line of the outline -->
<xsl:template name="mark">
  <xsl:param name="text"/>
  <xsl:variable name="quoted"><xsl:call-template name="quoted"/></xsl:variable>
  <xsl:if test="$quoted = 'false'">
    <xsl:call-template name="id"/>
    <xsl:attribute name="data-outline"><xsl:value-of select="$text"/></xsl:attribute>
  </xsl:if>
</xsl:template>

<xsl:template match="LawNum"><xsl:if test="normalize-space(.) != ''"><p class="law-number"><xsl:call-template name="at"/>（<xsl:apply-templates/>）</p></xsl:if></xsl:template>
<xsl:template match="EnactStatement"><p class="enact"><xsl:call-template name="at"/><xsl:apply-templates/></p></xsl:template>
<xsl:template match="Preamble"><div class="preamble"><xsl:apply-templates/></div></xsl:template>
<xsl:template match="MainProvision"><xsl:apply-templates/></xsl:template>

<!-- ========================================================== 目次 ===== -->
<xsl:template match="TOC"><div class="law-toc"><xsl:apply-templates/></div></xsl:template>
<xsl:template match="TOCLabel"><p class="toc-label"><xsl:call-template name="at"/><xsl:apply-templates/></p></xsl:template>
<xsl:template match="TOCPreambleLabel"><p class="toc-line" data-indent="1"><xsl:call-template name="at"/><xsl:apply-templates/></p></xsl:template>
<xsl:template match="TOCPart | TOCChapter | TOCSection | TOCSubsection | TOCDivision | TOCSupplProvision">
  <p class="toc-line" data-indent="{count(ancestor::*[starts-with(local-name(), 'TOC')])}"><xsl:call-template name="at"/>
    <xsl:apply-templates select="PartTitle/node() | ChapterTitle/node() | SectionTitle/node() | SubsectionTitle/node() | DivisionTitle/node() | SupplProvisionLabel/node()"/>
    <xsl:apply-templates select="ArticleRange/node()"/>
  </p>
  <xsl:apply-templates select="*[starts-with(local-name(), 'TOC')]"/>
</xsl:template>
<xsl:template match="TOCArticle"><p class="toc-line" data-indent="{count(ancestor::*[starts-with(local-name(), 'TOC')])}"><xsl:call-template name="at"/><xsl:apply-templates select="ArticleTitle/node()"/><xsl:apply-templates select="ArticleCaption/node()"/></p></xsl:template>
<xsl:template match="TOCAppdxTableLabel"><p class="toc-line" data-indent="1"><xsl:call-template name="at"/><xsl:apply-templates/></p></xsl:template>

<!-- =================================================== 編章節款目 ===== -->
<xsl:template match="Part | Chapter | Section | Subsection | Division">
  <xsl:call-template name="division"><xsl:with-param name="title" select="*[substring(local-name(), string-length(local-name()) - 4) = 'Title']"/></xsl:call-template>
  <xsl:apply-templates select="*[substring(local-name(), string-length(local-name()) - 4) != 'Title']"/>
</xsl:template>
<xsl:template name="division">
  <xsl:param name="title"/>
  <xsl:variable name="quoted"><xsl:call-template name="quoted"/></xsl:variable>
  <xsl:variable name="depth" select="count(ancestor::Part | ancestor::Chapter | ancestor::Section | ancestor::Subsection)"/>
  <xsl:choose>
    <xsl:when test="$quoted = 'true'"><p class="division" data-indent="{$depth + 3}"><xsl:call-template name="at"/><xsl:apply-templates select="$title/node()"/></p></xsl:when>
    <xsl:otherwise><h2 class="division" data-indent="{$depth + 3}"><xsl:call-template name="id"/><xsl:call-template name="at"/><xsl:apply-templates select="$title/node()"/></h2></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<!-- a title alone takes the place of an old one -->
<xsl:template match="NewProvision/PartTitle | NewProvision/ChapterTitle | NewProvision/SectionTitle | NewProvision/SubsectionTitle | NewProvision/DivisionTitle | NewProvision/LawTitle"><p class="division" data-indent="3"><xsl:call-template name="at"/><xsl:apply-templates/></p></xsl:template>

<!-- ======================================================== 条・項 ===== -->
<!-- 条: the caption above in brackets, the number before the first paragraph; a notice (第一　見出し) has both in one line -->
<xsl:template match="Article">
  <xsl:variable name="bracketed" select="starts-with(ArticleCaption, '（') or starts-with(ArticleCaption, '(') or not(ArticleCaption)"/>
  <div class="provision">
    <xsl:choose>
      <xsl:when test="ArticleCaption and $bracketed">
        <h3 class="caption"><xsl:call-template name="mark"><xsl:with-param name="text" select="concat(ArticleTitle, ArticleCaption)"/></xsl:call-template><xsl:for-each select="ArticleCaption"><xsl:call-template name="at"/><xsl:apply-templates/></xsl:for-each></h3>
      </xsl:when>
      <xsl:when test="ArticleCaption">
        <h3 class="notice"><xsl:call-template name="mark"><xsl:with-param name="text" select="concat(ArticleTitle, '　', ArticleCaption)"/></xsl:call-template><xsl:for-each select="ArticleTitle"><xsl:call-template name="at"/><xsl:apply-templates/></xsl:for-each>　<xsl:apply-templates select="ArticleCaption/node()"/></h3>
      </xsl:when>
    </xsl:choose>
    <xsl:for-each select="Paragraph">
      <xsl:choose>
        <xsl:when test="position() = 1 and $bracketed">
          <p class="article"><xsl:if test="not(../ArticleCaption)"><xsl:for-each select=".."><xsl:call-template name="mark"><xsl:with-param name="text" select="string(ArticleTitle)"/></xsl:call-template></xsl:for-each></xsl:if><xsl:call-template name="at"/><span class="number"><xsl:apply-templates select="../ArticleTitle/node()"/></span><xsl:apply-templates select="ParagraphSentence"/></p>
          <xsl:call-template name="below"/>
        </xsl:when>
        <xsl:otherwise><xsl:apply-templates select="."/></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
    <xsl:apply-templates select="SupplNote"/>
  </div>
</xsl:template>

<xsl:template match="SupplNote"><p class="words"><xsl:call-template name="at"/><xsl:apply-templates/></p></xsl:template>

<xsl:template match="Paragraph">
  <xsl:choose>
    <!-- 1　申込み stands alone, its words begin below -->
    <xsl:when test="ParagraphCaption and not(starts-with(ParagraphCaption, '（') or starts-with(ParagraphCaption, '('))">
      <p class="paragraph-caption"><xsl:call-template name="at"/><xsl:if test="ParagraphNum != ''"><span class="number"><xsl:apply-templates select="ParagraphNum/node()"/></span></xsl:if><xsl:apply-templates select="ParagraphCaption/node()"/></p>
      <xsl:if test="normalize-space(ParagraphSentence) != ''"><p class="words"><xsl:call-template name="at"/><xsl:apply-templates select="ParagraphSentence"/></p></xsl:if>
    </xsl:when>
    <xsl:otherwise>
      <xsl:for-each select="ParagraphCaption"><p class="caption"><xsl:call-template name="at"/><xsl:apply-templates/></p></xsl:for-each>
      <xsl:choose>
        <xsl:when test="ParagraphNum != ''"><p class="paragraph"><xsl:call-template name="at"/><span class="number"><xsl:apply-templates select="ParagraphNum/node()"/></span><xsl:apply-templates select="ParagraphSentence"/></p></xsl:when>
        <xsl:when test="normalize-space(ParagraphSentence) != ''"><p class="words"><xsl:call-template name="at"/><xsl:apply-templates select="ParagraphSentence"/></p></xsl:when>
      </xsl:choose>
    </xsl:otherwise>
  </xsl:choose>
  <xsl:call-template name="below"/>
</xsl:template>

<xsl:template name="below"><xsl:apply-templates select="*[not(self::ParagraphCaption or self::ParagraphNum or self::ParagraphSentence)]"/></xsl:template>

<!-- ================================================== 号とその細分 ===== -->
<xsl:template match="Item | Subitem1 | Subitem2 | Subitem3 | Subitem4 | Subitem5 | Subitem6 | Subitem7 | Subitem8 | Subitem9 | Subitem10 | Class">
  <xsl:variable name="depth"><xsl:choose><xsl:when test="starts-with(local-name(), 'Subitem')"><xsl:value-of select="substring(local-name(), 8) + 1"/></xsl:when><xsl:otherwise>1</xsl:otherwise></xsl:choose></xsl:variable>
  <xsl:variable name="title" select="*[local-name() = concat(local-name(current()), 'Title')]"/>
  <xsl:variable name="words" select="*[local-name() = concat(local-name(current()), 'Sentence')]"/>
  <p class="item" data-indent="{$depth}"><xsl:call-template name="at"/><xsl:if test="$title != ''"><span class="number"><xsl:apply-templates select="$title/node()"/></span></xsl:if><xsl:apply-templates select="$words/*[not(self::Table)]"/></p>
  <xsl:apply-templates select="$words/Table"/>
  <xsl:apply-templates select="*[not(count(. | $title | $words) = count($title | $words))]"/>
</xsl:template>

<xsl:template match="ParagraphSentence | ListSentence | Sublist1Sentence | Sublist2Sentence | Sublist3Sentence | AmendProvisionSentence"><xsl:apply-templates/></xsl:template>
<xsl:template match="Sentence"><xsl:apply-templates/></xsl:template>
<xsl:template match="Column"><xsl:if test="preceding-sibling::Column"><xsl:text>　</xsl:text></xsl:if><xsl:apply-templates/></xsl:template>

<xsl:template match="List"><p class="item" data-indent="2"><xsl:call-template name="at"/><xsl:apply-templates select="ListSentence"/></p><xsl:apply-templates select="Sublist1"/></xsl:template>
<xsl:template match="Sublist1 | Sublist2 | Sublist3">
  <p class="item" data-indent="{substring(local-name(), 8) + 2}"><xsl:call-template name="at"/><xsl:apply-templates select="*[substring(local-name(), 9) = 'Sentence']"/></p>
  <xsl:apply-templates select="*[substring(local-name(), 9) = '']"/>
</xsl:template>

<!-- ====================================================== 改正規定 ===== -->
<xsl:template match="AmendProvision"><xsl:apply-templates/></xsl:template>
<xsl:template match="AmendProvision/AmendProvisionSentence"><p class="words"><xsl:call-template name="at"/><xsl:apply-templates/></p></xsl:template>
<xsl:template match="NewProvision"><blockquote class="new-provision"><xsl:apply-templates/></blockquote></xsl:template>
<xsl:template match="NewProvision[TableRow or TableColumn]"><blockquote class="new-provision"><table class="law"><xsl:call-template name="at"/><tbody><xsl:apply-templates select="TableRow"/><xsl:if test="TableColumn"><tr><xsl:apply-templates select="TableColumn"/></tr></xsl:if></tbody></table></blockquote></xsl:template>
<xsl:template match="NewProvision[LawBody]"><blockquote class="new-provision"><xsl:for-each select="LawBody"><xsl:for-each select="LawTitle"><p class="division" data-indent="3"><xsl:call-template name="at"/><xsl:apply-templates/></p></xsl:for-each><xsl:apply-templates select="*[not(self::LawTitle)]"/></xsl:for-each></blockquote></xsl:template>
<xsl:template match="NewProvision/Sentence"><p class="words"><xsl:call-template name="at"/><xsl:apply-templates/></p></xsl:template>

<!-- ========================================================== 附則 ===== -->
<xsl:template match="SupplProvision">
  <h2 class="supplement"><xsl:call-template name="id"/><xsl:call-template name="at"/><xsl:apply-templates select="SupplProvisionLabel/node()"/><xsl:if test="@AmendLawNum">　（<xsl:value-of select="@AmendLawNum"/>）</xsl:if><xsl:if test="@Extract = 'true'">　抄</xsl:if></h2>
  <xsl:apply-templates select="*[not(self::SupplProvisionLabel)]"/>
</xsl:template>

<!-- =================================================== 別表・様式 ===== -->
<xsl:template match="AppdxTable | AppdxNote | AppdxStyle | AppdxFig | AppdxFormat | Appdx | SupplProvisionAppdxTable | SupplProvisionAppdxStyle | SupplProvisionAppdx">
  <xsl:variable name="title" select="*[local-name() = concat(local-name(current()), 'Title')] | ArithFormulaNum"/>
  <xsl:variable name="quoted"><xsl:call-template name="quoted"/></xsl:variable>
  <xsl:choose>
    <xsl:when test="$quoted = 'true'"><p class="appendix"><xsl:call-template name="at"/><xsl:apply-templates select="$title/node()"/><xsl:apply-templates select="RelatedArticleNum/node()"/></p></xsl:when>
    <xsl:otherwise><h2 class="appendix"><xsl:call-template name="id"/><xsl:call-template name="at"/><xsl:apply-templates select="$title/node()"/><xsl:apply-templates select="RelatedArticleNum/node()"/></h2></xsl:otherwise>
  </xsl:choose>
  <xsl:for-each select="*[not(self::RelatedArticleNum)][count(. | $title) != count($title)]"><xsl:choose>
    <xsl:when test="self::ArithFormula"><p class="formula"><xsl:call-template name="at"/><xsl:apply-templates select="."/></p></xsl:when>
    <xsl:otherwise><xsl:apply-templates select="."/></xsl:otherwise>
  </xsl:choose></xsl:for-each>
</xsl:template>

<xsl:template match="TableStruct | FigStruct | StyleStruct | NoteStruct | FormatStruct"><xsl:apply-templates/></xsl:template>
<xsl:template match="TableStructTitle | FigStructTitle | StyleStructTitle | NoteStructTitle | FormatStructTitle"><p class="struct-title"><xsl:call-template name="at"/><xsl:apply-templates/></p></xsl:template>

<xsl:template match="Remarks">
  <xsl:choose>
    <xsl:when test="Item"><p class="remarks"><xsl:call-template name="at"/><xsl:apply-templates select="RemarksLabel/node()"/></p><xsl:apply-templates select="Item"/></xsl:when>
    <xsl:otherwise><p class="remarks"><xsl:call-template name="at"/><xsl:apply-templates select="RemarksLabel/node()"/>　<xsl:apply-templates select="Sentence"/></p></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="Style | Note | Format"><div class="form"><xsl:for-each select="node()"><xsl:choose>
  <xsl:when test="self::text()"><xsl:if test="normalize-space(.) != ''"><p class="words"><xsl:value-of select="."/></p></xsl:if></xsl:when>
  <xsl:when test="self::Sentence or self::Column"><p class="words"><xsl:call-template name="at"/><xsl:apply-templates select="."/></p></xsl:when>
  <xsl:otherwise><xsl:apply-templates select="."/></xsl:otherwise>
</xsl:choose></xsl:for-each></div></xsl:template>

<!-- a picture is no part of the text: its name stands in its place -->
<xsl:template match="Fig"><p class="figure-ref"><xsl:call-template name="at"/>［図　<xsl:value-of select="@src"/>］</p></xsl:template>
<xsl:template match="Sentence//Fig | ArithFormula/Fig"><span class="figure-ref">［図　<xsl:value-of select="@src"/>］</span></xsl:template>

<xsl:template match="Table">
  <table class="law"><xsl:call-template name="at"/>
    <xsl:if test="TableHeaderRow"><thead><xsl:apply-templates select="TableHeaderRow"/></thead></xsl:if>
    <tbody><xsl:apply-templates select="TableRow"/></tbody>
  </table>
</xsl:template>
<xsl:template match="TableHeaderRow | TableRow"><tr><xsl:apply-templates/></tr></xsl:template>
<xsl:template match="TableHeaderColumn"><th><xsl:call-template name="cell"/><xsl:apply-templates/></th></xsl:template>
<xsl:template match="TableColumn"><td><xsl:call-template name="cell"/><xsl:for-each select="*"><xsl:choose>
  <xsl:when test="self::Sentence or self::Column"><p class="cell"><xsl:apply-templates select="."/></p></xsl:when>
  <xsl:otherwise><xsl:apply-templates select="."/></xsl:otherwise>
</xsl:choose></xsl:for-each></td></xsl:template>
<xsl:template name="cell">
  <xsl:call-template name="at"/>
  <xsl:copy-of select="@rowspan | @colspan"/>
  <xsl:if test="@Align = 'center' or @Align = 'right'"><xsl:attribute name="class"><xsl:value-of select="@Align"/></xsl:attribute></xsl:if>
</xsl:template>

<!-- ========================================================== 文字 ===== -->
<xsl:template match="Line"><xsl:choose><xsl:when test="@Style = 'none'"><xsl:apply-templates/></xsl:when><xsl:otherwise><u><xsl:if test="@Style = 'dotted' or @Style = 'double'"><xsl:attribute name="class"><xsl:value-of select="@Style"/></xsl:attribute></xsl:if><xsl:apply-templates/></u></xsl:otherwise></xsl:choose></xsl:template>
<xsl:template match="Ruby"><ruby><xsl:apply-templates/></ruby></xsl:template>
<xsl:template match="Rt"><rt><xsl:value-of select="."/></rt></xsl:template>
<xsl:template match="Sup"><sup><xsl:value-of select="."/></sup></xsl:template>
<xsl:template match="Sub"><sub><xsl:value-of select="."/></sub></xsl:template>
<xsl:template match="QuoteStruct | ArithFormula"><xsl:apply-templates/></xsl:template>

</xsl:stylesheet>

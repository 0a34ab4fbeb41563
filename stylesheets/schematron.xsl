<?xml version="1.0" encoding="UTF-8"?>
<!--
  ISO Schematron, the part that we use, to XSLT 1.0: schema, ns, let, phase/active, pattern, rule, assert, report,
  value-of, name, emph; queryBinding xslt. Ours, in urn:bunsho:rules, on assert and report:
    severity R W I   blocks ids   provision (several parted by "; ": the first is told)   editions (18 T 24 24? 24x all)
    at     XPath: the node that the message points at (default: the node at hand)
    (walk="no" on a pattern: its rules fit the root only, the tree is not walked; on a rule: not below its context)
    each   XPath: tried for each of these nodes; inside, current() is the node and $here the rule's context
  The result makes <findings><finding rule severity provision blocks place>message</finding>…</findings>.
  A rule's number is its id up to a full stop: R027.2 is another assertion of R027.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:sch="http://purl.oclc.org/dsdl/schematron" xmlns:r="urn:bunsho:rules" xmlns:bn="urn:bunsho:functions" xmlns:str="http://exslt.org/strings"
  xmlns:out="urn:bunsho:out" exclude-result-prefixes="sch r out">

<xsl:namespace-alias stylesheet-prefix="out" result-prefix="xsl"/>
<xsl:output method="xml"/>

<xsl:template match="/sch:schema">
  <xsl:if test="@queryBinding and @queryBinding != 'xslt'">
    <xsl:message terminate="yes">queryBinding は xslt だけです: <xsl:value-of select="@queryBinding"/></xsl:message>
  </xsl:if>
  <!-- anything else is not taken for granted -->
  <xsl:for-each select="//*[not(self::sch:schema or self::sch:title or self::sch:p or self::sch:ns or self::sch:phase or self::sch:active or self::sch:let
      or self::sch:pattern or self::sch:rule or self::sch:assert or self::sch:report or self::sch:value-of or self::sch:name or self::sch:emph)]">
    <xsl:message terminate="yes">使えない要素です: <xsl:value-of select="name()"/></xsl:message>
  </xsl:for-each>
  <out:stylesheet version="1.0" extension-element-prefixes="bn">
    <out:output method="xml"/>
    <out:param name="phase"/>
    <out:variable name="edition-id" select="(bn:input()/*/edition-ref/@ref | bn:input()/client-kit/@edition | bn:input()/criteria-edition/@id)[1]"/>
    <out:variable name="E">
      <out:choose>
        <out:when test="$edition-id = 't2018' or bn:input()/trial-project">T</out:when>
        <out:when test="$edition-id = 'e2024'">24</out:when>
        <out:otherwise>18</out:otherwise>
      </out:choose>
    </out:variable>
    <xsl:apply-templates select="sch:let"/>
    <out:template match="/">
      <findings>
        <xsl:for-each select="sch:pattern">
          <xsl:variable name="id" select="@id"/>
          <xsl:variable name="phases" select="/sch:schema/sch:phase[sch:active/@pattern = $id]"/>
          <xsl:if test="not($phases)">
            <xsl:message terminate="yes">phase のない pattern です: <xsl:value-of select="@id"/></xsl:message>
          </xsl:if>
          <out:if>
            <xsl:attribute name="test">
              <xsl:for-each select="$phases">
                <xsl:if test="position() &gt; 1"> or </xsl:if>$phase = '<xsl:value-of select="@id"/>'</xsl:for-each>
            </xsl:attribute>
            <out:apply-templates select="/*" mode="{generate-id()}"/>
          </out:if>
        </xsl:for-each>
      </findings>
    </out:template>
    <xsl:apply-templates select="sch:pattern"/>
  </out:stylesheet>
</xsl:template>

<xsl:template match="sch:let">
  <out:variable name="{@name}" select="{@value}"/>
</xsl:template>

<!-- first rule that fits a node wins: later ones get a lower priority -->
<xsl:template match="sch:pattern">
  <xsl:variable name="mode" select="generate-id()"/>
  <xsl:apply-templates select="sch:let"/>
  <xsl:for-each select="sch:rule">
    <out:template match="{@context}" mode="{$mode}" priority="{1000 - position()}">
      <out:variable name="here" select="."/>
      <xsl:apply-templates select="sch:let | sch:assert | sch:report"/>
      <xsl:if test="not(../@r:walk = 'no' or @r:walk = 'no')"><out:apply-templates select="*" mode="{$mode}"/></xsl:if>
    </out:template>
  </xsl:for-each>
  <!-- without walk nothing goes below the root: the built-in rule would, and libxslt counts the siblings of each element there -->
  <out:template match="*" mode="{$mode}" priority="0"><xsl:if test="not(@r:walk = 'no')"><out:apply-templates select="*" mode="{$mode}"/></xsl:if></out:template>
  <out:template match="text()" mode="{$mode}" priority="0"/>
</xsl:template>

<xsl:template match="sch:assert">
  <xsl:call-template name="finding"><xsl:with-param name="fails" select="concat('not(', @test, ')')"/></xsl:call-template>
</xsl:template>

<xsl:template match="sch:report">
  <xsl:call-template name="finding"><xsl:with-param name="fails" select="@test"/></xsl:call-template>
</xsl:template>

<xsl:template name="finding">
  <xsl:param name="fails"/>
  <xsl:variable name="applies"><xsl:call-template name="applies"/></xsl:variable>
  <xsl:variable name="body">
    <out:if test="({$applies}) and ({$fails})"><xsl:call-template name="tell"/></out:if>
  </xsl:variable>
  <xsl:choose>
    <xsl:when test="@r:each"><out:for-each select="{@r:each}"><xsl:copy-of select="$body"/></out:for-each></xsl:when>
    <xsl:otherwise><xsl:copy-of select="$body"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- editions: as XPath over $E -->
<xsl:template name="applies">
  <xsl:variable name="e" select="concat(' ', normalize-space(@r:editions), ' ')"/>
  <xsl:choose>
    <xsl:when test="$e = '  ' or contains($e, ' all ')">true()</xsl:when>
    <xsl:otherwise>false()<xsl:if test="contains($e, ' 18 ')"> or $E = '18'</xsl:if>
      <xsl:if test="contains($e, ' T ')"> or $E = 'T'</xsl:if>
      <xsl:if test="contains($e, ' 24 ') or contains($e, ' 24? ')"> or $E = '24'</xsl:if></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="tell">
  <xsl:variable name="carried" select="contains(concat(' ', normalize-space(@r:editions), ' '), ' 24? ')"/>
  <xsl:variable name="rule" select="substring-before(concat(@id, '.'), '.')"/>
  <out:variable name="at" select="{concat(@r:at, substring('.', 1, 1 * not(@r:at)))}"/>
  <finding rule="{$rule}" provision="{normalize-space(substring-before(concat(@r:provision, ';'), ';'))}">
    <out:attribute name="place">
      <out:choose><out:when test="bn:at($at) != ''"><out:value-of select="bn:at($at)"/></out:when>
        <out:when test="$at[1]/ancestor-or-self::*/@data-at"><out:value-of select="$at[1]/ancestor-or-self::*[@data-at][1]/@data-at"/></out:when>
        <out:otherwise><out:value-of select="bn:at($here)"/></out:otherwise></out:choose>
    </out:attribute>
    <xsl:choose>
      <xsl:when test="$carried">
        <out:attribute name="severity"><out:choose><out:when test="$E = '24' and '{@r:severity}' = 'R'">W</out:when><out:otherwise><xsl:value-of select="@r:severity"/></out:otherwise></out:choose></out:attribute>
        <out:attribute name="blocks"><out:if test="$E != '24'"><xsl:value-of select="normalize-space(@r:blocks)"/></out:if></out:attribute>
      </xsl:when>
      <xsl:otherwise>
        <out:attribute name="severity"><xsl:value-of select="@r:severity"/></out:attribute>
        <out:attribute name="blocks"><xsl:value-of select="normalize-space(@r:blocks)"/></out:attribute>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates mode="text"/>
    <xsl:if test="$carried"><out:if test="$E = '24'">改正後の条文を確認してください。</out:if></xsl:if>
  </finding>
</xsl:template>

<xsl:template match="sch:value-of" mode="text"><out:value-of select="{@select}"/></xsl:template>
<xsl:template match="sch:name" mode="text"><out:value-of select="name({@path})"/></xsl:template>
<xsl:template match="sch:emph" mode="text"><xsl:apply-templates mode="text"/></xsl:template>
<xsl:template match="text()" mode="text"><out:text><xsl:value-of select="."/></out:text></xsl:template>

</xsl:stylesheet>

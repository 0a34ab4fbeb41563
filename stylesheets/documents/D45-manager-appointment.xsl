<?xml version="1.0" encoding="UTF-8"?>
<!-- 管理責任者任命書・委任の周知: from the representative to the manager, with duties and delegations. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:bn="urn:bunsho:functions"
  exclude-result-prefixes="bn">

<xsl:import href="kit.xsl"/>

<xsl:template match="/">
  <article class="letter" lang="ja">
    <xsl:for-each select="key('field', 'date')"><p class="date"><xsl:apply-templates select="." mode="filled"/></p></xsl:for-each>
    <div class="addressee">
      <p class="person"><xsl:call-template name="person"><xsl:with-param name="person" select="$kit/manager/person"/><xsl:with-param name="spread" select="true()"/></xsl:call-template>　殿</p>
    </div>
    <div class="sender">
      <p class="name" data-at="{bn:at($kit/company/name)}"><xsl:value-of select="$kit/company/name"/></p>
      <p class="representative"><xsl:call-template name="person"><xsl:with-param name="person" select="$kit/company/representative/person"/><xsl:with-param name="spread" select="true()"/></xsl:call-template></p>
      <xsl:call-template name="seal"/>
    </div>
    <h1>管理責任者の任命について（任命及び委任の周知）</h1>
    <div class="body"><p>あなたを、当社の情報管理規程に定める管理責任者に任命し、下記の職務を命じます。また、職務の一部の委任及びこれらの周知の方法を、下記のとおり定めます。</p></div>
    <p class="ki">記</p>
    <ol class="terms" data-numbering="koyobun-h/2">
      <xsl:call-template name="term"><xsl:with-param name="id" select="'scope'"/></xsl:call-template>
      <li><span class="term">職務</span><div class="value"><xsl:for-each select="key('field', 'duties')/value"><p>(<xsl:value-of select="position()"/>) <xsl:apply-templates select="." mode="one"/></p></xsl:for-each></div></li>
      <xsl:if test="key('group', 'delegations')/row">
        <li><span class="term">委任事項</span><div class="value">
          <xsl:for-each select="key('group', 'delegations')/row">
            <p><xsl:apply-templates select="field[@id = 'delegate-title']" mode="values"/>　<xsl:apply-templates select="field[@id = 'delegate']" mode="values"/>：<xsl:apply-templates select="field[@id = 'delegated']" mode="values"/>（<xsl:apply-templates select="field[@id = 'notified']" mode="values"/>周知）</p>
          </xsl:for-each>
        </div></li>
      </xsl:if>
      <xsl:call-template name="term"><xsl:with-param name="id" select="'notice-method'"/></xsl:call-template>
    </ol>
    <p class="ijo">以　上</p>
  </article>
</xsl:template>

</xsl:stylesheet>

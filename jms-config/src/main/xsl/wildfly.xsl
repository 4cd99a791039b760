<?xml version="1.0" encoding="UTF-8"?>
<!-- Makes WildFly management commands of millrace-broker.xml. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:b="urn:activemq:core"
                xmlns:m="urn:millrace:mapping" exclude-result-prefixes="b m">
  <xsl:output method="text" encoding="UTF-8"/>

  <!-- Where WildFly's word is another one than Artemis's; no attribute: WildFly's model has no word for it. -->
  <m:setting artemis="redelivery-delay-multiplier" wildfly="redelivery-multiplier"/>
  <m:setting artemis="default-address-routing-type" property="defaultAddressRoutingType"/>
  <m:setting artemis="default-queue-routing-type" property="defaultQueueRoutingType"/>
  <m:setting artemis="default-group-buckets" property="defaultGroupBuckets"/>

  <m:permission artemis="send" wildfly="send"/>
  <m:permission artemis="consume" wildfly="consume"/>
  <m:permission artemis="createDurableQueue" wildfly="create-durable-queue"/>
  <m:permission artemis="deleteDurableQueue" wildfly="delete-durable-queue"/>
  <m:permission artemis="createNonDurableQueue" wildfly="create-non-durable-queue"/>
  <m:permission artemis="deleteNonDurableQueue" wildfly="delete-non-durable-queue"/>
  <!-- WildFly allows an address to be made or deleted to those who may make or delete queues on it. -->
  <m:permission artemis="createAddress"/>
  <m:permission artemis="deleteAddress"/>

  <m:role>admin</m:role>
  <m:role>client</m:role>
  <m:role>worker</m:role>

  <xsl:variable name="mapping" select="document('')/xsl:stylesheet"/>
  <xsl:variable name="server">/subsystem=messaging-activemq/server=default</xsl:variable>
  <xsl:variable name="newline"><xsl:text>&#10;</xsl:text></xsl:variable>

  <xsl:template match="/b:core">
    <xsl:value-of select="concat('/system-property=brokerconfig.uuidNamespace:add(value=', b:uuid-namespace, ')', $newline)"/>
    <xsl:apply-templates select="b:addresses/b:address"/>
    <xsl:apply-templates select="b:address-settings/b:address-setting"/>
    <xsl:apply-templates select="b:security-settings/b:security-setting"/>
  </xsl:template>

  <xsl:template match="b:address">
    <xsl:variable name="name" select="substring-after(@name, 'jms.queue.')"/>
    <xsl:value-of select="concat($server, '/jms-queue=', $name, ':add(durable=true, entries=[java:/jms/queue/', $name, '])', $newline)"/>
  </xsl:template>

  <xsl:template match="b:address[b:multicast]">
    <xsl:variable name="name" select="substring-after(@name, 'jms.topic.')"/>
    <xsl:value-of select="concat($server, '/jms-topic=', $name, ':add(entries=[java:/jms/topic/', $name, '])', $newline)"/>
  </xsl:template>

  <xsl:template match="b:address-setting">
    <xsl:value-of select="concat($server, '/address-setting=', @match, ':add(')"/>
    <xsl:for-each select="*[not(local-name() = $mapping/m:setting[@property]/@artemis)]">
      <xsl:variable name="other" select="$mapping/m:setting[@artemis = local-name(current())]/@wildfly"/>
      <xsl:if test="position() &gt; 1">, </xsl:if>
      <xsl:choose>
        <xsl:when test="$other"><xsl:value-of select="$other"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="local-name()"/></xsl:otherwise>
      </xsl:choose>
      <xsl:value-of select="concat('=', .)"/>
    </xsl:for-each>
    <xsl:value-of select="concat(')', $newline)"/>

    <!-- Artemis reads its configuration from system properties too. -->
    <xsl:for-each select="*[local-name() = $mapping/m:setting[@property]/@artemis]">
      <xsl:value-of select="concat('/system-property=&quot;brokerconfig.addressSettings.\&quot;', ../@match, '\&quot;.',
          $mapping/m:setting[@artemis = local-name(current())]/@property, '&quot;:add(value=', ., ')', $newline)"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="b:security-setting">
    <xsl:variable name="setting" select="."/>
    <xsl:variable name="path" select="concat($server, '/security-setting=', @match)"/>
    <xsl:for-each select="b:permission[not(@type = $mapping/m:permission/@artemis)]">
      <xsl:message terminate="yes">No mapping for permission <xsl:value-of select="@type"/></xsl:message>
    </xsl:for-each>
    <xsl:for-each select="b:permission[not(@roles = $mapping/m:role)]">
      <xsl:message terminate="yes">Not one known role: <xsl:value-of select="@roles"/></xsl:message>
    </xsl:for-each>
    <xsl:value-of select="concat($path, ':add', $newline)"/>
    <xsl:for-each select="$mapping/m:role[. = $setting/b:permission/@roles]">
      <xsl:variable name="role" select="."/>
      <xsl:value-of select="concat($path, '/role=', $role, ':add(')"/>
      <xsl:for-each select="$mapping/m:permission[@wildfly][@artemis = $setting/b:permission[@roles = $role]/@type]">
        <xsl:if test="position() &gt; 1">, </xsl:if>
        <xsl:value-of select="concat(@wildfly, '=true')"/>
      </xsl:for-each>
      <xsl:value-of select="concat(')', $newline)"/>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>

package io.signalbox.loader.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.loader.PluginSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each class packed in the wrong place is refused with what to change. */
class PackedClassesTest {
  @TempDir Path temp;
  private Path jar;

  @BeforeEach
  void prepare() {
    jar = temp.resolve("mail.jar");
  }

  private PluginJar check() throws Exception {
    return JarCheck.of(PluginTrust.ALL, Clock.systemUTC()).check(jar);
  }

  private void refused(String... parts) {
    assertThatThrownBy(this::check)
        .isInstanceOf(PluginRefusedException.class)
        .hasMessageContainingAll(parts);
  }

  private static PluginSource plugin() {
    return PluginSource.plugin("mail", "1.0");
  }

  @ParameterizedTest
  @CsvSource({
    "io/signalbox/spi/Channel.class, io.signalbox:signalbox-spi",
    "io/vertx/core/Vertx.class, io.vertx:*",
    "META-INF/versions/21/io/vertx/core/Vertx.class, io.vertx:*",
    "io/netty/buffer/ByteBuf.class, io.netty:*",
    "org/slf4j/Logger.class, org.slf4j:slf4j-api",
    "org/jspecify/annotations/Nullable.class, org.jspecify:jspecify",
    "com/fasterxml/jackson/core/JsonParser.class, com.fasterxml.jackson.core:jackson-core",
  })
  void classesOfTheGatewayNameTheirDependency(String entry, String dependency) throws IOException {
    plugin().entry(entry, "any").writeTo(jar);
    refused(
        dependency, "`provided`", entry.substring(entry.lastIndexOf('/') + 1, entry.length() - 6));
  }

  @Test
  void classesOfTheJdkAreToBeLeftOut() throws IOException {
    plugin().entry("java/lang/Extra.class", "any").writeTo(jar);
    refused("java.lang.Extra", "belongs to the JDK: leave it out");
  }

  @ParameterizedTest
  @CsvSource({
    "io.signalbox.toolkit.Own, package io.signalbox.toolkit; class Own {}",
    "com.fasterxml.jackson.databind.Own, package com.fasterxml.jackson.databind; class Own {}",
    "iox.vertx.Own, package iox.vertx; class Own {}",
    "Own, class Own {}",
  })
  void whatOnlyLooksLikeTheGatewaysIsThePluginsOwn(String type, String source) throws Exception {
    plugin().type(type, source).entry("io/vertx/core/resource.txt", "any").writeTo(jar);
    assertThat(check().name()).isEqualTo("mail");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BOOT-INF/classes/", "WEB-INF/classes/", "classes/"})
  void classesUnderAFolderAreToBePackedAtTheTop(String folder) throws Exception {
    Map<String, byte[]> classes =
        PluginSource.compiled("acme.Extra", "package acme; class Extra {}");
    plugin().entry(folder + "acme/Extra.class", classes.get("acme/Extra.class")).writeTo(jar);
    refused(
        "holds the class acme.Extra at " + folder + "acme/Extra.class",
        "pack classes at the top of the jar, this one as acme/Extra.class");
  }

  @Test
  void aFactoryThatIsNotThereNamesItsPlace() throws Exception {
    plugin().entry(PluginSource.SERVICE, "acme.Other\n").writeTo(jar);
    refused("its factory acme.Other is not in it: pack the class as acme/Other.class");
    plugin().entry(PluginSource.SERVICE, "acme.Other\n").entry("lib/acme.jar", "any").writeTo(jar);
    refused("jars inside of it are not looked into", "maven-shade-plugin");
  }

  @Test
  void classesForANewerJavaSayWhatToCompileFor() throws Exception {
    Map<String, byte[]> classes =
        PluginSource.compiled("acme.Extra", "package acme; class Extra {}");
    byte[] code = classes.get("acme/Extra.class");
    int next = Runtime.version().feature() + 1;
    code[7] = (byte) (44 + next);
    plugin().entry("acme/Extra.class", code).writeTo(jar);
    refused("holds the class acme.Extra, compiled for Java " + next, "--release");
    plugin().entry("META-INF/versions/" + next + "/acme/Extra.class", code).writeTo(jar);
    assertThat(check().name()).isEqualTo("mail");
  }

  @Test
  void whatIsNoClassFileIsRefused() throws Exception {
    plugin().entry("acme/Extra.class", "any text that is long enough").writeTo(jar);
    refused("acme/Extra.class, which is no class file");
    byte[] code =
        PluginSource.compiled("acme.Extra", "package acme; class Extra {}").get("acme/Extra.class");
    Arrays.fill(code, 10, code.length, (byte) 0xFF);
    plugin().entry("acme/Extra.class", code).writeTo(jar);
    refused("acme/Extra.class, which is no class file");
  }
}

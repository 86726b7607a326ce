package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.loader.check.JarEdit;
import io.signalbox.loader.check.PluginTrust;
import io.signalbox.loader.check.Sha256;
import io.signalbox.loader.check.TestSigner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each broken jar is refused with its own message; the version before it is not disturbed, and the
 * next good one is taken.
 */
class BrokenJarsTest extends WatchedFolder {

  /** Breaks a jar of plugin mail 2.0. */
  private interface Breaking {
    void write(PluginSource source, Path jar) throws Exception;
  }

  /** Which jars are trusted. */
  private enum Trust {
    ALL,
    /** The good jars by their hashes. */
    LISTED,
    /** The good jars by their signature. */
    SIGNED
  }

  private record Case(String name, Trust trust, Breaking breaking, List<String> told) {
    static Case of(String name, Breaking breaking, String... told) {
      return new Case(name, Trust.ALL, breaking, List.of(told));
    }

    static Case of(String name, Trust trust, Breaking breaking, String... told) {
      return new Case(name, trust, breaking, List.of(told));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Breaking cut(double part) {
    return (source, jar) -> {
      byte[] whole = Files.readAllBytes(source.writeTo(jar));
      Files.write(jar, Arrays.copyOf(whole, (int) (whole.length * part)));
    };
  }

  private static Breaking factory(String constructor, String descriptor) {
    return (source, jar) ->
        source
            .type("acme.Factory", PluginSource.factory("mail", "2.0", constructor, descriptor))
            .writeTo(jar);
  }

  static Stream<Case> brokenContent() {
    return Stream.of(
        Case.of("empty", cut(0), "is no complete jar", "copy it again"),
        Case.of("truncated", cut(0.7), "is no complete jar", "copy it again"),
        Case.of(
            "another file",
            (source, jar) -> Files.writeString(jar, "<html>404</html>".repeat(99)),
            "is no complete jar"),
        Case.of(
            "a hole in its middle",
            (source, jar) -> {
              byte[] whole = Files.readAllBytes(source.writeTo(jar));
              Arrays.fill(whole, whole.length / 3, whole.length / 2, (byte) 0);
              Files.write(jar, whole);
            },
            "is no complete jar"),
        Case.of(
            "zip bomb",
            (source, jar) -> source.entry("zeros", new byte[64 << 20]).writeTo(jar),
            "unpacks to more than 100 times its size, as a zip bomb does"),
        Case.of(
            "path traversal",
            (source, jar) -> source.entry("../../evil.sh", "x").writeTo(jar),
            "holds the entry ../../evil.sh, a path that leads out of a folder"),
        Case.of(
            "an entry twice",
            (source, jar) -> {
              source.entry("acme/one.txt", "1").entry("acme/two.txt", "2").writeTo(jar);
              JarEdit.patch(jar, "acme/two.txt", "acme/one.txt");
            },
            "holds the entry acme/one.txt twice"));
  }

  static Stream<Case> brokenPlugins() {
    return Stream.of(
        Case.of(
            "no manifest",
            (source, jar) -> source.withoutManifest().writeTo(jar),
            "has no manifest"),
        Case.of(
            "SPI of another gateway",
            (source, jar) -> source.attribute("Signalbox-Spi-Version", "2.0").writeTo(jar),
            "was built for SPI version 2.0, this gateway speaks the older"),
        Case.of(
            "SPI version that is none",
            (source, jar) -> source.attribute("Signalbox-Spi-Version", "latest").writeTo(jar),
            "Signalbox-Spi-Version must be the version that it was built against",
            "was latest"),
        Case.of(
            "no service file",
            (source, jar) -> source.without(PluginSource.SERVICE).writeTo(jar),
            "has no " + PluginSource.SERVICE),
        Case.of(
            "two factories",
            (source, jar) ->
                source.entry(PluginSource.SERVICE, "acme.Factory\nacme.Other\n").writeTo(jar),
            "must name exactly one factory, names 2"),
        Case.of(
            "no factory",
            (source, jar) -> source.entry(PluginSource.SERVICE, "acme.Other").writeTo(jar),
            "its factory acme.Other is not in it: pack the class as acme/Other.class"),
        Case.of(
            "a class of the gateway",
            (source, jar) -> source.entry("io/vertx/core/Vertx.class", "x").writeTo(jar),
            "holds the class io.vertx.core.Vertx, which comes from the gateway",
            "`provided`"),
        Case.of(
            "a missing class",
            (source, jar) -> {
              factory("new Helper();", "")
                  .write(source.type("acme.Helper", "package acme; class Helper {}"), jar);
              JarEdit.edit(jar, entries -> entries.remove("acme/Helper.class"));
            },
            "acme.Helper is not in the jar of plugin mail 2.0: pack the dependency"),
        Case.of(
            "a use of the gateway's classes",
            factory("new io.signalbox.loader.PluginRefusal(null, null);", ""),
            "is a class of the gateway, which plugins cannot see"),
        Case.of(
            "a constructor that throws",
            factory("if (true) throw new Error(\"no licence\");", ""),
            "its factory cannot be made: java.lang.Error: no licence"),
        Case.of(
            "another name inside",
            (source, jar) -> source.attribute("Signalbox-Plugin", "post").writeTo(jar),
            "its manifest says Signalbox-Plugin: post, its descriptor says mail"),
        Case.of(
            "an end of the process",
            factory("if (hashCode() == 7) System.exit(7);", ""),
            "calls System.exit in acme.Factory.<init>"));
  }

  static Stream<Case> untrusted() {
    return Stream.of(
        Case.of(
            "another hash", Trust.LISTED, (source, jar) -> source.writeTo(jar), "not on the allow"),
        Case.of(
            "unsigned",
            Trust.SIGNED,
            (source, jar) -> source.writeTo(jar),
            "is not signed, and plugins.signers asks for it"),
        Case.of(
            "signed by somebody else",
            Trust.SIGNED,
            (source, jar) ->
                TestSigner.selfSigned("somebody", TestSigner.Use.ANY).sign(source.writeTo(jar)),
            "is signed by CN=somebody",
            "none of plugins.signers"));
  }

  @ParameterizedTest
  @MethodSource({"brokenContent", "brokenPlugins", "untrusted"})
  void isRefusedAndTheNextGoodOneIsTaken(Case broken) throws Exception {
    TestSigner signer = TestSigner.selfSigned("signer", TestSigner.Use.ANY);
    Path before = good("1.0", broken, signer);
    Path after = good("3.0", broken, signer);
    settings =
        settings
            .withTrust(trust(broken, before, after, signer))
            // All files come by a rename, so that nothing has to settle.
            .withTimes(Duration.ofMillis(50), Duration.ZERO, Duration.ofSeconds(5));
    Files.createDirectories(dir);
    Path jar = dir.resolve("mail.jar");
    move(before, jar);
    provider("a.yaml", "plugin: mail\n");
    start();
    assertThat(gateway.events).containsExactly("start a 1.0");

    Path bad = temp.resolve("bad.jar");
    broken.breaking.write(PluginSource.plugin("mail", "2.0"), bad);
    move(bad, jar);
    eventually(() -> assertThat(gateway.refusals).hasSize(1));
    assertThat(gateway.refusals.get(0).file()).isEqualTo(jar);
    assertThat(gateway.reasons().get(0)).contains(broken.told);
    eventually(
        () -> assertThat(pluginStatus("mail.jar").state()).isEqualTo(PluginStatus.State.REFUSED));
    assertThat(pluginStatus("mail.jar").version()).isEqualTo("1.0");
    assertThat(pluginStatus("mail.jar").providers()).containsExactly("a");

    move(after, jar);
    eventually(() -> assertThat(gateway.events).containsExactly("start a 1.0", "start a 3.0"));
    assertThat(gateway.refusals).hasSize(1);
    eventually(() -> assertThat(stagedFiles()).hasSize(1));
  }

  private Path good(String version, Case broken, TestSigner signer) throws Exception {
    Path jar = PluginSource.plugin("mail", version).writeTo(temp.resolve(version + ".jar"));
    return broken.trust == Trust.SIGNED ? signer.sign(jar) : jar;
  }

  private static PluginTrust trust(Case broken, Path before, Path after, TestSigner signer)
      throws Exception {
    return switch (broken.trust) {
      case ALL -> PluginTrust.ALL;
      case LISTED -> new PluginTrust(Set.of(Sha256.of(before), Sha256.of(after)), List.of());
      case SIGNED -> new PluginTrust(Set.of(), List.of(signer.fingerprint()));
    };
  }

  private static void move(Path from, Path to) throws Exception {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }
}

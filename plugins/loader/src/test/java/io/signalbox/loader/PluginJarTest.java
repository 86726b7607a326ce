package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PluginJarTest {
  @TempDir Path temp;
  private Path jar;

  @BeforeEach
  void prepare() {
    jar = temp.resolve("mail.jar");
  }

  private void refused(String... parts) {
    assertThatThrownBy(() -> PluginJar.verify(jar, Set.of()))
        .isInstanceOf(PluginRefusedException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void tellsNameVersionFactoryAndHash() throws Exception {
    PluginSource.plugin("mail", "1.0-rc.1+7").writeTo(jar);
    PluginJar verified = PluginJar.verify(jar, Set.of());
    assertThat(verified)
        .isEqualTo(new PluginJar(jar, "mail", "1.0-rc.1+7", "acme.Factory", Sha256.of(jar)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, 0.01, 0.5, 0.9, 0.999})
  void refusesTruncatedJars(double part) throws IOException {
    byte[] whole = Files.readAllBytes(PluginSource.plugin("mail", "1.0").writeTo(jar));
    Files.write(jar, Arrays.copyOf(whole, (int) (whole.length * part)));
    refused("is no complete jar");
  }

  @Test
  void refusesOtherFiles() throws IOException {
    Files.writeString(jar, "<html>404</html>".repeat(100));
    refused("is no complete jar");
  }

  @Test
  void refusesAMissingManifest() throws IOException {
    PluginSource.plugin("mail", "1.0").withoutManifest().writeTo(jar);
    refused("has no manifest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Signalbox-Plugin", "Signalbox-Plugin-Version", "Signalbox-Spi-Version"})
  void refusesAMissingAttribute(String attribute) throws IOException {
    PluginSource.plugin("mail", "1.0").withoutAttribute(attribute).writeTo(jar);
    refused("its manifest has no " + attribute);
  }

  @Test
  void refusesAManifestThatIsNone() throws IOException {
    PluginSource.plugin("mail", "1.0")
        .withoutManifest()
        .entry("META-INF/MANIFEST.MF", "Signalbox-Plugin mail\n")
        .writeTo(jar);
    refused("is no complete jar", "invalid header field");
  }

  @Test
  void damagedJarsAreEitherRefusedOrUsable() throws Exception {
    byte[] whole = Files.readAllBytes(PluginSource.plugin("mail", "1.0").writeTo(jar));
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(jar, damaged);
      try {
        PluginJar verified = PluginJar.verify(jar, Set.of());
        LoadedPlugin.load(verified, PluginJar.class.getClassLoader()).unload(new LeakDetector());
      } catch (PluginRefusedException e) {
        assertThat(e.reason()).as("seed %s, round %s", seed, i).isNotBlank();
      } catch (RuntimeException | IOException | LinkageError e) {
        throw new AssertionError("seed " + seed + ", round " + i, e);
      }
    }
  }

  @Test
  void refusesABadName() throws IOException {
    PluginSource.plugin("mail", "1.0").attribute("Signalbox-Plugin", "../mail").writeTo(jar);
    refused("Signalbox-Plugin", "[a-z]", "../mail");
  }

  @Test
  void refusesAnotherSpiVersion() throws IOException {
    PluginSource.plugin("mail", "1.0").attribute("Signalbox-Spi-Version", "2").writeTo(jar);
    refused("SPI version 2", "speaks 1");
  }

  @Test
  void refusesAMissingService() throws IOException {
    PluginSource.plugin("mail", "1.0").without(PluginSource.SERVICE).writeTo(jar);
    refused("has no META-INF/services/io.signalbox.spi.ProviderFactory");
  }

  @ParameterizedTest
  @CsvSource({"'', 0", "'# acme.Factory', 0", "'acme.Factory\nacme.Other\n', 2"})
  void refusesAnyNumberOfFactoriesButOne(String service, int count) throws IOException {
    PluginSource.plugin("mail", "1.0").entry(PluginSource.SERVICE, service).writeTo(jar);
    refused("exactly one factory", "names " + count);
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
  void refusesPackedClassesOfTheGatewayAndSaysWhichDependency(String entry, String dependency)
      throws IOException {
    PluginSource.plugin("mail", "1.0").entry(entry, "any").writeTo(jar);
    refused(
        dependency, "`provided`", entry.substring(entry.lastIndexOf('/') + 1, entry.length() - 6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io/signalbox/toolkit/X.class",
        "io/vertx/core/resource.txt",
        "com/fasterxml/jackson/databind/X.class",
        "iox/vertx/X.class"
      })
  void acceptsWhatIsThePluginsOwn(String entry) throws Exception {
    PluginSource.plugin("mail", "1.0").entry(entry, "any").writeTo(jar);
    assertThat(PluginJar.verify(jar, Set.of()).name()).isEqualTo("mail");
  }

  @Test
  void refusesClassesOfTheJdk() throws IOException {
    PluginSource.plugin("mail", "1.0").entry("java/lang/Extra.class", "any").writeTo(jar);
    refused("java.lang.Extra", "JDK");
  }

  @Test
  void keepsToTheAllowList() throws Exception {
    PluginSource.plugin("mail", "1.0").writeTo(jar);
    String hash = Sha256.of(jar);
    assertThat(PluginJar.verify(jar, Set.of(hash)).sha256()).isEqualTo(hash);
    assertThatThrownBy(() -> PluginJar.verify(jar, Set.of("0".repeat(64))))
        .isInstanceOf(PluginRefusedException.class)
        .hasMessageContainingAll("allow list", hash);
    PluginFolderSettings settings =
        PluginFolderSettings.of(temp, temp)
            .withAllowedSha256(Set.of(hash.toUpperCase(Locale.ROOT)));
    assertThat(settings.allowedSha256()).containsExactly(hash);
  }
}

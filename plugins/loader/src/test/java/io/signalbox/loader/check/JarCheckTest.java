package io.signalbox.loader.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.loader.PluginSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JarCheckTest {
  @TempDir Path temp;
  private Path jar;

  @BeforeEach
  void prepare() {
    jar = temp.resolve("mail.jar");
  }

  private static PluginJar check(Path jar, Set<String> allow) throws Exception {
    return JarCheck.of(new PluginTrust(allow, List.of()), Clock.systemUTC()).check(jar);
  }

  private void refused(String... parts) {
    assertThatThrownBy(() -> check(jar, Set.of()))
        .isInstanceOf(PluginRefusedException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void tellsNameVersionFactoryAndHash() throws Exception {
    PluginSource.plugin("mail", "1.0-rc.1+7").writeTo(jar);
    assertThat(check(jar, Set.of()))
        .isEqualTo(new PluginJar(jar, "mail", "1.0-rc.1+7", "1", "acme.Factory", Sha256.of(jar)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, 0.01, 0.5, 0.9, 0.999})
  void refusesTruncatedJarsInTheSameWordsWhereverTheyEnd(double part) throws IOException {
    byte[] whole = Files.readAllBytes(PluginSource.plugin("mail", "1.0").writeTo(jar));
    Files.write(jar, Arrays.copyOf(whole, (int) (whole.length * part)));
    refused("is no complete jar, its table of contents is missing or damaged: a copy that goes on");
  }

  @Test
  void refusesAJarWhoseMiddleIsNotWrittenYet() throws IOException {
    byte[] whole = Files.readAllBytes(PluginSource.plugin("mail", "1.0").writeTo(jar));
    Arrays.fill(whole, whole.length / 3, whole.length / 2, (byte) 0);
    Files.write(jar, whole);
    refused("is no complete jar", "copy it again");
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
  void damagedJarsAreEitherRefusedOrWhole() throws Exception {
    byte[] whole = Files.readAllBytes(PluginSource.plugin("mail", "1.0").writeTo(jar));
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      refusedOrWhole(damaged, "seed " + seed + ", round " + i);
    }
  }

  @Test
  void aDamagedByteIsEitherRefusedOrOfNoMatter() throws Exception {
    byte[] whole = Files.readAllBytes(PluginSource.plugin("mail", "1.0").writeTo(jar));
    for (int at = 0; at < whole.length; at++) {
      for (int bit : new int[] {0x80, 1 << at % 7}) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) bit;
        refusedOrWhole(damaged, "byte " + at + ", bit " + bit);
      }
    }
  }

  private void refusedOrWhole(byte[] damaged, String where) throws Exception {
    Files.write(jar, damaged);
    try {
      assertThat(check(jar, Set.of()).name()).as(where).isEqualTo("mail");
    } catch (PluginRefusedException e) {
      assertThat(e.reason()).as(where).isNotBlank();
    } catch (RuntimeException | IOException | LinkageError e) {
      throw new AssertionError(where, e);
    }
  }

  @Test
  void refusesACommentThatIsNoText() throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      JarEntry entry = new JarEntry("acme/Factory.class");
      entry.setComment("comment");
      out.putNextEntry(entry);
    }
    byte[] whole = Files.readAllBytes(jar);
    whole[new String(whole, StandardCharsets.ISO_8859_1).indexOf("comment")] = (byte) 0xff;
    Files.write(jar, whole);
    refused("is no complete jar", "comment", "UTF-8");
  }

  @Test
  void refusesABadName() throws IOException {
    PluginSource.plugin("mail", "1.0").attribute("Signalbox-Plugin", "../mail").writeTo(jar);
    refused("Signalbox-Plugin", "[a-z]", "../mail");
  }

  @Test
  void refusesAnotherSpiVersion() throws IOException {
    PluginSource.plugin("mail", "1.0").attribute("Signalbox-Spi-Version", "2").writeTo(jar);
    refused("was built for SPI version 2, this gateway speaks the older 1.");
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

  @Test
  void keepsToTheAllowList() throws Exception {
    PluginSource.plugin("mail", "1.0").writeTo(jar);
    String hash = Sha256.of(jar);
    assertThat(check(jar, Set.of(hash.toUpperCase(Locale.ROOT))).sha256()).isEqualTo(hash);
    assertThatThrownBy(() -> check(jar, Set.of("0".repeat(64))))
        .isInstanceOf(PluginRefusedException.class)
        .hasMessageContainingAll("allow list", hash);
  }
}

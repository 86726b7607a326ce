package io.signalbox.loader.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.loader.PluginSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of a jar, and names of its entries. */
class JarDirectoryTest {
  private static final int MB = 1 << 20;
  private static final JarLimits SMALL = new JarLimits(2 * MB, 8, 40L * MB, 100);

  @TempDir Path temp;
  private Path jar;

  @BeforeEach
  void prepare() {
    jar = temp.resolve("mail.jar");
  }

  private PluginJar check(JarLimits limits) throws Exception {
    return JarCheck.of(PluginTrust.ALL, limits, Clock.systemUTC()).check(jar);
  }

  private void refused(JarLimits limits, String... parts) {
    assertThatThrownBy(() -> check(limits))
        .isInstanceOf(PluginRefusedException.class)
        .hasMessageContainingAll(parts);
  }

  private static PluginSource plugin() {
    return PluginSource.plugin("mail", "1.0");
  }

  @Test
  void size() throws Exception {
    byte[] noise = new byte[2 * MB];
    new Random(1).nextBytes(noise);
    plugin().entry("noise", noise).writeTo(jar);
    refused(SMALL, "is larger than 2 MB");
    assertThat(check(JarLimits.DEFAULT).name()).isEqualTo("mail");
  }

  @Test
  void numberOfEntries() throws Exception {
    PluginSource source = plugin();
    for (int i = 0; i < 8; i++) {
      source.entry("e" + i, "x");
    }
    source.writeTo(jar);
    refused(SMALL, "entries, at most 8 are allowed");
  }

  @Test
  void aZipBomb() throws Exception {
    plugin().entry("zeros", new byte[32 * MB]).writeTo(jar);
    refused(SMALL, "unpacks to more than 100 times its size, as a zip bomb does");
    plugin().entry("a", new byte[12 * MB]).entry("b", new byte[12 * MB]).writeTo(jar);
    refused(SMALL, "unpacks to more than 100 times its size, as a zip bomb does");
  }

  @Test
  void sizeOfAllThatIsUnpacked() throws Exception {
    PluginSource source = plugin();
    byte[] noise = new byte[MB];
    new Random(1).nextBytes(noise);
    source.entry("noise", noise).entry("a", new byte[20 * MB]).entry("b", new byte[20 * MB]);
    source.writeTo(jar);
    refused(SMALL, "unpacks to more than 40 MB");
  }

  @Test
  void aZipBombThatHidesItsSize() throws Exception {
    plugin().entry("zeros", new byte[32 * MB]).writeTo(jar);
    // The size in the table of contents, little-endian: 32 MB becomes 32 bytes.
    JarEdit.patch(jar, "\0\0\0\2\5\0", " \0\0\0\5\0");
    refused(SMALL, "is no complete jar: its entry zeros is not what its table of contents says");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.txt",
        "acme/../../evil.txt",
        "acme/..",
        "..",
        "/etc/evil.txt",
        "C:/evil.txt",
        "c:evil.txt",
        "acme\\evil.txt",
        "..\\evil.txt"
      })
  void namesThatLeadOut(String name) throws Exception {
    plugin().entry(name, "x").writeTo(jar);
    refused(JarLimits.DEFAULT, "holds the entry " + name, "a path that leads out of a folder");
  }

  @Test
  void namesWithControlCharacters() throws Exception {
    plugin().entry("acme/a\nb", "x").writeTo(jar);
    refused(JarLimits.DEFAULT, "holds an entry with a control character in its name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme/..a", "a../b", "...", "acme/a b.txt", "acme/x:y", "META-INF/x"})
  void otherNames(String name) throws Exception {
    plugin().entry(name, "x").writeTo(jar);
    assertThat(check(JarLimits.DEFAULT).name()).isEqualTo("mail");
  }

  @Test
  void twoEntriesOfOneName() throws Exception {
    plugin().entry("acme/one.txt", "1").entry("acme/two.txt", "2").writeTo(jar);
    JarEdit.patch(jar, "acme/two.txt", "acme/one.txt");
    assertThat(Files.readString(jar, StandardCharsets.ISO_8859_1)).doesNotContain("two.txt");
    refused(JarLimits.DEFAULT, "holds the entry acme/one.txt twice");
  }
}

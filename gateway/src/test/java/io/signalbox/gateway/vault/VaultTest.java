package io.signalbox.gateway.vault;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.SealedException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
  private static final byte[] PLAIN = "someone@example.org".getBytes(StandardCharsets.UTF_8);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path directory;

  @Test
  void whatIsSealedIsOpenedWhereItBelongsAndNowhereElse() throws IOException {
    Seal seal = TestKeys.seal(directory, "a");
    byte[] sealed = seal.seal(PLAIN, "notification:1:shop");

    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("example");
    assertThat(seal.seal(PLAIN, "notification:1:shop")).isNotEqualTo(sealed);
    assertThat(seal.open(sealed, "notification:1:shop")).isEqualTo(PLAIN);
    assertThatThrownBy(() -> seal.open(sealed, "notification:2:shop"))
        .isInstanceOf(SealedException.class)
        .hasMessageContaining("belongs elsewhere");
    byte[] changed = sealed.clone();
    changed[changed.length - 1] ^= 1;
    assertThatThrownBy(() -> seal.open(changed, "notification:1:shop"))
        .isInstanceOf(SealedException.class);
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      if (length >= 4) {
        assertThatThrownBy(() -> seal.open(cut, "notification:1:shop"))
            .isInstanceOf(SealedException.class);
      }
    }
  }

  @Test
  void anOlderKeyOpensAndIsNotCurrent() throws IOException {
    byte[] old = TestKeys.seal(directory, "a").seal(PLAIN, "x");
    Seal now = TestKeys.seal(directory, "b", "a");

    assertThat(now.key()).isEqualTo("b");
    assertThat(now.open(old, "x")).isEqualTo(PLAIN);
    assertThat(now.isCurrent(old)).isFalse();
    assertThat(now.isCurrent(now.seal(PLAIN, "x"))).isTrue();
    assertThatThrownBy(() -> TestKeys.seal(directory, "b").open(old, "x"))
        .isInstanceOf(SealedException.class)
        .hasMessage("its key a is not among the keys");
    assertThatThrownBy(() -> Seal.NONE.open(old, "x"))
        .isInstanceOf(SealedException.class)
        .hasMessage("its key a is not among the keys");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "plain", "sealed:", "sealed:AAAA", "\u0001SB\u0001x", "\u0001SB\u0000"})
  void everyTextComesBackWithAndWithoutKeys(String text) throws IOException {
    for (Seal seal : new Seal[] {Seal.NONE, TestKeys.seal(directory, "a")}) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertThat(seal.openText(seal.sealText(text, "x"), "x")).isEqualTo(text);
      assertThat(seal.open(seal.seal(bytes, "x"), "x")).isEqualTo(bytes);
    }
    Seal keys = TestKeys.seal(directory, "a");
    assertThat(keys.openText(Seal.NONE.sealText(text, "x"), "x")).isEqualTo(text);
  }

  @Test
  void withPlainBeforeAllKeysNothingIsSealedAndAllIsOpened() throws IOException {
    byte[] sealed = TestKeys.seal(directory, "a").seal(PLAIN, "x");
    Path ring = TestKeys.ring(directory, "a");
    Files.writeString(ring, "plain\n" + Files.readString(ring));
    Seal seal = Vault.once(ring);

    assertThat(seal.seals()).isFalse();
    assertThat(seal.seal(PLAIN, "x")).isEqualTo(PLAIN);
    assertThat(seal.open(sealed, "x")).isEqualTo(PLAIN);
    assertThat(seal.isCurrent(PLAIN)).isTrue();
    assertThat(seal.isCurrent(sealed)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "plain: file:%s/key-a",
        "a: lost",
        "a",
        "a: secret",
        "a b: env:PATH",
        "a: file:%s/short",
        "a: file:%s/nowhere",
        "a: file:%s/key-a\na: file:%s/key-a"
      })
  void aFileWithMistakesIsRefusedWithItsLineAndShowsNoKey(String text) throws IOException {
    TestKeys.ring(directory, "a");
    Files.writeString(directory.resolve("short"), "aHVudGVyMg==");
    Path ring =
        Files.writeString(directory.resolve("bad"), text.replace("%s", directory.toString()));
    assertThatThrownBy(() -> Vault.once(ring))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("security.encryption_keys: " + ring)
        .hasMessageNotContaining("aHVudGVyMg")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aKnownIdKeepsItsKeyWhileTheGatewayRuns() throws IOException {
    KeyRing first = KeyRing.read(TestKeys.ring(directory, "a", "b"));
    Path file = TestKeys.ring(directory, "c", "a=other");
    KeyRing other = KeyRing.read(file);
    assertThatThrownBy(() -> other.after(first, file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("key a is another one than before");
    KeyRing next = KeyRing.read(TestKeys.ring(directory, "c", "b=lost")).after(first, file);
    assertThat(next.current()).isEqualTo("c");
    assertThat(next.known("a")).isEqualTo(Seal.Known.THERE);
    assertThat(next.known("b")).isEqualTo(Seal.Known.LOST);
  }

  @Test
  void aChangedFileIsInForceWithoutARestartAndABadOneIsNot() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (Vault vault =
        Vault.open(vertx, TestKeys.ring(directory, "a"))
            .toCompletionStage()
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS)) {
      byte[] old = vault.seal(PLAIN, "x");
      TestKeys.ring(directory, "b", "a");
      await().atMost(LIMIT).until(() -> vault.key().equals("b"));
      assertThat(vault.open(old, "x")).isEqualTo(PLAIN);

      Files.writeString(directory.resolve("ring"), "nonsense");
      TestKeys.ring(directory, "c", "b");
      await().atMost(LIMIT).until(() -> vault.key().equals("c"));
      // What has vanished from it opens as long as the gateway runs.
      assertThat(vault.open(old, "x")).isEqualTo(PLAIN);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }
}

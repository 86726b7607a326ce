package io.signalbox.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
  @TempDir private Path dir;

  @Test
  void isMadeOnceAndReadableByItsOwnerOnly() throws IOException {
    Path file = dir.resolve("new/jwt.key");
    SigningKey made = SigningKey.loadOrCreate(file, new SecureRandom());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(made.reveal()).hasSize(64);
    assertThat(SigningKey.loadOrCreate(file, new SecureRandom()).reveal()).isEqualTo(made.reveal());
    assertThat(made.toString()).doesNotContain(made.reveal());
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void isTheSameForAllWhoStartAtOnce() throws Exception {
    Path file = dir.resolve("jwt.key");
    ExecutorService pool = Executors.newFixedThreadPool(8);
    Set<String> keys = new HashSet<>();
    try {
      List<Callable<String>> starts =
          Collections.nCopies(32, () -> SigningKey.loadOrCreate(file, new SecureRandom()).reveal());
      for (Future<String> key : pool.invokeAll(starts)) {
        keys.add(key.get());
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(keys).hasSize(1);
  }

  @Test
  void theFirstOfSeveralSigns() throws IOException {
    String one = "1".repeat(32);
    String two = "2".repeat(32);
    Path file = Files.writeString(dir.resolve("jwt.key"), "\n  " + one + " \r\n\n" + two);
    SigningKey keys = SigningKey.load(file);
    assertThat(keys.reveal()).isEqualTo(one);
    assertThat(keys.revealAll()).containsExactly(one, two);
    assertThat(keys.toString()).doesNotContain(one);
    Files.writeString(file, one + "\nshort\n");
    assertThatThrownBy(() -> SigningKey.load(file)).hasMessageContaining("one a line");
    Files.writeString(file, (one + "\n").repeat(9));
    assertThatThrownBy(() -> SigningKey.load(file)).hasMessageContaining("at most 8");
  }

  @Test
  void refusesAKeyThatIsTooShort() throws IOException {
    Path file = Files.writeString(dir.resolve("jwt.key"), "short\n");
    assertThatThrownBy(() -> SigningKey.loadOrCreate(file, new SecureRandom()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("at least 32 characters");
  }
}

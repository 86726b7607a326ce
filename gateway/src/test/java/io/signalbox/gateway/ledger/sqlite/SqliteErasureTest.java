package io.signalbox.gateway.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.BaseErasureTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The embedded ledger keeps the contract, and its files keep no old bytes. */
class SqliteErasureTest extends BaseErasureTest {
  private static final int MANY = 60;
  private static final String WORDS = "words for one alone ";

  @Test
  void theBytesAreGoneFromTheFilesToo() throws Exception {
    for (int i = 0; i < MANY; i++) {
      // Of up to several pages each, between those of another tenant, which stay.
      await(ledger().accept(request(WORDS.repeat(20 * i + 1))));
      await(ledger().accept(request("other", "kept", null, NOW)));
    }
    assertThat(inFiles(WORDS)).isTrue();

    assertThat(erase("someone@example.org").counts().notifications()).isEqualTo(MANY);

    Awaitility.await("no file holds the words")
        .atMost(Duration.ofSeconds(60))
        .until(() -> !inFiles(WORDS));
    assertThat(inFiles("kept")).isTrue();
  }

  private boolean inFiles(String text) throws IOException {
    for (Path file : List.of(SqliteFiles.file(directory), log())) {
      if (Files.exists(file)
          && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
        return true;
      }
    }
    return false;
  }

  private Path log() {
    Path file = SqliteFiles.file(directory);
    return file.resolveSibling(file.getFileName() + "-wal");
  }
}

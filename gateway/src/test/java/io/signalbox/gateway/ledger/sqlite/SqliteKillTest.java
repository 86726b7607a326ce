package io.signalbox.gateway.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at any moment has lost nothing that it has acknowledged. */
@Timeout(240)
class SqliteKillTest {
  private static final int ENOUGH = 3_000;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void closeVertx() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void keepsEveryAcknowledgedNotificationOverAKill() throws Exception {
    List<String> acknowledged = acceptUntilKilled();

    SqlLedger ledger = get(SqliteFiles.open(vertx, directory));
    long greatest = get(ledger.recover(2)).greatestKey();
    for (String text : acknowledged) {
      NotificationId id = NotificationId.parse(text).orElseThrow();
      assertThat(get(ledger.reports().timeline("default", id))).as(text).isPresent();
      assertThat(greatest).isGreaterThanOrEqualTo(id.key());
    }
    get(ledger.close());
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ENOUGH);
  }

  private List<String> acceptUntilKilled() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx128m",
                Acceptor.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      String line = lines.readLine();
      while (line != null) {
        if (NotificationId.parse(line).isPresent()) {
          acknowledged.add(line);
        }
        if (acknowledged.size() == ENOUGH) {
          // SIGKILL; what the pipe still holds is read on.
          process.destroyForcibly();
        }
        line = lines.readLine();
      }
    } catch (IOException e) {
      // The pipe may end with the process.
      assertThat(acknowledged).isNotEmpty();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return acknowledged;
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}

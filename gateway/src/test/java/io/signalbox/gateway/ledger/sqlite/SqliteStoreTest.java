package io.signalbox.gateway.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.LedgerStats;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.RefusedChangeException;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.trail.CapturedTrail;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What only the embedded ledger promises: its file, its lock, its commits, a full disk. */
class SqliteStoreTest extends LedgerContract {
  private static final int ROOM_FOR_SCHEMA = 40;

  private final AtomicInteger maxPages = new AtomicInteger();
  private SqlLedger sqlite;

  @Override
  protected Opened open() throws Exception {
    sqlite = await(SqliteFiles.open(vertx, directory, maxPages::get));
    return SqliteFiles.ports(sqlite);
  }

  @Test
  void keepsEverythingOverARestart() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m-1");

    reopen();

    assertThat(state(id)).isEqualTo(NotificationState.SENT);
    assertThat(timeline(id).attempts()).hasSize(1);
  }

  @Test
  void refusesALedgerThatIsInUse() {
    assertThatThrownBy(() -> await(SqliteFiles.open(vertx, directory)))
        .hasCauseInstanceOf(LedgerUnavailableException.class)
        .hasMessageContaining("in use by another gateway");
  }

  @Test
  void refusesALedgerOfANewerGateway() throws Exception {
    await(ledger().close());
    try (Connection connection = shell();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA user_version = 999");
    }

    assertThatThrownBy(() -> await(SqliteFiles.open(vertx, directory)))
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("newer gateway");
    assertThatThrownBy(() -> await(SqliteFiles.open(vertx, directory)))
        .as("the refused ledger is not left locked")
        .hasMessageContaining("newer gateway");
  }

  @Test
  void waitsForAPersonWhoWritesWithTheShell() throws Exception {
    Future<AcceptResult> waiting;
    try (Connection connection = shell();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate("DELETE FROM notification_events");
      waiting = ledger().accept(request("hello"));
      connection.commit();
    }

    assertThat(await(waiting)).isInstanceOf(AcceptResult.Stored.class);
  }

  @Test
  void seesWhatAPersonHasChangedWithTheShell() throws Exception {
    NotificationId called = accept();
    NotificationId under = begun();
    try (Connection connection = shell();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE notifications SET state = "
              + NotificationState.CANCELLED.code()
              + ", due_at = NULL WHERE id IN ("
              + called.key()
              + ", "
              + under.key()
              + ")");
    }

    assertThat(await(ledger().begin(start(called, 1))).applied()).isFalse();
    assertThat(settleSent(under, 1, "m-1").applied()).isFalse();
    assertThat(state(under)).isEqualTo(NotificationState.CANCELLED);
  }

  @Test
  void knowsNothingOfWhatWasTakenBack() throws Exception {
    NotificationId id = accept();
    try (Connection connection = shell();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "CREATE TRIGGER refuse BEFORE UPDATE ON notifications BEGIN"
              + " SELECT RAISE(ABORT, 'not now'); END");
    }

    assertThatThrownBy(() -> await(ledger().begin(start(id, 1))))
        .hasCauseInstanceOf(RefusedChangeException.class);
    try (Connection connection = shell();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("DROP TRIGGER refuse");
    }
    assertThat(await(ledger().begin(start(id, 1))).applied()).isTrue();
    assertThat(settleSent(id, 1, "m-1").applied()).isTrue();
  }

  @Test
  void failsCleanlyOnAFullDiskAndGoesOnWhenThereIsSpace() throws Exception {
    await(ledger().close());
    maxPages.set(ROOM_FOR_SCHEMA);
    opened = open();
    CapturedTrail log = new CapturedTrail("io.signalbox.gateway.ledger.sql.Committer");
    List<NotificationId> stored = new ArrayList<>();
    Throwable failure = null;
    while (failure == null) {
      AcceptRequest request = request("x".repeat(1_000));
      try {
        await(ledger().accept(request));
        stored.add(request.id());
      } catch (ExecutionException e) {
        failure = e.getCause();
      }
    }
    assertThat(failure).isInstanceOf(LedgerUnavailableException.class);
    assertThat(sqlite.stats().failedCommits()).isPositive();
    assertThat(sqlite.stats().refusedForNanos()).isPositive();
    assertThat(dueIds(LANE, NOW)).containsExactlyElementsOf(firstHundred(stored));
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> await(ledger().accept(request("x".repeat(10_000)))))
          .hasCauseInstanceOf(LedgerUnavailableException.class);
    }
    log.close();
    assertThat(log.from(Level.ERROR)).singleElement().asString().startsWith("1 commits failed");

    maxPages.set(0);
    assertThat(await(ledger().accept(request("x".repeat(10_000)))))
        .isInstanceOf(AcceptResult.Stored.class);
    assertThat(sqlite.stats().refusedForNanos()).isZero();
    await(ledger().begin(start(stored.get(0), 1)));
    assertThat(settleSent(stored.get(0), 1, "m-1").applied()).isTrue();
  }

  @Test
  void sharesCommitsUnderLoadFromSeveralContexts() throws Exception {
    int contexts = 4;
    int each = 5_000;
    long total = 20_000;
    List<Future<Void>> done = new ArrayList<>();
    for (int i = 0; i < contexts; i++) {
      Context context = vertx.getOrCreateContext();
      Promise<Void> finished = Promise.promise();
      done.add(finished.future());
      context.runOnContext(
          go -> {
            List<Future<?>> accepts = new ArrayList<>();
            for (int n = 0; n < each; n++) {
              accepts.add(ledger().accept(request("hello")));
            }
            Future.all(accepts).<Void>mapEmpty().onComplete(finished);
          });
    }
    await(Future.all(done));

    LedgerStats stats = sqlite.stats();
    assertThat(stats.changes()).isEqualTo(total);
    assertThat(stats.commits()).isLessThan(total / 4);
    assertThat(stats.waiting()).isZero();
    assertThat(stats.lastCommitNanos()).isPositive();
    assertThat(await(ledger().backlog(NOW)).get(0).due()).isEqualTo(total);
  }

  @Test
  void refusesChangesBeyondItsBoundAtOnce() throws Exception {
    Path other = directory.resolve("other.db");
    SqlLedgerOptions small = new SqlLedgerOptions(4, 8, 1 << 20, 1, 1);
    SqlLedger ledger = await(SqliteLedger.open(vertx, other, small, new StoredForm()));
    List<Future<AcceptResult>> answers = new ArrayList<>();
    try (Connection connection = shell(other);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // Nothing is committed while the shell writes, however slowly they come.
      statement.executeUpdate("DELETE FROM notification_events");
      for (int i = 0; i < 2_000; i++) {
        answers.add(ledger.accept(request("hello")));
      }
      connection.commit();
    }

    int refused = 0;
    int stored = 0;
    for (Future<AcceptResult> answer : answers) {
      try {
        await(answer);
        stored++;
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(LedgerUnavailableException.class);
        refused++;
      }
    }
    await(ledger.close());
    assertThat(refused).isPositive();
    assertThat(stored).isPositive();
  }

  @Test
  void refusesContentBeyondItsBoundAndTakesItAgainLater() throws Exception {
    Path other = directory.resolve("other.db");
    SqlLedgerOptions small = new SqlLedgerOptions(256, 100_000, 100_000, 1, 1);
    SqlLedger ledger = await(SqliteLedger.open(vertx, other, small, new StoredForm()));
    String large = "x".repeat(30_000);
    try (Connection connection = shell(other);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // Nothing is committed while the shell writes: what comes in waits.
      statement.executeUpdate("DELETE FROM notification_events");
      List<Future<AcceptResult>> taken = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        taken.add(ledger.accept(request(large)));
      }
      assertThatThrownBy(() -> await(ledger.accept(request(large))))
          .hasCauseInstanceOf(LedgerUnavailableException.class)
          .hasMessageContaining("too much content waits");
      assertThat(ledger.stats().waitingBytes()).isBetween(90_000L, 100_000L);
      connection.commit();
      for (Future<AcceptResult> each : taken) {
        assertThat(await(each)).isInstanceOf(AcceptResult.Stored.class);
      }
    }

    assertThat(ledger.stats().waitingBytes()).isZero();
    assertThat(await(ledger.accept(request("x".repeat(200_000)))))
        .as("more than the bound alone, but alone")
        .isInstanceOf(AcceptResult.Stored.class);
    await(ledger.close());
  }

  @Test
  void keepsTheWriteAheadLogBounded() throws Exception {
    for (int round = 0; round < 30; round++) {
      List<Future<?>> accepts = new ArrayList<>();
      for (int n = 0; n < 2_000; n++) {
        accepts.add(ledger().accept(request("x".repeat(600))));
      }
      await(Future.all(accepts));
    }

    Path log = directory.resolve("ledger.db-wal");
    assertThat(Files.size(log)).isLessThan(64L << 20);
    await(ledger().close());
    assertThat(log)
        .satisfiesAnyOf(p -> assertThat(p).doesNotExist(), p -> assertThat(p).isEmptyFile());
    opened = open();
  }

  private Connection shell() throws Exception {
    return shell(SqliteFiles.file(directory));
  }

  private static Connection shell(Path file) throws SQLException {
    return SqliteFiles.outside(file);
  }

  private static List<NotificationId> firstHundred(List<NotificationId> stored) {
    return stored.subList(0, Math.min(100, stored.size()));
  }
}

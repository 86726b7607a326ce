package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Two gateways that are given the same idempotency key at the same time. */
class PgCollisionTest extends LedgerContract {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int TOGETHER = 20;

  @Override
  protected TestEngine engine() {
    return PostgresDatabases.ENGINE;
  }

  @Test
  void theOthersOfTheBatchAreStoredAsOneAllTheSame() throws Exception {
    PgConnectOptions database = PostgresServer.migrated();
    SqlLedger one = await(PostgresDatabases.open(vertx, database, 20_000, new StoredForm()));
    SqlLedger two = await(PostgresDatabases.open(vertx, database, 20_000, new StoredForm()));
    PgConnection outside = PostgresServer.await(PgConnection.connect(vertx, database));
    try (SlowCommits commits = SlowCommits.of(vertx, database, "idempotency_keys")) {
      commits.hold();
      Future<AcceptResult> winner = two.accept(request(TENANT, "hello", "key", NOW));
      commits.awaitWaiting(1);
      // While the writer waits for its own row, what comes gathers for one batch.
      PostgresServer.await(outside.query("BEGIN").execute());
      int node = one.nodes().share().node();
      PostgresServer.await(
          outside.query("SELECT 1 FROM nodes WHERE node = " + node + " FOR UPDATE").execute());
      Future<AcceptResult> before = one.accept(request("before"));
      commits.awaitWaiting(2);
      List<Future<AcceptResult>> batch = new ArrayList<>();
      for (int i = 0; i < TOGETHER; i++) {
        batch.add(one.accept(request("another")));
      }
      Future<AcceptResult> loser = one.accept(request(TENANT, "hello", "key", NOW));
      PostgresServer.await(outside.query("COMMIT").execute());
      Awaitility.await().atMost(LONG).until(() -> before.isComplete() && commits.isWaiting(2));
      commits.letGo();

      for (Future<AcceptResult> each : batch) {
        assertThat(await(each)).isInstanceOf(AcceptResult.Stored.class);
      }
      assertThat(await(winner)).isInstanceOf(AcceptResult.Stored.class);
      assertThat(await(loser)).isInstanceOf(AcceptResult.Duplicate.class);
    }
    // What is marked off from the rest of its transaction has a number of its own.
    String numbers = "SELECT count(*) FROM notifications GROUP BY xmin::text ORDER BY 1";
    List<Long> together = new ArrayList<>();
    PostgresServer.run(database, numbers).forEach(row -> together.add(row.getLong(0)));
    assertThat(together).containsExactly(1L, 1L, (long) TOGETHER);
    await(outside.close());
    await(one.close());
    await(two.close());
  }

  @Test
  void aKeyIsStoredOnceThoughItsCommitHadNoAnswer() throws Exception {
    PgConnectOptions database = PostgresServer.migrated();
    SqlLedger ledger = await(PostgresDatabases.open(vertx, database, 3_000, new StoredForm()));
    SlowCommits commits = SlowCommits.of(vertx, database, "idempotency_keys");
    commits.hold();

    Future<AcceptResult> first = ledger.accept(request(TENANT, "hello", "key", NOW));
    assertThatThrownBy(() -> await(first)).cause().isInstanceOf(LedgerUnavailableException.class);
    Future<AcceptResult> again = ledger.accept(request(TENANT, "hello", "key", NOW));
    Patience.await().until(() -> again.isComplete() || commits.isWaiting(2));
    // Only now the first one is stored after all.
    commits.close();
    Patience.await().until(again::isComplete);

    AtomicReference<Future<AcceptResult>> last = new AtomicReference<>(again);
    Patience.await("an answer").until(() -> answered(last, ledger));
    assertThat(last.get().result()).isInstanceOf(AcceptResult.Duplicate.class);
    assertThat(PostgresServer.run(database, "SELECT id FROM notifications").size()).isEqualTo(1);
    await(ledger.close());
  }

  /** Asks again if the last answer was that the ledger gives none. */
  private boolean answered(AtomicReference<Future<AcceptResult>> last, SqlLedger ledger) {
    if (last.get().failed()) {
      last.set(ledger.accept(request(TENANT, "hello", "key", NOW)));
    }
    return last.get().succeeded();
  }
}

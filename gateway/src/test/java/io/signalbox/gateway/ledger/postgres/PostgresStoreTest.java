package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** What only a ledger in PostgreSQL promises. */
class PostgresStoreTest extends LedgerContract {
  private static final SqlLedgerOptions LIMITS =
      new SqlLedgerOptions(256, 100_000, 1 << 30, 2, 1_000);
  private static final String END_ALL =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
          + " WHERE datname = current_database() AND pid <> pg_backend_pid()";

  private static final String WAITING =
      "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
          + " AND datname = current_database()";

  @Override
  protected TestEngine engine() {
    return PostgresDatabases.ENGINE;
  }

  private PgConnectOptions database() throws Exception {
    return PostgresDatabases.ENGINE.database(directory);
  }

  private Future<PostgresLedger> another(PgConnectOptions database, long statementMillis) {
    PostgresOptions options =
        new PostgresOptions(database, 0, 3, 10_000, 60_000, 10_000, statementMillis, 0);
    return PostgresLedger.open(
        vertx, options, NodeOptions.of("another"), LIMITS, new StoredForm(), EventOutlet.NONE);
  }

  @Test
  void aLedgerOfANewerGatewayIsRefused() throws Exception {
    await(ledger().close());
    engine().change(directory, "INSERT INTO ledger_migrations (version) VALUES (99)");

    assertThatThrownBy(() -> await(another(database(), 5_000)))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("schema version 99")
        .hasMessageContaining("newer gateway");
  }

  @Test
  void ofTwoThatStartAtOnceOneMakesTheTablesAndBothHaveThem() throws Exception {
    PgConnectOptions empty = PostgresServer.database();
    Future<PostgresLedger> one = another(empty, 20_000);
    Future<PostgresLedger> two = another(empty, 20_000);
    Future.join(one, two).onComplete(done -> {});
    Patience.await().until(() -> one.isComplete() && two.isComplete());

    for (Future<PostgresLedger> opened : List.of(one, two)) {
      AcceptRequest request = request("hello");
      assertThat(await(await(opened).ledger().accept(request)))
          .isInstanceOf(AcceptResult.Stored.class);
    }
    await(one.result().ledger().close());
    await(two.result().ledger().close());
  }

  @Test
  void lostConnectionsAreReplaced() throws Exception {
    NotificationId first = accept();
    assertThat(askStore(END_ALL)).isNotEmpty().allMatch("true"::equals);

    NotificationId second = accept();
    assertThat(dueIds(LANE, NOW)).containsExactly(first, second);
    // Also the connection by which other gateways know that this one lives.
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(
                        askStore(
                            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database"
                                + " = (SELECT oid FROM pg_database"
                                + " WHERE datname = current_database())"))
                    .containsExactly("1"));
    assertThat(accept()).isNotNull();
  }

  @Test
  void noReadFailsBecauseItsConnectionWasLostAMomentAgo() throws Exception {
    NotificationId id = accept();
    for (int i = 0; i < 20; i++) {
      Future<List<Boolean>> read = ledger().backlog(NOW).map(lanes -> List.of(lanes.isEmpty()));
      assertThat(askStore(END_ALL)).isNotEmpty();
      assertThat(await(read)).containsExactly(false);
      assertThat(dueIds(LANE, NOW)).containsExactly(id);
    }
  }

  @Test
  void aWaitForALockEndsAndHarmsNoLaterChange() throws Exception {
    await(ledger().close());
    PostgresLedger impatient = await(another(database(), 4_000));
    AcceptRequest request = request("hello");
    await(impatient.ledger().accept(request));
    PgConnection outside = PostgresServer.await(PgConnection.connect(vertx, database()));
    PostgresServer.await(outside.query("BEGIN").execute());
    PostgresServer.await(outside.query("SELECT id FROM notifications FOR UPDATE").execute());

    assertThatThrownBy(() -> await(impatient.ledger().begin(start(request.id(), 1))))
        .cause()
        .isInstanceOf(LedgerUnavailableException.class);
    PostgresServer.await(outside.query("ROLLBACK").execute());

    assertThat(await(impatient.ledger().begin(start(request.id(), 1))).applied()).isTrue();
    await(impatient.ledger().close());
    opened = open();
  }

  /** The client sends no bytes as a text: the server commits the rest of the batch. */
  @Test
  void aBatchOfWhichTheClientRefusesAStatementIsUndecidedAndNotAppliedAgain() throws Exception {
    PgConnectOptions changed = PostgresServer.migrated();
    PostgresServer.run(changed, "ALTER TABLE idempotency_keys ALTER COLUMN content_hash TYPE TEXT");
    PostgresLedger strange = await(another(changed, 20_000));

    assertThatThrownBy(() -> await(strange.ledger().accept(request(TENANT, "hello", "key", NOW))))
        .cause()
        .isInstanceOfSatisfying(
            LedgerUnavailableException.class, e -> assertThat(e.isUndecided()).isTrue());
    assertThat(PostgresServer.run(changed, "SELECT id FROM notifications").size()).isEqualTo(1);
    await(strange.ledger().close());
  }

  @Test
  void aServerThatStandsStillIsNotWaitedForLongAndUsedAgainAfterwards() throws Exception {
    await(ledger().close());
    StallingProxy proxy = StallingProxy.before(vertx, database());
    PostgresLedger behind = await(another(proxy.address(), 4_000));
    await(behind.ledger().accept(request("before")));
    proxy.stall();

    assertThatThrownBy(() -> await(behind.ledger().accept(request("meanwhile"))))
        .cause()
        .isInstanceOf(LedgerUnavailableException.class);
    assertThatThrownBy(() -> await(behind.ledger().backlog(NOW)))
        .cause()
        .isInstanceOf(LedgerUnavailableException.class);
    proxy.goOn();

    await(behind.ledger().accept(request("after")));
    assertThat(askStore("SELECT count(*) FROM notifications")).containsExactly("2");
    await(behind.ledger().close());
    opened = open();
  }

  @Test
  void aDeadlockIsTriedAgain() throws Exception {
    NotificationId one = begun();
    NotificationId two = begun();
    settleSent(one, 1, "m-1");
    settleSent(two, 1, "m-2");
    PgConnection outside = PostgresServer.await(PgConnection.connect(vertx, database()));
    PostgresServer.await(outside.query("BEGIN").execute());
    lock(outside, two);
    Receipt first = receipt("e1", new AttemptId(one, 1), null, ReceiptStatus.DELIVERED);
    Receipt second = receipt("e2", new AttemptId(two, 1), null, ReceiptStatus.DELIVERED);
    Future<List<ReceiptEffect>> recorded =
        ledger().record(new WebhookBatch("alpha", NOW + 60, List.of(first, second)));
    Patience.await().until(() -> !askStore(WAITING).isEmpty());

    // Now each waits for the other, until the server ends one of them.
    Future<?> crossing =
        outside
            .query("SELECT id FROM notifications WHERE id = " + one.key() + " FOR UPDATE")
            .execute();
    Patience.await().until(crossing::isComplete);
    PostgresServer.await(outside.query("ROLLBACK").execute());

    assertThat(await(recorded)).hasSize(2).allMatch(effect -> effect.state() != null);
    assertThat(state(two)).isEqualTo(NotificationState.DELIVERED);
  }

  private static void lock(PgConnection outside, NotificationId id) throws Exception {
    PostgresServer.await(
        outside
            .query("SELECT id FROM notifications WHERE id = " + id.key() + " FOR UPDATE")
            .execute());
  }

  @Test
  void manyAreStoredByStatementsOfManyRows() throws Exception {
    List<AcceptRequest> requests = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      requests.add(request("message " + i));
    }
    assertThat(await(ledger().acceptAll(requests)))
        .hasSize(2_500)
        .allMatch(AcceptResult.Stored.class::isInstance);

    assertThat(askStore("SELECT count(*), count(DISTINCT content) FROM notifications"))
        .containsExactly("2500|2500");
    assertThat(timeline(requests.get(1_700).id()).content().toString()).contains("message 1700");
  }

  @Test
  void rowsOfThisWeekAreInAPartitionOfTheirOwn() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m");

    assertThat(askStore("SELECT count(*) FROM notifications_other")).containsExactly("0");
    assertThat(askStore("SELECT count(*) FROM provider_requests_other")).containsExactly("0");
    assertThat(askStore("SELECT tableoid::regclass FROM notifications").get(0))
        .matches("notifications_\\d{8}");
  }
}

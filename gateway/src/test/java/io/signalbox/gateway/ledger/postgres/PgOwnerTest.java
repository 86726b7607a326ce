package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Who may write a ledger in PostgreSQL, and what becomes of who may no more. */
class PgOwnerTest extends LedgerContract {
  private static final SqlLedgerOptions LIMITS =
      new SqlLedgerOptions(256, 100_000, 1 << 30, 2, 1_000);
  private static final String RAISE =
      "UPDATE ledger_revisions SET revision = revision + 1 WHERE topic = 'OWNER'";
  private static final String LOCKS =
      " FROM pg_locks WHERE locktype = 'advisory' AND database ="
          + " (SELECT oid FROM pg_database WHERE datname = current_database())";
  private static final String END_HOLDER =
      "SELECT pg_terminate_backend(pid)" + LOCKS + " AND granted";
  private static final String WAITING =
      "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
          + " AND datname = current_database()";
  private static final String TAKEN = "another gateway has taken the ledger";

  /** What is committed with a key waits for who holds lock 77, past every time-out. */
  private static final String SLOW_COMMITS =
      """
      CREATE FUNCTION commit_slowly() RETURNS trigger LANGUAGE plpgsql SET lock_timeout = 0 AS
        $$ BEGIN PERFORM pg_advisory_xact_lock_shared(77); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON idempotency_keys
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION commit_slowly();""";

  @Override
  protected TestEngine engine() {
    return PostgresDatabases.ENGINE;
  }

  private PgConnectOptions database() throws Exception {
    return PostgresDatabases.ENGINE.database(directory);
  }

  private Ledger another(PgConnectOptions database, long statementMillis) throws Exception {
    PostgresOptions options =
        new PostgresOptions(database, 0, 3, 5_000, 60_000, 5_000, statementMillis, 0);
    return await(PostgresLedger.open(vertx, options, LIMITS, new StoredForm(), EventOutlet.NONE))
        .ledger();
  }

  private PgConnection outside(PgConnectOptions database) throws Exception {
    return PostgresServer.await(PgConnection.connect(vertx, database));
  }

  @Test
  void whoLostTheLedgerToAnotherWritesNoMoreAndLetsGoOfIt() throws Exception {
    NotificationId before = accept();
    engine().change(directory, RAISE);

    assertThatThrownBy(this::accept).hasMessageContaining(TAKEN);
    assertThatThrownBy(() -> timeline(before)).hasMessageContaining(TAKEN);
    assertThat(askStore("SELECT count(*) FROM notifications")).containsExactly("1");
    await(another(database(), 20_000).close());
  }

  @Test
  void whoLostTheLockWhileAnotherHadItNeverTakesItBack() throws Exception {
    NotificationId before = accept();
    PgConnection other = outside(database());
    Future<?> taken = other.query("SELECT pg_advisory_lock(" + PgOwner.LOCK + ")").execute();
    Awaitility.await().until(() -> !askStore("SELECT 1" + LOCKS + " AND NOT granted").isEmpty());
    assertThat(askStore(END_HOLDER)).containsExactly("true");
    PostgresServer.await(taken);
    PostgresServer.await(other.query(RAISE).execute());

    // Nobody asks it to write: it looks by itself, and whoever asks whether it is ready hears no.
    Awaitility.await()
        .untilAsserted(
            () -> assertThatThrownBy(() -> timeline(before)).hasMessageContaining(TAKEN));
    assertThatThrownBy(this::accept).hasMessageContaining(TAKEN);

    PostgresServer.await(other.close());
    await(another(database(), 20_000).close());
  }

  @Test
  void whoLostTheLockToNobodyHasItAgain() throws Exception {
    assertThat(askStore(END_HOLDER)).containsExactly("true");

    Awaitility.await()
        .untilAsserted(() -> assertThat(askStore("SELECT 1" + LOCKS + " AND granted")).hasSize(1));
    assertThat(accept()).isNotNull();
  }

  @Test
  void aKeyIsStoredOnceThoughItsCommitHadNoAnswer() throws Exception {
    PgConnectOptions database = PostgresServer.database();
    Ledger ledger = another(database, 1_000);
    PgConnection outside = outside(database);
    PostgresServer.await(outside.query(SLOW_COMMITS).execute());
    PostgresServer.await(outside.query("SELECT pg_advisory_lock(77)").execute());

    Future<AcceptResult> first = ledger.accept(request(TENANT, "hello", "key", NOW));
    assertThatThrownBy(() -> await(first)).cause().isInstanceOf(LedgerUnavailableException.class);
    Future<AcceptResult> again = ledger.accept(request(TENANT, "hello", "key", NOW));
    Awaitility.await()
        .until(() -> again.isComplete() || PostgresServer.run(database, WAITING).size() == 2);
    // Only now the first one is stored after all.
    PostgresServer.await(outside.close());
    Awaitility.await().until(again::isComplete);

    AcceptResult last =
        again.succeeded()
            ? again.result()
            : await(ledger.accept(request(TENANT, "hello", "key", NOW)));
    assertThat(last).isInstanceOf(AcceptResult.Duplicate.class);
    assertThat(PostgresServer.run(database, "SELECT id FROM notifications").size()).isEqualTo(1);
    await(ledger.close());
  }
}

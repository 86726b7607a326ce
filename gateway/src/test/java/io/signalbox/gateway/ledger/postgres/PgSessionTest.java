package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.ledger.sql.SqlAnswer;
import io.signalbox.gateway.ledger.sql.SqlStatement;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a transaction that does not wait before its commit says about failures. */
class PgSessionTest {
  private static final String DIVISION_BY_ZERO = "22012";

  private Vertx vertx;
  private PgConnectOptions database;
  private PgPool pool;
  private PgMembership nodes;
  private PgSession session;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    database = PostgresServer.migrated();
    PostgresServer.run(database, "CREATE TABLE one (id BIGINT)");
    PostgresServer.run(database, "CREATE TABLE two (id BIGINT)");
    pool = new PgPool(vertx, PostgresDatabases.options(database), System::nanoTime);
    nodes = PgMembership.join(vertx, pool, NodeOptions.of("test"));
    session = PgSession.writing(pool, nodes);
  }

  @AfterEach
  void close() throws Exception {
    session.close();
    nodes.close();
    pool.close();
    PostgresServer.await(vertx.close());
  }

  private void begin() throws SQLException {
    session.begin();
    session.awaitBegin();
  }

  private void insert(String table, Object id) throws SQLException {
    SqlStatement insert = session.prepare("INSERT INTO " + table + " (id) VALUES (?)");
    insert.setObject(1, id);
    insert.execute();
  }

  private SqlAnswer askWhatFails() throws SQLException {
    SqlStatement question = session.prepare("SELECT 1 / ?::int");
    question.setInt(1, 0);
    return question.ask();
  }

  private List<Long> stored(String table) throws Exception {
    List<Long> found = new ArrayList<>();
    for (Row row : PostgresServer.run(database, "SELECT id FROM " + table + " ORDER BY id")) {
      found.add(row.getLong(0));
    }
    return found;
  }

  private static void assertFails(ThrowingCallable call, String state) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }

  /** Such a statement never comes to the server, which commits the others. */
  @Test
  void aCommitWithoutWhatTheClientRefusesIsUndecidedAndNotTriedAgain() throws Exception {
    begin();
    insert("one", 1L);
    insert("two", "not a number");

    assertFails(session::commit, PgFailures.NO_ANSWER);
    assertThat(session.mayBeCommitted()).isTrue();
    assertThat(PgFailures.mayPass(PgFailures.NO_ANSWER)).isFalse();
    assertThat(stored("two")).isEmpty();
    int open = pool.stats().open();
    session.close();
    assertThat(pool.stats().open()).as("the connection is lost").isEqualTo(open - 1);
  }

  @Test
  void whatTheServerRefusesIsNotCommittedWhateverTheClientRefuses() throws Exception {
    begin();
    insert("one", 1L);
    insert("two", "not a number");
    askWhatFails();

    assertThatThrownBy(session::commit).isInstanceOf(SQLException.class);
    assertThat(session.mayBeCommitted()).isFalse();
    assertThat(stored("one")).isEmpty();
  }

  @Test
  void aQuestionThatFailedAndWasNotWaitedForFailsTheCommit() throws Exception {
    begin();
    insert("one", 1L);
    askWhatFails();

    assertFails(session::commit, DIVISION_BY_ZERO);
    assertThat(session.mayBeCommitted()).isFalse();
    session.rollback();
    assertThat(stored("one")).isEmpty();

    begin();
    insert("one", 2L);
    session.commit();
    assertThat(stored("one")).containsExactly(2L);
  }

  @Test
  void theFirstFailureIsTold() throws Exception {
    begin();
    askWhatFails();
    insert("one", 1L);
    SqlAnswer second = session.prepare("SELECT 1").ask();

    assertFails(second::rows, DIVISION_BY_ZERO);
    session.rollback();
  }

  @Test
  void whatWasTakenBackFailsNothingLater() throws Exception {
    begin();
    session.mark();
    SqlAnswer failing = askWhatFails();
    // Refused too, since the transaction is; nobody takes its answer.
    session.prepare("SELECT 2").ask();
    assertFails(failing::rows, DIVISION_BY_ZERO);
    session.undo();

    session.mark();
    insert("one", 1L);
    session.keep();
    session.commit();
    assertThat(session.mayBeCommitted()).isFalse();
    assertThat(stored("one")).containsExactly(1L);
  }

  @Test
  void whatCannotBeSentFailsBeforeTheCommit() throws Exception {
    begin();
    SqlStatement insert = session.prepare("INSERT INTO one (id) VALUES (?)");
    insert.setLong(1, 1);
    insert.execute();
    insert.setObject(1, "not a number");
    insert.execute();

    assertThatThrownBy(session::send).isInstanceOf(RuntimeException.class);
    session.rollback();
    assertThat(stored("one")).isEmpty();
  }
}

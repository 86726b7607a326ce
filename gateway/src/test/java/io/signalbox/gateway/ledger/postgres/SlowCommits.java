package io.signalbox.gateway.ledger.postgres;

import static io.signalbox.gateway.Patience.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;

/**
 * Holds up commits in a database: what has put a row into a table waits in its {@code COMMIT}, past
 * every time-out, and is stored when it may go on, whether anybody waits for the answer or not.
 */
public final class SlowCommits implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Waits for who holds lock 77. */
  private static final String TRIGGER =
      """
      CREATE FUNCTION commit_slowly() RETURNS trigger LANGUAGE plpgsql SET lock_timeout = 0 AS
        $$ BEGIN PERFORM pg_advisory_xact_lock_shared(77); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON %s
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION commit_slowly();""";

  private static final String WAITING =
      "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
          + " AND datname = current_database()";

  private final PgConnectOptions database;
  private final PgConnection outside;

  private SlowCommits(PgConnectOptions database, PgConnection outside) {
    this.database = database;
    this.outside = outside;
  }

  /** Prepares a database of a test's own; holds up nothing yet. */
  public static SlowCommits of(Vertx vertx, PgConnectOptions database, String table)
      throws Exception {
    PgConnection outside = PostgresServer.await(PgConnection.connect(vertx, database));
    PostgresServer.await(outside.query(TRIGGER.replace("%s", table)).execute());
    return new SlowCommits(database, outside);
  }

  /** From now on they wait. */
  public void hold() throws Exception {
    PostgresServer.await(outside.query("SELECT pg_advisory_lock(77)").execute());
  }

  /** Lets them be stored. */
  public void letGo() throws Exception {
    PostgresServer.await(outside.query("SELECT pg_advisory_unlock(77)").execute());
  }

  /** Whether so many sessions, or more, wait for a lock. */
  public boolean isWaiting(int sessions) throws Exception {
    return PostgresServer.run(database, WAITING).size() >= sessions;
  }

  /** Returns when so many sessions wait for a lock. */
  public void awaitWaiting(int sessions) {
    await().atMost(LIMIT).until(() -> isWaiting(sessions));
  }

  /** Holds up nothing any more. */
  @Override
  public void close() {
    Future<Void> closed = outside.close();
    await().atMost(LIMIT).until(closed::isComplete);
  }
}

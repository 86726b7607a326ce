package io.signalbox.gateway.ledger.postgres;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A connection of the pool. Used by one thread at a time. */
final class PgLink {
  private final PgConnection connection;
  private volatile long answerTimeoutMillis;
  private volatile boolean lost;
  private volatile long usedNanos;
  private volatile Runnable onLoss = () -> {};

  PgLink(PgConnection connection, long answerTimeoutMillis) {
    this.connection = connection;
    this.answerTimeoutMillis = answerTimeoutMillis;
    connection.closeHandler(
        ignored -> {
          lost = true;
          onLoss.run();
        });
    connection.exceptionHandler(failure -> lost = true);
  }

  PgConnection connection() {
    return connection;
  }

  /** Whether it is of no use any more. */
  boolean isLost() {
    return lost;
  }

  /** It is of no use any more, whatever the client thinks. */
  void lose() {
    lost = true;
  }

  /** Has a bell rung when the connection is closed, by whomever; it must not block. */
  void onLoss(Runnable bell) {
    onLoss = bell;
  }

  /** From now on, answers may take that long. */
  void waitFor(long millis) {
    answerTimeoutMillis = millis;
  }

  void used(long nowNanos) {
    usedNanos = nowNanos;
  }

  long idleNanos(long nowNanos) {
    return nowNanos - usedNanos;
  }

  /** Runs a command and waits for its end. */
  RowSet<Row> run(String command) throws SQLException {
    return await(connection.query(command).execute());
  }

  /**
   * Asks the server for a sign of life.
   *
   * @param millis how long it is waited for at most
   */
  void ping(long millis) throws SQLException {
    await(connection.query("SELECT 1").execute(), Math.min(millis, answerTimeoutMillis));
  }

  /** Waits for an answer; none in time means that the connection is lost. */
  <T> T await(Future<T> answer) throws SQLException {
    return await(answer, answerTimeoutMillis);
  }

  private <T> T await(Future<T> answer, long millis) throws SQLException {
    try {
      return answer.toCompletionStage().toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failed(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      lost = true;
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while PostgreSQL was asked", PgFailures.NO_ANSWER, e);
    }
  }

  /** Notes a failure of this connection, and tells it with its state. */
  SQLException failed(Throwable failure) {
    SQLException told = PgFailures.of(failure);
    if (PgFailures.losesConnection(told.getSQLState())) {
      lost = true;
    }
    return told;
  }
}

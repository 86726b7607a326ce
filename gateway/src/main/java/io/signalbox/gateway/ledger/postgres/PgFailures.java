package io.signalbox.gateway.ledger.postgres;

import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong at PostgreSQL, told as SQLSTATEs. Pure functions. Classes of states are those of
 * the PostgreSQL manual, appendix A.
 */
final class PgFailures {
  /** There is no connection: the server is away. */
  static final String NO_CONNECTION = "08001";

  /** The connection is lost. */
  static final String CONNECTION_LOST = "08006";

  /** There was no answer in time: nobody knows what became of the request. */
  static final String NO_ANSWER = "08007";

  /** No connection of the pool became free in time. */
  static final String POOL_EXHAUSTED = "53300";

  /** A lock was not had in time. */
  static final String LOCK_NOT_AVAILABLE = "55P03";

  /** A key is stored already. */
  static final String UNIQUE = "23505";

  /** Others have taken this node for dead: no SQLSTATE of the manual. */
  static final String NOT_A_NODE = "SB001";

  private static final String DEADLOCK = "40P01";
  private static final String CANCELLED = "57014";
  private static final String UNDEFINED_TABLE = "42P01";
  private static final String SERIALIZATION = "40001";
  private static final String READ_ONLY = "25006";

  private PgFailures() {}

  /** A failure of the client, with its state. */
  static SQLException of(Throwable failure) {
    if (failure instanceof SQLException sql) {
      return sql;
    }
    if (failure instanceof PgException pg) {
      return new SQLException(text(pg), pg.getSqlState(), pg);
    }
    if (failure instanceof TimeoutException) {
      return new SQLException("PostgreSQL did not answer in time", NO_ANSWER, failure);
    }
    return new SQLException(
        "the connection to PostgreSQL failed: " + failure.getMessage(), CONNECTION_LOST, failure);
  }

  /** Without the detail, which may quote a row. */
  private static String text(PgException failure) {
    return failure.getErrorMessage() + " (" + failure.getSqlState() + ")";
  }

  /**
   * Whether a transaction that was not committed may succeed if it is done again at once. Not if
   * the server is away or stands still: that would only make its callers wait several times as
   * long.
   */
  static boolean mayPass(@Nullable String state) {
    return DEADLOCK.equals(state)
        || SERIALIZATION.equals(state)
        || (losesConnection(state) && !NO_CONNECTION.equals(state) && !NO_ANSWER.equals(state));
  }

  /** Whether somebody was in the way of a lock, or it took too long: it may work another time. */
  static boolean isPassing(@Nullable String state) {
    return LOCK_NOT_AVAILABLE.equals(state) || DEADLOCK.equals(state) || CANCELLED.equals(state);
  }

  /** Whether a table is not there any more. */
  static boolean isMissing(@Nullable String state) {
    return UNDEFINED_TABLE.equals(state);
  }

  /**
   * Whether the connection is of no use any more: it is lost, the server goes down, or it has
   * become a standby that takes no writes (a pool would stay with it for ever).
   */
  static boolean losesConnection(@Nullable String state) {
    return state != null
        && (state.startsWith("08") || state.startsWith("57P") || state.equals(READ_ONLY));
  }
}

package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second gateway from a ledger, since a start ends attempts that nobody else may be at. A
 * lock of the database's session says who may open it; a number that grows with each owner is
 * checked in every transaction that writes, so that an owner whose lock was lost on the way, and
 * taken by another, writes no more.
 */
final class PgOwner {
  /** The topic of {@code ledger_revisions} that counts owners. */
  static final String TOPIC = "OWNER";

  private static final Logger LOG = LoggerFactory.getLogger(PgOwner.class);

  /** Of the advisory lock: any number that nobody else uses. */
  private static final long LOCK = 0x5167_6e61_6c62_6f79L;

  private static final String TAKE = "SELECT pg_advisory_lock(" + LOCK + ")";
  private static final String TRY = "SELECT pg_try_advisory_lock(" + LOCK + ")";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final long WAIT_MILLIS = 2_000;
  private static final long LOOK_MILLIS = 1_000;

  private final Vertx vertx;
  private final PgPool pool;
  private final long number;
  private final long timer;
  private volatile @Nullable PgLink link;
  private volatile boolean looking;
  private volatile boolean closed;

  private PgOwner(Vertx vertx, PgPool pool, PgLink link, long number) {
    this.vertx = vertx;
    this.pool = pool;
    this.link = link;
    this.number = number;
    this.timer = vertx.setPeriodic(LOOK_MILLIS, tick -> look());
  }

  /**
   * Makes this process the owner of a ledger; blocks.
   *
   * @throws LedgerUnavailableException if another gateway has it
   */
  static PgOwner take(Vertx vertx, PgPool pool) throws SQLException {
    PgLink link = pool.alone();
    try {
      // An owner that has just closed may still be on its way out.
      link.run("SET lock_timeout = " + WAIT_MILLIS);
      link.run(TAKE);
      long number =
          link.run(
                  "UPDATE ledger_revisions SET revision = revision + 1 WHERE topic = '"
                      + TOPIC
                      + "' RETURNING revision")
              .iterator()
              .next()
              .getLong(0);
      return new PgOwner(vertx, pool, link, number);
    } catch (SQLException e) {
      pool.discard(link);
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw new LedgerUnavailableException(
            "the ledger in PostgreSQL is in use by another gateway; one ledger serves one process",
            e);
      }
      throw e;
    }
  }

  /** The number of this owner. */
  long number() {
    return number;
  }

  private void look() {
    PgLink current = link;
    if (closed || looking || (current != null && !current.isLost())) {
      return;
    }
    looking = true;
    vertx
        .executeBlocking(this::takeAgain, false)
        .onComplete(
            again -> looking = false,
            failure -> {
              looking = false;
              LOG.debug("the ledger's lock is not back: {}", failure.getMessage());
            });
  }

  /** With the connection the lock was lost; whoever has it now has a greater number. */
  private boolean takeAgain() throws SQLException {
    PgLink old = link;
    if (old != null) {
      link = null;
      pool.discard(old);
    }
    PgLink made = pool.alone();
    if (!closed && made.run(TRY).iterator().next().getBoolean(0)) {
      link = made;
      return true;
    }
    pool.discard(made);
    return false;
  }

  /** Lets others take the ledger. */
  void close() {
    closed = true;
    vertx.cancelTimer(timer);
    PgLink current = link;
    link = null;
    if (current != null) {
      pool.discard(current);
    }
  }
}

package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second gateway from a ledger, since a start ends attempts that nobody else may be at. A
 * lock of the database's session says who may open it; a number that grows with each owner is
 * checked in every transaction that writes, so that an owner whose lock was lost on the way, and
 * taken by another, writes no more. Once it has seen a number that is not its own it is fenced: it
 * lets go of the lock, and neither reads nor writes for the rest of its life. Thread-safe.
 */
final class PgOwner {
  /** The topic of {@code ledger_revisions} that counts owners. */
  static final String TOPIC = "OWNER";

  /** Of the advisory lock: any number that nobody else uses. */
  static final long LOCK = 0x5167_6e61_6c62_6f79L;

  private static final Logger LOG = LoggerFactory.getLogger(PgOwner.class);
  private static final String TAKE = "SELECT pg_advisory_lock(" + LOCK + ")";
  private static final String TRY = "SELECT pg_try_advisory_lock(" + LOCK + ")";
  private static final String NUMBER =
      "SELECT revision FROM ledger_revisions WHERE topic = '" + TOPIC + "'";
  private static final String RAISE =
      "UPDATE ledger_revisions SET revision = revision + 1 WHERE topic = '"
          + TOPIC
          + "' RETURNING revision";
  private static final long WAIT_MILLIS = 2_000;
  private static final long LOOK_MILLIS = 1_000;

  private final Vertx vertx;
  private final PgPool pool;
  private final AtomicReference<@Nullable PgLink> link;
  private final long number;
  private final long timer;
  private final AtomicBoolean fenced = new AtomicBoolean();
  private volatile boolean looking;
  private volatile boolean closed;

  private PgOwner(Vertx vertx, PgPool pool, PgLink link, long number) {
    this.vertx = vertx;
    this.pool = pool;
    this.link = new AtomicReference<>(link);
    this.number = number;
    this.timer = vertx.setPeriodic(LOOK_MILLIS, tick -> look());
  }

  /** What makes a ledger ready for its owner. */
  interface Preparation {
    void run() throws SQLException, IOException;
  }

  /**
   * Makes this process the owner of a ledger; blocks.
   *
   * @param preparation what to do when nobody else can be at the ledger any more
   * @throws LedgerUnavailableException if another gateway has it
   */
  static PgOwner take(Vertx vertx, PgPool pool, Preparation preparation)
      throws SQLException, IOException {
    PgLink link = pool.alone();
    PgOwner owner = null;
    try {
      lock(link);
      preparation.run();
      owner = new PgOwner(vertx, pool, link, first(link.run(RAISE)).getLong(0));
      return owner;
    } finally {
      if (owner == null) {
        pool.discard(link);
      }
    }
  }

  private static void lock(PgLink link) throws SQLException {
    try {
      // An owner that has just closed may still be on its way out.
      link.run("SET lock_timeout = " + WAIT_MILLIS);
      link.run(TAKE);
    } catch (SQLException e) {
      if (PgFailures.LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw new LedgerUnavailableException(
            "the ledger in PostgreSQL is in use by another gateway; one ledger serves one process",
            e);
      }
      throw e;
    }
  }

  private static Row first(RowSet<Row> rows) {
    return rows.iterator().next();
  }

  /**
   * Looks whether this is still the owner, as far as is known without asking.
   *
   * @throws SQLException if another gateway has taken the ledger
   */
  void check() throws SQLException {
    if (fenced.get()) {
      throw taken();
    }
  }

  /**
   * Looks whether this is still the owner.
   *
   * @param stored the number that the ledger has
   * @throws SQLException if another gateway has taken the ledger
   */
  void check(long stored) throws SQLException {
    if (stored == number && !fenced.get()) {
      return;
    }
    if (fenced.compareAndSet(false, true)) {
      LOG.error(
          "another gateway has taken the ledger: owner {} was followed by {}; this one reads and"
              + " writes no more, and has to be started again",
          number,
          stored);
      letGo();
    }
    throw taken();
  }

  private static SQLException taken() {
    return new SQLException("another gateway has taken the ledger", PgFailures.NOT_THE_OWNER);
  }

  private void look() {
    if (looking) {
      return;
    }
    looking = true;
    vertx
        .<Boolean>executeBlocking(() -> holds() || takeAgain(), false)
        .onComplete(
            held -> looking = false,
            failure -> {
              looking = false;
              LOG.debug("the ledger's lock is not back: {}", failure.getMessage());
            });
  }

  /** Asks, too, so that a connection whose server has vanished is noticed. */
  private boolean holds() throws SQLException {
    PgLink current = link.get();
    if (current == null || current.isLost()) {
      return false;
    }
    long stored;
    try {
      stored = first(current.run(NUMBER)).getLong(0);
    } catch (SQLException e) {
      LOG.debug("the ledger's lock does not answer: {}", e.getMessage());
      return false;
    }
    check(stored);
    return true;
  }

  /** With the connection the lock was lost; if another has had it since, it is gone for good. */
  private boolean takeAgain() throws SQLException {
    check();
    letGo();
    PgLink made = pool.alone();
    boolean kept = false;
    try {
      boolean locked = first(made.run(TRY)).getBoolean(0);
      // Only now: whoever had the lock before has raised the number, or never will.
      check(first(made.run(NUMBER)).getLong(0));
      if (locked) {
        link.set(made);
        kept = true;
        if (closed || fenced.get()) {
          letGo();
        }
      }
      return locked;
    } finally {
      if (!kept) {
        pool.discard(made);
      }
    }
  }

  /** Lets others take the ledger. */
  void close() {
    closed = true;
    letGo();
  }

  private void letGo() {
    if (closed || fenced.get()) {
      vertx.cancelTimer(timer);
    }
    PgLink current = link.getAndSet(null);
    if (current != null) {
      pool.discard(current);
    }
  }
}

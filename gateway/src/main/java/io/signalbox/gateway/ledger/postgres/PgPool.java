package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.PoolStats;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections for the ledger's own threads, which may block. The client's pool has no minimum,
 * tries no connection before it lends it, and takes back one whose server stands still; this one
 * does not. Thread-safe.
 */
final class PgPool {
  private static final Logger LOG = LoggerFactory.getLogger(PgPool.class);
  private static final long TEND_MILLIS = 1_000;
  private static final int UNANSWERED_EACH = 2;
  private static final long FORGET_MILLIS = 60_000;

  private final Vertx vertx;
  private final PostgresOptions options;
  private final LongSupplier nanos;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<PgLink> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();

  /** Attempts to connect that nobody may be waiting for any more. */
  private final AtomicInteger unanswered = new AtomicInteger();

  private final long timer;
  private volatile boolean closed;
  private volatile boolean filling;

  PgPool(Vertx vertx, PostgresOptions options, LongSupplier nanos) {
    this.vertx = vertx;
    this.options = options;
    this.nanos = nanos;
    this.permits = new Semaphore(options.maxConnections(), true);
    this.timer = vertx.setPeriodic(TEND_MILLIS, ignored -> tend());
  }

  PostgresOptions options() {
    return options;
  }

  /** What the pool is doing. */
  PoolStats stats() {
    int used = options.maxConnections() - permits.availablePermits();
    return new PoolStats(options.maxConnections(), open.get(), used, waiting.get());
  }

  /** Lends a connection that works, as far as can be known. */
  PgLink acquire() throws SQLException {
    waiting.incrementAndGet();
    try {
      if (!permits.tryAcquire(options.acquireTimeoutMillis(), TimeUnit.MILLISECONDS)) {
        throw new SQLException(
            "no connection to PostgreSQL became free in " + options.acquireTimeoutMillis() + " ms",
            PgFailures.POOL_EXHAUSTED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", PgFailures.CONNECTION_LOST, e);
    } finally {
      waiting.decrementAndGet();
    }
    try {
      PgLink link = idle();
      return link == null ? connect() : link;
    } catch (SQLException | RuntimeException e) {
      permits.release();
      throw e;
    }
  }

  private @Nullable PgLink idle() throws SQLException {
    PgLink link = idle.pollFirst();
    while (link != null) {
      if (!link.isLost() && (isFresh(link) || answers(link))) {
        return link;
      }
      discard(link);
      link = idle.pollFirst();
    }
    return null;
  }

  private boolean isFresh(PgLink link) {
    return link.idleNanos(nanos.getAsLong())
        < TimeUnit.MILLISECONDS.toNanos(options.validateAfterMillis());
  }

  /** Whether it answers; fails at once if the server stands still, or has vanished. */
  private boolean answers(PgLink link) throws SQLException {
    try {
      link.ping(options.connectTimeoutMillis());
      return true;
    } catch (SQLException e) {
      LOG.info("a connection to PostgreSQL is replaced: {}", e.getMessage());
      if (PgFailures.NO_ANSWER.equals(e.getSQLState())) {
        // The others would be waited for just as long, one after another.
        discard(link);
        discardIdle();
        throw e;
      }
      return false;
    }
  }

  private PgLink connect() throws SQLException {
    if (closed) {
      throw new SQLException("the ledger is closed", PgFailures.CONNECTION_LOST);
    }
    try {
      return link(connecting(options.login()).toCompletionStage().toCompletableFuture().get());
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String why =
          cause instanceof TimeoutException
              ? "no answer in " + options.connectTimeoutMillis() + " ms"
              : PgFailures.of(cause).getMessage();
      throw new SQLException(
          "no connection to PostgreSQL: " + why, PgFailures.NO_CONNECTION, cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", PgFailures.CONNECTION_LOST, e);
    }
  }

  private Future<PgConnection> connecting(PgConnectOptions login) {
    if (unanswered.incrementAndGet() > UNANSWERED_EACH * options.maxConnections()) {
      unanswered.decrementAndGet();
      return Future.failedFuture("the server has not answered earlier attempts yet");
    }
    Future<PgConnection> made = PgConnection.connect(vertx, login);
    // Each keeps its socket. One to a machine that has vanished meanwhile may stay so for hours.
    made.timeout(FORGET_MILLIS, TimeUnit.MILLISECONDS)
        .onComplete(ended -> unanswered.decrementAndGet());
    return made.timeout(options.connectTimeoutMillis(), TimeUnit.MILLISECONDS)
        // It may still come, and nobody will want it then.
        .onFailure(e -> made.onSuccess(PgPool::close));
  }

  private PgLink link(PgConnection connection) {
    open.incrementAndGet();
    return new PgLink(connection, options.answerTimeoutMillis());
  }

  /** Takes a connection back; one that is lost is closed. */
  void release(PgLink link) {
    link.used(nanos.getAsLong());
    if (link.isLost() || closed) {
      discard(link);
    } else {
      idle.addFirst(link);
      if (closed) {
        discardIdle();
      }
    }
    permits.release();
  }

  /** A connection beside those that are lent, for what takes long; to be {@link #discard}ed. */
  PgLink alone() throws SQLException {
    return connect();
  }

  /** Closes a connection. */
  void discard(PgLink link) {
    open.decrementAndGet();
    close(link.connection());
  }

  private static void close(PgConnection connection) {
    connection
        .close()
        .onFailure(e -> LOG.debug("a connection to PostgreSQL did not close: {}", e.getMessage()));
  }

  /** Closes what is lost or was unused for long, and keeps the minimum; does not block. */
  private void tend() {
    long longIdle = TimeUnit.MILLISECONDS.toNanos(options.idleTimeoutMillis());
    Iterator<PgLink> links = idle.descendingIterator();
    while (links.hasNext()) {
      PgLink link = links.next();
      boolean old =
          link.idleNanos(nanos.getAsLong()) > longIdle && open.get() > options.minConnections();
      // Whoever removes it owns it: another thread may be taking it right now.
      if ((link.isLost() || old) && idle.remove(link)) {
        discard(link);
      }
    }
    // One at a time: a server that takes no connections must not use up the permits.
    if (open.get() < options.minConnections() && !filling && permits.tryAcquire()) {
      filling = true;
      vertx
          .executeBlocking(options::login, false)
          .compose(this::connecting)
          .onComplete(
              connection -> {
                filling = false;
                release(link(connection));
              },
              e -> {
                filling = false;
                permits.release();
                LOG.debug("no spare connection to PostgreSQL: {}", e.getMessage());
              });
    }
  }

  /** Closes all that is not lent; what is lent is closed when it comes back. */
  void close() {
    closed = true;
    vertx.cancelTimer(timer);
    discardIdle();
  }

  private void discardIdle() {
    PgLink link = idle.pollFirst();
    while (link != null) {
      discard(link);
      link = idle.pollFirst();
    }
  }
}

package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.PoolStats;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few threads that read, each read with a connection of its own for its time. Thread-safe. */
final class ReaderPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReaderPool.class);
  private static final long CLOSE_SECONDS = 10;
  private static final int MAX_TRIES = 3;
  private static final int MAX_LONG_READS = 32;

  private final SqlEngine engine;
  private final Contents contents;
  private final BlockingQueue<ReadSession> idle;
  private final ThreadPoolExecutor threads;
  private final OneByOne longReads;

  ReaderPool(SqlEngine engine, SqlLedgerOptions options, Contents contents) {
    this.engine = engine;
    this.contents = contents;
    this.idle = new ArrayBlockingQueue<>(options.readers());
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            options.readers(),
            options.readers(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(options.maxWaitingReads()),
            task -> {
              Thread thread =
                  new Thread(task, "signalbox-ledger-reader-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.longReads = new OneByOne(threads, MAX_LONG_READS);
  }

  /** The readers that read, and the reads that wait for one; cheap. */
  PoolStats connections() {
    int most = threads.getMaximumPoolSize();
    int reading = threads.getActiveCount();
    return new PoolStats(most, reading + idle.size(), reading, threads.getQueue().size());
  }

  /**
   * Reads what is committed.
   *
   * @return fails with {@link LedgerUnavailableException} if too many reads wait or the store
   *     cannot be read
   */
  <T> Future<T> read(Query<T> query) {
    Reply<T> reply = new Reply<>();
    try {
      threads.execute(() -> answer(query, reply));
    } catch (RejectedExecutionException e) {
      return Future.failedFuture(tooMany());
    }
    return reply.future();
  }

  /** The same for what takes long: of such reads one runs at a time, and only some may wait. */
  <T> Future<T> readLong(Query<T> query) {
    Reply<T> reply = new Reply<>();
    try {
      return longReads.offer(() -> answer(query, reply))
          ? reply.future()
          : Future.failedFuture(new LedgerUnavailableException("too many long reads wait"));
    } catch (RejectedExecutionException e) {
      return Future.failedFuture(tooMany());
    }
  }

  private LedgerUnavailableException tooMany() {
    return new LedgerUnavailableException(
        threads.isShutdown() ? "the ledger is closed" : "too many reads wait");
  }

  private <T> void answer(Query<T> query, Reply<T> reply) {
    int tries = 1;
    while (!answered(query, reply, tries == MAX_TRIES)) {
      tries++;
    }
    Replies.deliver(List.of(reply));
  }

  /** Whether there is an answer, be it a failure; not if a read is worth another try. */
  private <T> boolean answered(Query<T> query, Reply<T> reply, boolean lastTry) {
    ReadSession session = null;
    try {
      session = idle.poll();
      if (session == null) {
        session = new ReadSession(engine.reader(), contents);
      }
      T result = query.run(session);
      session.end();
      reply.succeed(result);
      giveBack(session);
    } catch (SQLException e) {
      discard(session);
      if (!lastTry && engine.mayPass(e)) {
        LOG.info("a read of the ledger is tried again: {}", e.getMessage());
        return false;
      }
      reply.fail(
          new LedgerUnavailableException(
              "the ledger cannot be read: " + e.getMessage(), e, engine.sqlState(e)));
    } catch (RuntimeException | Error e) {
      reply.fail(e);
      discard(session);
    }
    return true;
  }

  private void giveBack(ReadSession session) {
    if (!idle.offer(session)) {
      discard(session);
    }
  }

  private static void discard(@Nullable ReadSession session) {
    if (session != null) {
      try {
        session.close();
      } catch (SQLException e) {
        LOG.warn("a reading connection to the ledger did not close: {}", e.getMessage());
      }
    }
  }

  /** Ends all reads that were asked for, then closes the connections. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("reads of the ledger are still under way at its close");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ReadSession session = idle.poll();
    while (session != null) {
      discard(session);
      session = idle.poll();
    }
  }

  /** A read; runs on a reader's thread. */
  @FunctionalInterface
  interface Query<T> {
    T run(ReadSession session) throws SQLException;
  }
}

package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.QuotaLedger.Taken;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes quotas beside the writer, on a connection whose statements are durable each by itself. All
 * nodes change the same few rows: in the midst of a group commit they would wait for each other's
 * commits, and for the one of a node that stands still. One thread; callers may be on any.
 */
final class QuotaWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QuotaWriter.class);
  private static final int MOST_WAITING = 1_000;
  private static final long CLOSE_SECONDS = 10;

  private final Supplier<SqlConnection> connections;
  private final ThreadPoolExecutor thread;
  private @Nullable SqlConnection connection;
  private @Nullable QuotaTable table;

  /**
   * Makes it.
   *
   * @param connections gives one that connects when it is needed
   */
  QuotaWriter(Supplier<SqlConnection> connections) {
    this.connections = connections;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread made = new Thread(task, "signalbox-ledger-quotas");
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * Takes.
   *
   * @return fails with {@link LedgerUnavailableException} if too many wait or the store cannot be
   *     written
   */
  Future<Taken> submit(QuotaTable.Taking taking) {
    Reply<Taken> reply = new Reply<>();
    try {
      thread.execute(() -> answer(taking, reply));
    } catch (RejectedExecutionException e) {
      return Future.failedFuture(
          new LedgerUnavailableException(
              thread.isShutdown() ? "the ledger is closed" : "too many quotas are asked for"));
    }
    return reply.future();
  }

  private void answer(QuotaTable.Taking taking, Reply<Taken> reply) {
    try {
      Taken taken = taking.of(table());
      if (connection != null) {
        connection.commit();
      }
      reply.succeed(taken);
    } catch (SQLException e) {
      // Not again: it may have been taken, and only its answer was lost.
      discard();
      reply.fail(
          new LedgerUnavailableException(
              "a quota was not taken: " + e.getMessage(), e, e.getSQLState()));
    } catch (RuntimeException | Error e) {
      discard();
      reply.fail(e);
    }
    Replies.deliver(List.of(reply));
  }

  private QuotaTable table() throws SQLException {
    QuotaTable open = table;
    if (open == null) {
      SqlConnection made = connections.get();
      connection = made;
      open = new QuotaTable(made);
      table = open;
    }
    return open;
  }

  private void discard() {
    SqlConnection old = connection;
    connection = null;
    table = null;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException e) {
        LOG.warn("a connection to the ledger did not close: {}", e.getMessage());
      }
    }
  }

  /** Ends what was asked for. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("quotas are still being taken at the ledger's close");
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    discard();
  }
}

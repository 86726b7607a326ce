package io.signalbox.gateway.ledger.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves pages from the write-ahead log into the ledger's file, on a thread and connection of its
 * own, so that commits do not wait for it.
 *
 * <p>While the writer writes, a checkpoint never catches up, and only one that does lets the log
 * start again from its beginning. So the bulk is moved beside the writer, and only the few pages
 * that came meanwhile are moved while the writer stands still. That bounds the log.
 */
final class Checkpointer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
  // A change dirties at most about one page, accepting a third of one, and a commit a few more. The
  // log may grow to 10,000 pages, which are 40 MB; pages that change often are moved less often.
  private static final int PAGES_OF_A_COMMIT = 3;
  private static final int PAGES_BETWEEN = 10_000;
  private static final long IDLE_MILLIS = 2_000;
  private static final long CLOSE_MILLIS = 10_000;

  private final Connection connection;
  private final ReentrantLock writing = new ReentrantLock();
  private final BlockingQueue<Boolean> bell = new ArrayBlockingQueue<>(1);
  private final AtomicBoolean grown = new AtomicBoolean();
  private final AtomicBoolean emptying = new AtomicBoolean();
  private final Thread thread;
  private volatile boolean closed;
  // Of the writer's thread alone.
  private int pages;

  /** Makes a checkpointer that owns the connection. */
  Checkpointer(Connection connection) {
    this.connection = connection;
    this.thread = new Thread(this::run, "signalbox-ledger-checkpointer");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Runs a transaction of the writer while no checkpoint asks it to stand still. */
  boolean undisturbed(BooleanSupplier transaction) {
    writing.lock();
    try {
      return transaction.getAsBoolean();
    } finally {
      writing.unlock();
    }
  }

  /** Tells of a commit; called by the writer's thread. */
  void committed(int changes) {
    grown.set(true);
    pages += changes + PAGES_OF_A_COMMIT;
    if (pages >= PAGES_BETWEEN && bell.offer(Boolean.TRUE)) {
      pages = 0;
    }
  }

  /** Empties the log as soon as no reader is in the way: it holds what pages were before. */
  void truncate() {
    emptying.set(true);
    if (!bell.offer(Boolean.TRUE)) {
      LOG.debug("the checkpointer is awake already");
    }
  }

  private void run() {
    try {
      while (!closed) {
        boolean rung = bell.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS) != null;
        if (rung && !closed) {
          checkpoint("PASSIVE");
        }
        if (!closed && emptying.getAndSet(false)) {
          if (!whileWriterStands("TRUNCATE")) {
            emptying.set(true);
          }
        } else if (rung && !closed) {
          whileWriterStands("PASSIVE");
        } else if (grown.getAndSet(false)) {
          whileWriterStands("TRUNCATE");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean whileWriterStands(String mode) {
    writing.lock();
    try {
      return checkpoint(mode);
    } finally {
      writing.unlock();
    }
  }

  /**
   * A failed checkpoint loses nothing: the log keeps the pages, and the next one tries again.
   *
   * @return whether it was done
   */
  private boolean checkpoint(String mode) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      if (row.next() && row.getInt(1) != 0) {
        LOG.debug("a checkpoint was kept back by a reader");
        return false;
      }
      return true;
    } catch (SQLException e) {
      LOG.warn("a checkpoint of the ledger failed: {}", e.getMessage());
      return false;
    }
  }

  /** Ends the thread and moves what is left; called after the writer's last commit. */
  @Override
  public void close() throws SQLException {
    closed = true;
    if (!bell.offer(Boolean.TRUE)) {
      LOG.debug("the checkpointer is awake already");
    }
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!checkpoint("TRUNCATE")) {
      LOG.debug("the next start empties the log");
    }
    connection.close();
  }
}

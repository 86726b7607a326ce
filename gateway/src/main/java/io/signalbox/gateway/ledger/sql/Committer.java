package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.text.Complaints;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a batch of changes as one transaction. A change that fails by itself fails alone; if the
 * store fails, all of them do, and the connection is made anew for the next batch, since nobody
 * knows what state the old one is in. Used by the writer's thread alone.
 */
final class Committer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
  private static final int MAX_TRIES = 3;

  private final SqlEngine engine;
  private final Contents contents;
  private final EventOutlet outlet;
  private final AddressFilter suppressed = new AddressFilter();

  /** While the store is away, many batches fail in a second. */
  private final Complaints complaints;

  private @Nullable WriteSession session;
  private boolean committing;

  /**
   * Makes one that connects when it is needed.
   *
   * @param millis the time by which it complains
   */
  Committer(SqlEngine engine, Contents contents, EventOutlet outlet, LongSupplier millis) {
    this.engine = engine;
    this.contents = contents;
    this.outlet = outlet;
    this.complaints = new Complaints(millis);
  }

  /**
   * Commits; afterwards each change has its result or its failure.
   *
   * @return whether a transaction was committed
   */
  boolean commit(List<PendingChange<?>> batch) {
    for (int tries = 1; ; tries++) {
      committing = false;
      try {
        apply(batch);
        return true;
      } catch (SQLException e) {
        discardSession();
        if (committing || tries == MAX_TRIES || !engine.mayPass(e)) {
          refuse(batch, e);
          return false;
        }
        LOG.info("{} changes are tried again: {}", batch.size(), e.getMessage());
        // Whatever it was: nothing of this batch may be reported as durable.
      } catch (RuntimeException | Error e) {
        discardSession();
        refuse(batch, e);
        return false;
      }
    }
  }

  private void apply(List<PendingChange<?>> batch) throws SQLException {
    WriteSession open = session();
    open.begin();
    if (!applyTogether(open, batch)) {
      open.rollback();
      open.begin();
      applyApart(open, batch);
    }
    committing = true;
    open.commit();
  }

  private void refuse(List<PendingChange<?>> batch, Throwable cause) {
    int times = complaints.count(kind(cause));
    if (times > 0) {
      LOG.error(
          "{} commits failed, the last one with {} changes: {}",
          times,
          batch.size(),
          cause.getMessage());
    }
    String message = "the ledger cannot be written: " + cause.getMessage();
    LedgerUnavailableException unavailable =
        cause instanceof SQLException failure && engine.isFenced(failure)
            ? LedgerUnavailableException.fenced(message, cause)
            : new LedgerUnavailableException(message, cause);
    batch.forEach(change -> change.refuse(unavailable));
  }

  private static String kind(Throwable cause) {
    return cause.getClass().getName()
        + (cause instanceof SQLException failure ? " " + failure.getSQLState() : "");
  }

  /** The usual way, without the cost of marks; false if a change failed by itself. */
  private boolean applyTogether(WriteSession open, List<PendingChange<?>> batch)
      throws SQLException {
    open.readAhead(batch);
    for (PendingChange<?> change : batch) {
      try {
        change.apply(open);
      } catch (SQLException e) {
        throwUnlessOwnFault(e);
        return false;
      } catch (RuntimeException e) {
        return false;
      }
    }
    try {
      open.flush();
      return true;
    } catch (SQLException e) {
      throwUnlessOwnFault(e);
      return false;
    }
  }

  private void applyApart(WriteSession open, List<PendingChange<?>> batch) throws SQLException {
    for (PendingChange<?> change : batch) {
      int tries = 1;
      while (!applyAlone(open, change, tries)) {
        tries++;
      }
    }
  }

  /** False if another node was in its way, and it may be done again. */
  private boolean applyAlone(WriteSession open, PendingChange<?> change, int tries)
      throws SQLException {
    open.mark();
    try {
      change.apply(open);
      open.keep();
    } catch (SQLException e) {
      throwUnlessOwnFault(e);
      open.undo();
      if (engine.isCollision(e) && tries < MAX_TRIES) {
        return false;
      }
      change.refuse(new IllegalStateException("the ledger refused a change", e));
    } catch (RuntimeException e) {
      open.undo();
      change.refuse(e);
    }
    return true;
  }

  private void throwUnlessOwnFault(SQLException e) throws SQLException {
    if (!engine.isFaultOfOneChange(e)) {
      throw e;
    }
  }

  private WriteSession session() throws SQLException {
    WriteSession open = session;
    if (open == null) {
      open = new WriteSession(engine.writer(), contents, outlet, suppressed);
      session = open;
    }
    return open;
  }

  private void discardSession() {
    WriteSession old = session;
    session = null;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException e) {
        LOG.warn("a broken connection to the ledger did not close: {}", e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    discardSession();
  }
}

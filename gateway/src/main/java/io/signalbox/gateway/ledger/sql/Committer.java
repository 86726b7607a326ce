package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.RefusedChangeException;
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
  private final WaitingCount waiting;
  private final AddressFilter suppressed = new AddressFilter();

  /** While the store is away, many batches fail in a second. */
  private final Complaints complaints;

  private @Nullable WriteSession session;
  private boolean committing;

  /**
   * Makes one that connects when it is needed.
   *
   * @param waiting told how many wait after each commit
   * @param millis the time by which it complains
   */
  Committer(
      SqlEngine engine,
      Contents contents,
      EventOutlet outlet,
      WaitingCount waiting,
      LongSupplier millis) {
    this.engine = engine;
    this.contents = contents;
    this.outlet = outlet;
    this.waiting = waiting;
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
    open.begin(batch);
    Result result = commitTogether(open, batch);
    if (result == Result.COLLIDED) {
      // Whoever was first has committed by now, and is found: all others cost no more than this.
      open.rollback();
      open.begin(batch);
      result = commitTogether(open, batch);
    }
    if (result != Result.COMMITTED) {
      open.rollback();
      open.begin(batch);
      applyApart(open, batch);
      finish(open, batch);
      committing = true;
      open.commit();
    }
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
    LedgerUnavailableException unavailable = unavailable(message, cause);
    batch.forEach(change -> change.refuse(unavailable));
  }

  private LedgerUnavailableException unavailable(String message, Throwable cause) {
    if (cause instanceof SQLException failure && engine.isFenced(failure)) {
      return LedgerUnavailableException.fenced(message, cause);
    }
    String state = cause instanceof SQLException failure ? engine.sqlState(failure) : null;
    return committing
        ? LedgerUnavailableException.undecided(message, cause, state)
        : new LedgerUnavailableException(message, cause, state);
  }

  private static String kind(Throwable cause) {
    return cause.getClass().getName()
        + (cause instanceof SQLException failure ? " " + failure.getSQLState() : "");
  }

  /** What became of a batch that was applied and committed as a whole. */
  private enum Result {
    COMMITTED,
    /** Another node was in the way of a change. */
    COLLIDED,
    /** A change failed by itself. */
    FAILED
  }

  /** The usual way, without the cost of marks, and of waiting before the commit. */
  private Result commitTogether(WriteSession open, List<PendingChange<?>> batch)
      throws SQLException {
    try {
      open.takeAhead();
      for (PendingChange<?> change : batch) {
        change.apply(open);
      }
      open.finish();
      committing = true;
      open.commit();
      return Result.COMMITTED;
    } catch (SQLException e) {
      if (committing && open.mayBeCommitted()) {
        throw e;
      }
      committing = false;
      throwUnlessOwnFault(e);
      return engine.isCollision(e) ? Result.COLLIDED : Result.FAILED;
    } catch (RuntimeException e) {
      if (committing) {
        throw e;
      }
      return Result.FAILED;
    }
  }

  private void applyApart(WriteSession open, List<PendingChange<?>> batch) throws SQLException {
    open.takeAhead();
    for (PendingChange<?> change : batch) {
      int tries = 1;
      while (!applyAlone(open, change, tries)) {
        tries++;
      }
    }
  }

  /** Writes the lines of the audit log; if it does not take them, their changes are not made. */
  private void finish(WriteSession open, List<PendingChange<?>> batch) throws SQLException {
    try {
      open.flush();
    } catch (SQLException e) {
      throwUnlessOwnFault(e);
      List<PendingChange<?>> audited = batch.stream().filter(PendingChange::isAudited).toList();
      List<PendingChange<?>> others =
          batch.stream().filter(change -> !audited.contains(change)).toList();
      open.rollback();
      open.begin(others);
      applyApart(open, others);
      open.flush();
      audited.forEach(
          change -> change.refuse(new IllegalStateException("the audit log refused a line", e)));
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
      change.refuse(new RefusedChangeException(e, engine.sqlState(e)));
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
      open = new WriteSession(engine.writer(), contents, outlet, suppressed, waiting);
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

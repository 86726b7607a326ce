package io.signalbox.gateway.ledger.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A change that waits for its commit. Handed from its caller to the writer's thread, which alone
 * touches the result until it delivers it.
 *
 * @param <T> what the change results in
 */
final class PendingChange<T> {
  private final Change<T> change;
  private final Reply<T> reply;
  private final int weight;
  private final long bytes;
  private @Nullable T result;
  private @Nullable Throwable failure;
  private Told told = Told.NOTHING;
  private boolean audited;

  /**
   * Makes a waiting change.
   *
   * @param weight how many changes it counts for
   * @param bytes how much content it holds
   */
  PendingChange(Change<T> change, Reply<T> reply, int weight, long bytes) {
    this.change = change;
    this.reply = reply;
    this.weight = weight;
    this.bytes = bytes;
  }

  int weight() {
    return weight;
  }

  long bytes() {
    return bytes;
  }

  void foresee(Foresight foresight) {
    change.foresee(foresight);
  }

  void apply(WriteSession session) throws SQLException {
    failure = null;
    told = Told.NOTHING;
    audited = false;
    session.news().begin();
    int lines = session.audit().waiting();
    try {
      result = change.apply(session);
      told = session.news().take();
      audited = session.audit().waiting() > lines;
      if (!change.keepsRows()) {
        session.forgetRows();
      }
    } catch (Refused refused) {
      refuse(refused.why());
    }
  }

  /** Notes that this change alone is refused, or that nothing was committed. */
  void refuse(Throwable cause) {
    result = null;
    told = Told.NOTHING;
    failure = cause;
  }

  /** Whether it was applied, and has lines in the audit log. */
  boolean isAudited() {
    return audited && failure == null;
  }

  /** What it means to applications, to be told once it is committed. */
  Told told() {
    return told;
  }

  /** What tells the caller, once the transaction has ended. */
  Reply<T> reply() {
    if (failure != null) {
      reply.fail(failure);
    } else {
      reply.succeed(result);
    }
    return reply;
  }
}

package io.signalbox.gateway.ledger;

import io.signalbox.gateway.ledger.AuditEntry.Who;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator does. A part of the ledger that is given one changes nothing without the
 * line in the audit log that says so: both are in one transaction.
 *
 * @param atMillis when, epoch milliseconds
 * @param who who does it
 * @param action what is done, such as {@code callback.create}
 */
public record Act(long atMillis, Who who, String action) {

  /** The same act at a later time, such as its end. */
  public Act at(long millis) {
    return new Act(millis, who, action);
  }

  /**
   * The line of an act that is done.
   *
   * @param target what it was done to
   * @param before what that was before, without secrets and recipients; null for nothing
   * @param after what it is now; null for nothing
   */
  public AuditEntry done(String target, @Nullable String before, @Nullable String after) {
    return line(target, before, after, AuditEntry.DONE, "");
  }

  /**
   * A line of this act.
   *
   * @param outcome how it went
   * @param detail why, for people
   */
  public AuditEntry line(
      String target,
      @Nullable String before,
      @Nullable String after,
      String outcome,
      String detail) {
    return new AuditEntry(atMillis, who, action, target, before, after, outcome, detail);
  }
}

package io.signalbox.gateway.ledger;

import org.jspecify.annotations.Nullable;

/**
 * One line of the audit log.
 *
 * @param atMillis when, epoch milliseconds
 * @param who who asked, from where, in which request
 * @param action what was asked for, such as {@code plugin.upload}
 * @param target what it was done to, such as the name of a plugin
 * @param before what it was before, such as the digest of a jar; null for nothing
 * @param after what it was to become; null for nothing
 * @param outcome how it went, such as {@code begun}, {@code running} or {@code refused}
 * @param detail why, for people; empty for nothing to add
 */
public record AuditEntry(
    long atMillis,
    Who who,
    String action,
    String target,
    @Nullable String before,
    @Nullable String after,
    String outcome,
    String detail) {

  /** The outcome of what was done. */
  public static final String DONE = "done";

  /** The outcome of the line that stands before an act that is more than one change. */
  public static final String ASKED = "asked";

  /** The outcome of what was refused. */
  public static final String REFUSED = "refused";

  /** The outcome of what did not work, or not wholly. */
  public static final String FAILED = "failed";

  /** The same with other values. */
  public AuditEntry with(@Nullable String newBefore, @Nullable String newAfter) {
    return new AuditEntry(atMillis, who, action, target, newBefore, newAfter, outcome, detail);
  }

  /**
   * Who did it.
   *
   * @param tenant the tenant of the caller's token
   * @param actor the subject of the caller's token
   * @param origin the address of the caller
   * @param correlationId of the request, as in the log and in the answer
   */
  public record Who(String tenant, String actor, String origin, String correlationId) {}
}

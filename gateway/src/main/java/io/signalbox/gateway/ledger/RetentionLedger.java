package io.signalbox.gateway.ledger;

import io.vertx.core.Future;

/**
 * Lets go of what has been kept for long enough, a little in each call. One caller at a time goes
 * on where the last call ended; several gateways at once do no harm, only work in vain.
 * Thread-safe.
 */
public interface RetentionLedger {

  /**
   * Removes notifications that were accepted and last changed before a time, with their attempts
   * and events. What is not finished stays: open, held, dead letters, what waits for a
   * confirmation, and what has an attempt under way. How many went, of which end, is kept.
   *
   * <p>A store may keep them somewhat longer, to remove many at once.
   */
  Future<Removed> removeNotifications(long beforeMillis);

  /**
   * Empties the contents, which are recipients and texts, of notifications that were accepted and
   * last changed before a time, and are finished as above. All else of them stays.
   */
  Future<Removed> removeContents(long beforeMillis);

  /** As above, of one tenant whose notifications are kept for a time of their own. */
  Future<Removed> removeNotifications(String tenant, long beforeMillis);

  /** Removes calls of operations, other than those that may do one, made before a time. */
  Future<Removed> removeCalls(long beforeMillis);

  /**
   * Removes operations that had their end before a time, and of which nothing is to be done, with
   * their attempts and claims.
   */
  Future<Removed> removeOperations(long beforeMillis);

  /**
   * As above, of one tenant whose notifications and operations are kept for a time of their own.
   */
  Future<Removed> removeOperations(String tenant, long beforeMillis);

  /** Removes receipts that came before a time and belong to no notification that is left. */
  Future<Removed> removeReceipts(long beforeMillis);

  /** Removes ids, given out before a time, that stood for a notification that is not left. */
  Future<Removed> removeAliases(long beforeMillis);

  /** Removes idempotency keys that were used before a time: they may be used again. */
  Future<Removed> removeIdempotencyKeys(long beforeMillis);

  /** Removes keys of requests that were taken before a time, with their answers. */
  Future<Removed> removeRequestKeys(long beforeMillis);

  /** Removes transitions of breakers before a time; the last one of each breaker stays. */
  Future<Removed> removeBreakerEvents(long beforeMillis);

  /**
   * Removes rankings that no attempt refers to any more.
   *
   * @param beforeMillis the same as for notifications; rankings stay some days longer
   */
  Future<Removed> removeRankings(long beforeMillis);

  /**
   * Removes the oldest lines of the audit log, those before a time; a line that says so takes their
   * place in its chain. Up to a day longer they may be kept, to remove many at once.
   */
  Future<Removed> removeAuditLines(long beforeMillis);

  /**
   * What a call has done.
   *
   * @param rows how many rows it removed, those that belong to others not counted
   * @param more whether there may be more to do
   */
  record Removed(int rows, boolean more) {
    /** For calls that remove something as long as anything is left. */
    public static Removed some(int rows) {
      return new Removed(rows, rows > 0);
    }
  }
}

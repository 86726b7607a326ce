package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AuditHead;
import io.signalbox.gateway.ledger.AuditRow;
import io.signalbox.gateway.ledger.AuditVerdict;
import io.signalbox.gateway.ledger.AuditVerifier;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A look at the whole audit log, page by page, so that other reads have their turn and no snapshot
 * of the store is held meanwhile. Old lines may be removed between two pages: then it begins again.
 * One step at a time, on any thread; a step that fails may be taken again.
 */
final class AuditWalk {
  /** A line has up to about 40 KiB. */
  private static final int PAGE = 250;

  /** Old lines go once in a while; whoever removes lines all the time is not waited for. */
  private static final int MOST_BEGINNINGS = 5;

  private final @Nullable AuditHead kept;
  private @Nullable AuditVerifier verifier;
  private long first;
  private long after;
  private int beginnings;

  /**
   * Begins before the first line.
   *
   * @param kept a head that was kept elsewhere; null for none
   */
  AuditWalk(@Nullable AuditHead kept) {
    this.kept = kept;
  }

  /** Looks at the next page; what it shows of all is there after the last one. */
  Optional<AuditVerdict> step(Log log) throws SQLException {
    AuditVerifier current = verifier;
    if (current == null) {
      current = begin(log);
    }
    List<AuditRow> page = log.following(after, PAGE);
    boolean going = true;
    for (AuditRow row : page) {
      after = row.seq();
      going &= current.accept(row);
    }
    if (going && page.size() == PAGE) {
      return Optional.empty();
    }
    AuditVerdict verdict = current.end(log.head());
    if (verdict.fault() != null && beginnings < MOST_BEGINNINGS && log.first() != first) {
      verifier = null;
      return Optional.empty();
    }
    return Optional.of(verdict);
  }

  private AuditVerifier begin(Log log) throws SQLException {
    AuditVerifier begun = new AuditVerifier(log.head().orElse(AuditHead.NONE), kept);
    first = log.first();
    after = Long.MIN_VALUE;
    beginnings++;
    verifier = begun;
    return begun;
  }

  /** What is read of the log. */
  interface Log {
    /** Where the chain ends; empty if that is not written down any more. */
    Optional<AuditHead> head() throws SQLException;

    /** The number of the oldest line; 0 if there is none. */
    long first() throws SQLException;

    /**
     * The oldest lines that have larger numbers, oldest first.
     *
     * @param limit at most so many
     */
    List<AuditRow> following(long seq, int limit) throws SQLException;
  }
}

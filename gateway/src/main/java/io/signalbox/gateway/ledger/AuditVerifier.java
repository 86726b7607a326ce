package io.signalbox.gateway.ledger;

import io.signalbox.gateway.ledger.AuditVerdict.Fault;
import io.signalbox.gateway.ledger.AuditVerdict.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the lines of the audit log one after another, in the order of their numbers, and finds
 * the first thing that is wrong with their chain. Keeps no line. Not thread-safe.
 */
public final class AuditVerifier {
  /** So far away another place of a line is looked for. */
  private static final long FARTHEST = 10_000;

  private final AuditHead atLeast;
  private final @Nullable AuditHead kept;
  private AuditHead last = AuditHead.NONE;
  private @Nullable AuditHead removed;
  private @Nullable Fault fault;
  private boolean removalIsTold;
  private long lines;
  private long unchained;

  /**
   * Begins.
   *
   * @param atLeast a head that was read before the first line
   * @param kept a head that was kept elsewhere; null for none
   */
  public AuditVerifier(AuditHead atLeast, @Nullable AuditHead kept) {
    this.atLeast = atLeast;
    this.kept = kept == null || kept.seq() == 0 ? null : kept;
  }

  /**
   * Looks at the next line.
   *
   * @return whether to go on: not after a fault
   */
  public boolean accept(AuditRow row) {
    if (fault != null) {
      return false;
    }
    if (row.seq() <= 0) {
      unchained++;
      return true;
    }
    lines++;
    fault = lines == 1 ? first(row) : link(row);
    if (fault == null) {
      fault = content(row);
    }
    if (fault == null && lines == 1) {
      fault = before(row);
    }
    if (fault == null) {
      AuditChain.removed(row.entry()).ifPresent(this::told);
      last = new AuditHead(row.seq(), row.hash());
      fault = differsFrom(atLeast);
    }
    if (fault == null && kept != null && differsFrom(kept) != null) {
      fault = new Fault(Kind.REWRITTEN, row.seq(), "its hash is not the one that was kept");
    }
    return fault == null;
  }

  /** Lines before the first one may have been removed, if a later line says so. */
  private @Nullable Fault first(AuditRow row) {
    if (row.seq() == 1) {
      return row.previousHash().equals(AuditHead.NONE.hash())
          ? null
          : new Fault(Kind.CHANGED, 1, "the first line does not begin a chain");
    }
    AuditHead gone = new AuditHead(row.seq() - 1, row.previousHash());
    removed = gone;
    return kept == null ? null : withoutKept(kept, gone);
  }

  /** Whoever writes the log anew could let it begin behind the line that was kept. */
  private static @Nullable Fault withoutKept(AuditHead kept, AuditHead gone) {
    if (kept.seq() > gone.seq() || kept.equals(gone)) {
      return null;
    }
    return new Fault(
        Kind.REWRITTEN,
        kept.seq(),
        kept.seq() == gone.seq()
            ? "the line after it was written after another line than the one that was kept"
            : "this line and the next are gone, so the head that was kept shows nothing of the"
                + " rest: use one that is younger than retention.audit");
  }

  /** What no hash covers is counted by line 1 at least, and goes with it. */
  private @Nullable Fault before(AuditRow first) {
    long told = first.seq() == 1 ? AuditChain.before(first.entry()) : 0;
    return unchained == told
        ? null
        : new Fault(
            unchained > told ? Kind.INSERTED : Kind.MISSING,
            0,
            unchained + " lines stand before the chain, which tells of " + told);
  }

  private void told(AuditHead upTo) {
    removalIsTold |= upTo.equals(removed);
  }

  private @Nullable Fault link(AuditRow row) {
    long expected = last.seq() + 1;
    if (row.seq() != expected) {
      String which =
          row.seq() - 1 == expected
              ? "line " + expected + " is not there"
              : "lines " + expected + " to " + (row.seq() - 1) + " are not there";
      return new Fault(Kind.MISSING, expected, which);
    }
    // A row that is right by itself and does not fit shows that the one before is not the old one.
    return !row.previousHash().equals(last.hash()) && AuditChain.hash(row).equals(row.hash())
        ? new Fault(
            Kind.CHANGED,
            last.seq(),
            "line " + row.seq() + " was written after another line than this")
        : null;
  }

  private @Nullable Fault content(AuditRow row) {
    if (AuditChain.hash(row).equals(row.hash())) {
      return null;
    }
    for (long seq = Math.max(1, row.seq() - FARTHEST); seq <= row.seq() + FARTHEST; seq++) {
      if (AuditChain.hash(row, seq).equals(row.hash())) {
        return new Fault(Kind.REORDERED, row.seq(), "this was line " + seq);
      }
    }
    return new Fault(Kind.CHANGED, row.seq(), "its hash does not fit what it says");
  }

  private @Nullable Fault differsFrom(AuditHead head) {
    return head.seq() == last.seq() && !head.hash().equals(last.hash())
        ? new Fault(Kind.CHANGED, last.seq(), "its hash is not that of the head")
        : null;
  }

  /**
   * Ends.
   *
   * @param now the head, read after the last line; empty if there is none
   */
  public AuditVerdict end(Optional<AuditHead> now) {
    AuditHead head = now.orElse(AuditHead.NONE);
    if (fault == null) {
      fault = now.isEmpty() ? noHead() : atEnd(head);
    }
    return new AuditVerdict(lines, unchained, removed == null ? 0 : removed.seq(), head, fault);
  }

  private static Fault noHead() {
    return new Fault(Kind.NO_HEAD, 0, "the table audit_head is empty");
  }

  private @Nullable Fault atEnd(AuditHead head) {
    if (removed != null && !removalIsTold) {
      return new Fault(
          Kind.MISSING, 1, "lines 1 to " + removed.seq() + " are not there, and no line says why");
    }
    long least = kept == null ? atLeast.seq() : Math.max(atLeast.seq(), kept.seq());
    if (last.seq() < least) {
      return new Fault(
          Kind.CUT_OFF, last.seq() + 1, "there are no lines after " + last.seq() + " any more");
    }
    if (last.seq() > head.seq()) {
      return new Fault(
          Kind.INSERTED, head.seq() + 1, "the chain ends before with line " + head.seq());
    }
    return differsFrom(head);
  }
}

package io.signalbox.gateway.ledger;

import java.util.Locale;
import java.util.Optional;

/**
 * Why an operation failed.
 *
 * @param kind the class of problem
 * @param detail in words, for people; holds nothing personal
 * @param retryAfterMillis after how long it may be worth asking again; 0 if nobody knows
 */
public record OperationProblem(Kind kind, String detail, long retryAfterMillis) {

  /** The classes of problems. */
  public enum Kind {
    /** Everybody that could be asked works and has nothing to give, or not at this price. */
    UNSERVED(true),
    /**
     * Nobody could be asked in the end: no provider, or each has its breaker open, cools down, is
     * drained or has no permit free. In an earlier round one may have been asked, in vain.
     */
    UNAVAILABLE(true),
    /** A provider refused this request for good. */
    REJECTED(false),
    /** The time that was asked for is somebody else's, or nobody is there then. */
    SLOT_TAKEN(false),
    /** Providers were asked, and certainly none of them did it. */
    EXHAUSTED(true),
    /** A provider may have done it, and could not be asked for so long that nobody waits on. */
    OUTCOME_UNKNOWN(false);

    private final boolean retryable;
    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    Kind(boolean retryable) {
      this.retryable = retryable;
    }

    /**
     * Whether certainly nothing was done and the same request may succeed later: then its
     * idempotency key is free again.
     */
    public boolean isRetryable() {
      return retryable;
    }

    /** The name used in the API, in events, metrics and logs, such as {@code outcome-unknown}. */
    public String wireName() {
      return wireName;
    }

    /** The kind of a name of the wire; empty if there is none. */
    public static Optional<Kind> find(String wireName) {
      for (Kind kind : values()) {
        if (kind.wireName.equals(wireName)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }
}

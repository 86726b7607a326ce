package io.signalbox.gateway.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The ledger cannot take a change now: too many wait, the disk is full, the store is closed, or
 * others have taken this node for dead.
 */
public final class LedgerUnavailableException extends RuntimeException {
  private final Kind kind;

  private enum Kind {
    AWAY,
    BUSY,
    FENCED,
    PARTLY
  }

  /** Makes the exception; the message says what is the matter. */
  public LedgerUnavailableException(String message) {
    this(message, null, Kind.AWAY);
  }

  /** Makes the exception with its cause. */
  public LedgerUnavailableException(String message, Throwable cause) {
    this(message, cause, Kind.AWAY);
  }

  private LedgerUnavailableException(String message, @Nullable Throwable cause, Kind kind) {
    super(message, cause);
    this.kind = kind;
  }

  /** The store works, but more is asked of it than it can do. */
  public static LedgerUnavailableException busy(String message) {
    return new LedgerUnavailableException(message, null, Kind.BUSY);
  }

  /** The store works, but takes nothing from this node, which others have taken for dead. */
  public static LedgerUnavailableException fenced(String message, Throwable cause) {
    return new LedgerUnavailableException(message, cause, Kind.FENCED);
  }

  /**
   * What was asked for is done by halves: it took several changes, and not the first of them
   * failed.
   *
   * @param done what was done, to complete a sentence
   */
  public static LedgerUnavailableException partly(String done, Throwable cause) {
    return new LedgerUnavailableException(
        done + ", and then the ledger did not answer", cause, Kind.PARTLY);
  }

  /** Whether the store works, and only has too much to do; then nothing of the change was done. */
  public boolean isBusy() {
    return kind == Kind.BUSY;
  }

  /** Whether a part of what was asked for was done; the message says which. */
  public boolean isPartly() {
    return kind == Kind.PARTLY;
  }

  /** Whether the store works, and this node has to take another number first. */
  public boolean isFenced() {
    return kind == Kind.FENCED;
  }
}

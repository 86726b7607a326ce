package io.signalbox.gateway.ledger;

/** The ledger cannot take a change now: too many wait, the disk is full, the store is closed. */
public final class LedgerUnavailableException extends RuntimeException {
  private final boolean busy;

  /** Makes the exception; the message says what is the matter. */
  public LedgerUnavailableException(String message) {
    super(message);
    this.busy = false;
  }

  /** Makes the exception with its cause. */
  public LedgerUnavailableException(String message, Throwable cause) {
    super(message, cause);
    this.busy = false;
  }

  private LedgerUnavailableException(String message, boolean busy) {
    super(message);
    this.busy = busy;
  }

  /** The store works, but more is asked of it than it can do. */
  public static LedgerUnavailableException busy(String message) {
    return new LedgerUnavailableException(message, true);
  }

  /** Whether the store works, and only has too much to do. */
  public boolean isBusy() {
    return busy;
  }
}

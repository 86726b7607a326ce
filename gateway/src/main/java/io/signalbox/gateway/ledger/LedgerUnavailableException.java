package io.signalbox.gateway.ledger;

/** The ledger cannot take a change now: too many wait, the disk is full, the store is closed. */
public final class LedgerUnavailableException extends RuntimeException {

  /** Makes the exception; the message says what is the matter. */
  public LedgerUnavailableException(String message) {
    super(message);
  }

  /** Makes the exception with its cause. */
  public LedgerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.signalbox.gateway.ledger;

/** Something that is stored cannot be opened. The message names the key, and no content. */
public final class SealedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Says why. */
  public SealedException(String message) {
    super(message);
  }
}

package io.signalbox.gateway.ledger;

/** A tenant's templates take as much as they may: see {@link TemplateLedger#MAX_BYTES}. */
public final class TemplatesFullException extends RuntimeException {
  private final long bytes;

  /**
   * Makes it.
   *
   * @param bytes what they would take with the version that was not stored
   */
  public TemplatesFullException(long bytes) {
    super("the templates would take " + bytes + " bytes", null, false, false);
    this.bytes = bytes;
  }

  /** What they would take with the version that was not stored. */
  public long bytes() {
    return bytes;
  }
}

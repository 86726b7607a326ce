package io.signalbox.loader;

/**
 * A replacement that does not take over now, though it may later: what ran before goes on running,
 * and the start is tried again. Its message says why, for a person, and holds no secret.
 */
public final class KeptBackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes one with the reason. */
  public KeptBackException(String reason) {
    super(reason);
  }
}

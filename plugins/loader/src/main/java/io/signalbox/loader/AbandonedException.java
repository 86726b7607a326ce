package io.signalbox.loader;

/**
 * A start that was not wanted any more before it was through: nothing is held against what was to
 * run, and if it is wanted again, it is started again.
 */
public final class AbandonedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes one with the reason, which holds no secret. */
  public AbandonedException(String reason) {
    super(reason);
  }
}

package io.signalbox.gateway.failure;

/**
 * Carries an error through a Future to whoever answers. Has no stack trace: it is an answer, not a
 * bug.
 */
public final class OperationException extends RuntimeException {
  private final transient OperationError error;

  /** Makes it. */
  public OperationException(OperationError error) {
    super(ErrorProblem.of(error).detail(), null, false, false);
    this.error = error;
  }

  /** What went wrong. */
  public OperationError error() {
    return error;
  }
}

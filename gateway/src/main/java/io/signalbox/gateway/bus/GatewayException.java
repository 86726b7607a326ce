package io.signalbox.gateway.bus;

/**
 * A refusal that its cause can be told to a client: the only exception that handlers on the bus
 * fail with on purpose.
 */
public sealed class GatewayException extends RuntimeException permits NobodyListensException {
  private final int status;

  /**
   * Makes the exception, without a stack trace: it is an answer, not a bug.
   *
   * @param status the HTTP status that says the same
   * @param message for the client
   */
  public GatewayException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** The HTTP status that says the same. */
  public int status() {
    return status;
  }
}

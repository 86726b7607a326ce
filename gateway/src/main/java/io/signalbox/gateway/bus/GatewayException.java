package io.signalbox.gateway.bus;

import org.jspecify.annotations.Nullable;

/**
 * A refusal that its cause can be told to a client: the only exception that handlers on the bus
 * fail with on purpose.
 */
public sealed class GatewayException extends RuntimeException
    permits NobodyListensException, NothingDoneException {
  private final int status;
  private final @Nullable String kind;

  /**
   * Makes the exception, without a stack trace: it is an answer, not a bug.
   *
   * @param status the HTTP status that says the same
   * @param message for the client
   */
  public GatewayException(int status, String message) {
    this(status, null, message);
  }

  /**
   * Makes the exception of a kind that its status alone does not say.
   *
   * @param kind the last part of the problem's {@code type}, see docs/errors.md; null for none
   */
  public GatewayException(int status, @Nullable String kind, String message) {
    super(message, null, false, false);
    this.status = status;
    this.kind = kind;
  }

  /** The last part of the problem's {@code type}; null if the status says it. */
  public @Nullable String kind() {
    return kind;
  }

  /** The HTTP status that says the same. */
  public int status() {
    return status;
  }

  /**
   * Whether the message is for whoever is answered: what the request is refused for, or that the
   * gateway cannot do it now. Otherwise something went wrong inside.
   */
  public boolean isAnswer() {
    return status < 500 || status == 503 || status == 504;
  }

  /** What may be written down for others of why something failed; the log has all of it. */
  public static String reason(Throwable failure) {
    return failure instanceof GatewayException refusal && refusal.isAnswer()
        ? String.valueOf(refusal.getMessage())
        : failure.getClass().getSimpleName() + "; see the log";
  }
}

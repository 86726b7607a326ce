package io.signalbox.gateway.bus;

/**
 * A refusal before anything was done: who asks again later, also under the same idempotency key,
 * repeats nothing. Of other refusals with a status of 500 and more nobody knows that.
 */
public final class NothingDoneException extends GatewayException {
  private static final int UNAVAILABLE = 503;

  /**
   * Makes it.
   *
   * @param message for the client
   */
  public NothingDoneException(String message) {
    super(UNAVAILABLE, message);
  }
}

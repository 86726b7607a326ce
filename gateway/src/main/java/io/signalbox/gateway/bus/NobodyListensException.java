package io.signalbox.gateway.bus;

/** Nobody was there to be asked, which is not the same as somebody's refusal of status 503. */
public final class NobodyListensException extends GatewayException {
  private static final int UNAVAILABLE = 503;

  /**
   * Makes it.
   *
   * @param message for the client
   */
  public NobodyListensException(String message) {
    super(UNAVAILABLE, message);
  }
}

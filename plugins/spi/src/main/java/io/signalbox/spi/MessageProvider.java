package io.signalbox.spi;

import io.vertx.core.Future;

/** A provider of message channels. */
public interface MessageProvider extends Provider {

  /**
   * Tries once to hand the message to the remote API; never retries by itself.
   *
   * <p>The gateway bounds how many calls are under way at a time, and gives up at the request's
   * timeout; the implementation must keep that timeout itself too, so that its connection is freed.
   *
   * @param request the message to deliver
   * @return always succeeds with an outcome; a failed Future is taken as {@link Outcome.Unknown}
   */
  Future<Outcome> deliver(DeliveryRequest request);
}

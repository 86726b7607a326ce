package io.signalbox.spi.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * A simulator of the providers' remote APIs on loopback, found by {@code ServiceLoader} on the
 * gateway's class path.
 *
 * <p>It is steered over HTTP on its control port; see the simulator's README for the calls.
 */
public interface Sandbox {

  /**
   * Starts it on {@code 127.0.0.1}.
   *
   * @param vertx what its listeners run on
   * @param controlPort the port of its control calls; 0 takes a free one
   * @return the control URL, such as {@code http://127.0.0.1:8090}; fails if the port is taken
   */
  Future<String> start(Vertx vertx, int controlPort);

  /**
   * Stops all its listeners.
   *
   * @return succeeds once they are closed
   */
  Future<Void> stop();
}

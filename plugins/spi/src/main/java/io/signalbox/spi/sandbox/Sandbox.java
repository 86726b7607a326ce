package io.signalbox.spi.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * A simulator of the providers' remote APIs, found by {@code ServiceLoader} on the gateway's class
 * path.
 *
 * <p>It is steered over HTTP on its control port; see the simulator's README for the calls.
 */
public interface Sandbox {
  /** Where it listens unless it is told otherwise. */
  String LOOPBACK = "127.0.0.1";

  /**
   * Starts it on {@link #LOOPBACK}.
   *
   * @param vertx what its listeners run on
   * @param controlPort the port of its control calls; 0 takes a free one
   * @return the control URL, such as {@code http://127.0.0.1:8090}; fails if the port is taken
   */
  Future<String> start(Vertx vertx, int controlPort);

  /**
   * Starts it on an address that other machines or containers can reach. Whoever reaches it can
   * steer it and read what it received, so that belongs into a network of tests alone.
   *
   * <p>Without an implementation of its own a sandbox starts on {@link #LOOPBACK} only.
   *
   * @param vertx what its listeners run on
   * @param host a name or an address of this machine; listened on, and told to clients in all URLs,
   *     so no wildcard such as {@code 0.0.0.0}
   * @param controlPort the port of its control calls; 0 takes a free one
   * @return the control URL, such as {@code http://simulator:8090}; fails if the host is none of
   *     this machine's or a wildcard, or if a port is taken
   */
  default Future<String> start(Vertx vertx, String host, int controlPort) {
    return LOOPBACK.equals(host)
        ? start(vertx, controlPort)
        : Future.failedFuture(
            new UnsupportedOperationException("this sandbox listens on " + LOOPBACK + " only"));
  }

  /**
   * Stops all its listeners.
   *
   * @return succeeds once they are closed
   */
  Future<Void> stop();
}

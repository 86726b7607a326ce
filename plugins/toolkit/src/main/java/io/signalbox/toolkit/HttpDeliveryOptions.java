package io.signalbox.toolkit;

import java.time.Duration;

/**
 * Limits of an {@link HttpDelivery}.
 *
 * @param connectTimeout how long a connection may take, a wait for a free one included
 * @param maxConnections connections per host
 * @param maxWaiting calls that may wait for a free connection; one more is refused at once
 * @param keepAlive how long an idle connection is kept. Shorter than the server's own limit, or
 *     else a call is now and then written into a connection that is just being closed, and its
 *     outcome is unknown for no good reason. Whole seconds.
 * @param maxAnswerBytes longest body of an answer
 * @param userAgent value of {@code User-Agent} where a call does not bring its own
 */
public record HttpDeliveryOptions(
    Duration connectTimeout,
    int maxConnections,
    int maxWaiting,
    Duration keepAlive,
    int maxAnswerBytes,
    String userAgent) {

  /**
   * 3 s to connect, as many connections as {@code max_concurrent} of a provider's file may ask for
   * (there are never more than calls under way, and the gateway bounds those), 256 waiting calls,
   * 15 s of idleness (servers mostly allow 60 s or more), answers up to 1 MiB.
   */
  public static final HttpDeliveryOptions DEFAULTS =
      new HttpDeliveryOptions(
          Duration.ofSeconds(3), 10_000, 256, Duration.ofSeconds(15), 1 << 20, "signalbox/1");

  /**
   * Checks the ranges.
   *
   * @param connectTimeout {@link #connectTimeout()}
   * @param maxConnections {@link #maxConnections()}
   * @param maxWaiting {@link #maxWaiting()}
   * @param keepAlive {@link #keepAlive()}
   * @param maxAnswerBytes {@link #maxAnswerBytes()}
   * @param userAgent {@link #userAgent()}
   */
  public HttpDeliveryOptions {
    require(connectTimeout.toMillis() > 0, "connectTimeout must be at least 1 ms");
    require(maxConnections > 0, "maxConnections must be positive");
    require(maxWaiting >= 0, "maxWaiting must not be negative");
    require(keepAlive.toSeconds() > 0, "keepAlive must be at least 1 s");
    require(maxAnswerBytes > 0, "maxAnswerBytes must be positive");
  }

  /**
   * {@return the same with another connect timeout}
   *
   * @param timeout to connect
   */
  public HttpDeliveryOptions withConnectTimeout(Duration timeout) {
    return new HttpDeliveryOptions(
        timeout, maxConnections, maxWaiting, keepAlive, maxAnswerBytes, userAgent);
  }

  /**
   * {@return the same with another size of the pool}
   *
   * @param connections at a time
   * @param waiting calls that may wait for one
   */
  public HttpDeliveryOptions withPool(int connections, int waiting) {
    return new HttpDeliveryOptions(
        connectTimeout, connections, waiting, keepAlive, maxAnswerBytes, userAgent);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}

package io.signalbox.spi;

import io.vertx.core.Future;

/**
 * A configured instance of a plugin. What it can do shows in the further interfaces that it
 * implements: {@link MessageProvider}, {@link WebhookReceiver}, {@link StatusLookup}.
 *
 * <p>Threading: created, called and closed on one Vert.x context, that of its provider verticle. An
 * implementation must never block it.
 */
public interface Provider {

  /**
   * Asks whether the provider could work now, without sending anything: credentials, reachability.
   * Called when the provider starts, before it takes the traffic of one that it replaces, and on
   * request of an operator.
   *
   * @return succeeds with the result, also if the result is bad; fails only on a bug
   */
  Future<CheckResult> check();

  /**
   * Releases connections and timers. May be called twice; the second call does nothing. Deliveries
   * asked for afterwards answer {@link Outcome.Transient}.
   *
   * @return succeeds once they are released
   */
  Future<Void> close();
}

package io.signalbox.gateway.call;

import io.signalbox.spi.operation.Answer;
import io.vertx.core.Future;

/**
 * The way to the providers of operations: through the provider's verticle, with its breaker and its
 * limits, wherever in the cluster it runs. Thread-safe.
 */
public interface ProviderCalls {

  /**
   * Asks a provider once, and answers within the call's time-out and a few seconds.
   *
   * <p>A call that was certainly not made answers {@code transient} or {@code throttled} with
   * {@link io.signalbox.spi.Progress#NOT_CONNECTED}: the provider is gone, its breaker is open, it
   * cools down, or too many calls wait for it. A call that was made and has no answer is {@code
   * unknown} if it changes something, and {@code transient} if it only reads.
   *
   * <p>All calls but {@link RequestType#begins those that begin something} are recorded in {@code
   * provider_requests}: what changes something before its first byte leaves, what reads afterwards.
   *
   * @param provider its id
   * @param call what is asked
   * @param by on whose behalf
   * @return does not fail; completes on the caller's context if it has one
   */
  <T> Future<Answer<T>> call(String provider, ProviderCall<T> call, CalledBy by);

  /**
   * What tells the account that a provider uses now from others; empty if nothing does, or there is
   * no such provider.
   */
  default String account(String provider) {
    return "";
  }

  /**
   * As {@link #call(String, ProviderCall, CalledBy)}, on nobody's behalf: the gateway looks after
   * itself.
   */
  default <T> Future<Answer<T>> call(String provider, ProviderCall<T> call) {
    return call(provider, call, CalledBy.GATEWAY);
  }
}

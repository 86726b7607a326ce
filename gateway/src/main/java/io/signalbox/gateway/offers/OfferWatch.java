package io.signalbox.gateway.offers;

import io.signalbox.gateway.call.CalledBy;
import io.signalbox.gateway.call.NumberCall.Rent;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.spi.operation.Answer;
import io.vertx.core.Future;

/**
 * The way to the providers, watched: when one has not what it is asked to rent, what is known of
 * its offer is refreshed. The caller does not wait for that. Thread-safe.
 */
public final class OfferWatch implements ProviderCalls {
  private final ProviderCalls calls;
  private final OfferRefresh refresh;

  /** Watches. */
  public OfferWatch(ProviderCalls calls, OfferRefresh refresh) {
    this.calls = calls;
    this.refresh = refresh;
  }

  @Override
  public String account(String provider) {
    return calls.account(provider);
  }

  @Override
  public <T> Future<Answer<T>> call(String provider, ProviderCall<T> call, CalledBy by) {
    Future<Answer<T>> answer = calls.call(provider, call, by);
    return call instanceof Rent rent
        ? answer.onSuccess(
            told -> {
              if (told instanceof Answer.Unserved) {
                refresh.refresh(provider, rent.request().country(), rent.request().service());
              }
            })
        : answer;
  }
}

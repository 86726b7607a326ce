package io.signalbox.gateway.call;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Provider;
import io.signalbox.spi.operation.Answer;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call of a provider's interface for operations, as a value: so it can travel to the provider's
 * verticle, or to another node. Immutable.
 *
 * @param <T> what the provider gives when it has done it
 */
public sealed interface ProviderCall<T> permits NumberCall, BookingCall {

  /** Which kind it is. */
  RequestType type();

  /** The channel that a provider must have to be asked this. */
  Channel channel();

  /** The interface that a provider must implement to be asked this. */
  Class<? extends Provider> target();

  /** How long it may take, over 0. */
  Duration timeout();

  /** The same call with another time-out, over 0. */
  ProviderCall<T> within(Duration timeout);

  /**
   * The same call at another place in its trace; the same for calls that providers get without one.
   *
   * @param traceparent W3C Trace Context
   */
  default ProviderCall<T> traced(String traceparent) {
    return this;
  }

  /** Our name of the attempt that is made or looked for; null if the call is about none. */
  @Nullable String attemptId();

  /** For what the number is wanted, or what is booked; null if the call does not say. */
  @Nullable String service();

  /** ISO 3166-1 alpha-2; null if the call does not say. */
  @Nullable String country();

  /** The provider's id of the rental or booking that it is about; null if it is about none yet. */
  @Nullable String rentalId();

  /** The provider's id of the one rental or booking that the call gave; null if it gave none. */
  @Nullable String rentalIdOf(T value);

  /**
   * Calls the provider. Only a plugin's guard does that.
   *
   * @param provider implements {@link #target}
   */
  Future<Answer<T>> at(Provider provider);
}

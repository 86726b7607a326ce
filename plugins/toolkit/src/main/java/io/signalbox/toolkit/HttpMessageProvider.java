package io.signalbox.toolkit;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.MessageProvider;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ProviderContext;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * A provider whose API is one HTTP call for each message: checks the message, makes the call, reads
 * the answer. What was not answered gets its outcome from how far the call got; a provider says
 * what its call is and what an answer means.
 */
public abstract class HttpMessageProvider implements MessageProvider {
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);

  private final HttpDelivery http;
  private final InstantSource clock;

  /**
   * Opens no connection yet.
   *
   * @param context as the factory got it
   */
  protected HttpMessageProvider(ProviderContext context) {
    this.http = new HttpDelivery(context.vertx(), HttpDeliveryOptions.DEFAULTS);
    this.clock = context.clock();
  }

  /**
   * {@return what the API would refuse for certain, so that it need not be asked; empty if nothing}
   *
   * @param request the message to deliver
   */
  protected Optional<Outcome> refusal(DeliveryRequest request) {
    return Optional.empty();
  }

  /**
   * {@return the call that sends the message; asked for only if {@link #refusal} had nothing}
   *
   * @param request the message to deliver
   */
  protected abstract HttpCall call(DeliveryRequest request);

  /**
   * {@return what an answer means}
   *
   * @param answer to be read
   * @param request the message to deliver
   * @param now the time of the gateway
   */
  protected abstract Outcome outcome(
      HttpAnswer.Answered answer, DeliveryRequest request, Instant now);

  /**
   * Makes the call; overridden where the documented way to send is more than one.
   *
   * @param request the message to deliver
   * @return the answer to the last of its calls; never fails
   */
  protected Future<HttpAnswer> transmit(DeliveryRequest request) {
    return send(call(request));
  }

  @Override
  public final Future<Outcome> deliver(DeliveryRequest request) {
    Optional<Outcome> refused = refusal(request);
    if (refused.isPresent()) {
      return Future.succeededFuture(refused.get());
    }
    return transmit(request)
        .map(
            answer ->
                answer instanceof HttpAnswer.Answered answered
                    ? outcome(answered, request, clock.instant())
                    : ((HttpAnswer.Unanswered) answer).outcome());
  }

  /**
   * Makes any call; never fails.
   *
   * @param call what to send
   * @return never fails: every way to go wrong is an {@link HttpAnswer.Unanswered}
   */
  protected final Future<HttpAnswer> send(HttpCall call) {
    return http.send(call);
  }

  /**
   * Makes the call of a status look-up.
   *
   * @param call what to send
   * @return the answer, whatever its status; fails with a {@link LookUpException} if none came
   */
  protected final Future<HttpAnswer.Answered> ask(HttpCall call) {
    return send(call)
        .map(
            answer -> {
              if (answer instanceof HttpAnswer.Unanswered unanswered) {
                throw new LookUpException(unanswered.message());
              }
              return (HttpAnswer.Answered) answer;
            });
  }

  /** {@return the time of the gateway} */
  protected final Instant now() {
    return clock.instant();
  }

  /**
   * {@return a check by a harmless call, to be answered within {@link #checkTimeout()}}
   *
   * @param call what to send
   * @param judge makes the result of an answer, whatever its status
   */
  protected final Future<CheckResult> check(
      HttpCall call, Function<HttpAnswer.Answered, CheckResult> judge) {
    return send(call)
        .map(
            answer ->
                answer instanceof HttpAnswer.Answered answered
                    ? judge.apply(answered)
                    : CheckResult.unhealthy(((HttpAnswer.Unanswered) answer).message()));
  }

  /**
   * {@return a check for APIs without a harmless call}
   *
   * @param url absolute, {@code http} or {@code https}
   */
  protected final Future<CheckResult> checkReachable(String url) {
    return http.checkReachable(url, CHECK_TIMEOUT);
  }

  /** {@return how long a check may take} */
  protected static Duration checkTimeout() {
    return CHECK_TIMEOUT;
  }

  @Override
  public final Future<Void> close() {
    return http.close();
  }
}

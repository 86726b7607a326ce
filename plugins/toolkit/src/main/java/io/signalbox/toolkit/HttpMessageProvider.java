package io.signalbox.toolkit;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.MessageProvider;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ProviderContext;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/**
 * A provider whose API is one HTTP call for each message: checks the message, makes the call, reads
 * the answer. What was not answered gets its outcome from how far the call got; a provider says
 * what its call is and what an answer means.
 */
public abstract class HttpMessageProvider extends HttpProvider implements MessageProvider {

  /**
   * Opens no connection yet.
   *
   * @param context as the factory got it
   */
  protected HttpMessageProvider(ProviderContext context) {
    super(context);
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
    return send(call(request), request);
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
                    ? outcome(answered, request, now())
                    : ((HttpAnswer.Unanswered) answer).outcome());
  }

  /**
   * Makes a call that is part of a delivery, and hands its trace on.
   *
   * @param call what to send
   * @param request the message to deliver
   * @return never fails: every way to go wrong is an {@link HttpAnswer.Unanswered}
   */
  protected final Future<HttpAnswer> send(HttpCall call, DeliveryRequest request) {
    return send(call, request.traceparent());
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
}

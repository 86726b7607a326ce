package io.signalbox.toolkit;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A provider whose API is called over HTTP, whatever it is asked for. */
public abstract class HttpProvider implements Provider {
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);

  private final HttpDelivery http;
  private final InstantSource clock;

  /**
   * Opens no connection yet.
   *
   * @param context as the factory got it
   */
  protected HttpProvider(ProviderContext context) {
    this.http = new HttpDelivery(context.vertx(), HttpDeliveryOptions.DEFAULTS);
    this.clock = context.clock();
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
   * Makes a call that is part of a trace.
   *
   * @param call what to send
   * @param traceparent handed on; null if the call is in no trace
   * @return never fails: every way to go wrong is an {@link HttpAnswer.Unanswered}
   */
  protected final Future<HttpAnswer> send(HttpCall call, @Nullable String traceparent) {
    return send(traceparent == null ? call : call.withHeader("traceparent", traceparent));
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

package io.signalbox.provider.fivesim;

import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.operation.Answer;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.HttpOperationProvider;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** The calls to 5sim: all are GET, also those that buy. */
abstract class FiveSimCalls extends HttpOperationProvider {
  private final FiveSimConfig config;

  FiveSimCalls(FiveSimConfig config, ProviderContext context) {
    super(context);
    this.config = config;
  }

  /** A call of everybody. */
  final HttpCall guest(String path, Duration timeout) {
    return get("/guest" + path, timeout);
  }

  /** A call of the account. */
  final HttpCall user(String path, Duration timeout) {
    return get("/user" + path, timeout).withBearer(config.token());
  }

  private HttpCall get(String path, Duration timeout) {
    return HttpCall.get(config.baseUrl() + path, timeout).withHeader("Accept", "application/json");
  }

  /** Makes a call; see {@link HttpOperationProvider#call(HttpCall, Function)}. */
  final <T> Future<Answer<T>> ask(HttpCall call, Function<Answered, Answer<T>> meaning) {
    return call(call, meaning);
  }

  /** The time of the gateway. */
  final Instant time() {
    return now();
  }

  /** When a time is over that begins now. */
  final Instant deadline(Duration timeout) {
    return now().plus(timeout);
  }

  /** What is left of it for one more call; never nothing, so that the call itself tells the end. */
  final Duration left(Instant deadline) {
    Duration left = Duration.between(now(), deadline);
    return left.toMillis() > 0 ? left : Duration.ofMillis(1);
  }
}

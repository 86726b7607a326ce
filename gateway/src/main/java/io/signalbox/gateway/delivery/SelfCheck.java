package io.signalbox.gateway.delivery;

import io.signalbox.loader.KeptBackException;
import io.signalbox.spi.CheckResult;
import io.signalbox.spi.Provider;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a plugin's provider whether it could work. A plugin may break its contract: what throws,
 * fails, or does not answer in time, counts as a bad answer. Used on the provider's context.
 */
final class SelfCheck {
  private final Context context;
  private final Provider provider;
  private final Duration timeout;

  SelfCheck(Vertx vertx, Provider provider, Duration timeout) {
    this.context = vertx.getOrCreateContext();
    this.provider = provider;
    this.timeout = timeout;
  }

  /** The Future never fails, and completes on the provider's context. */
  Future<CheckResult> ask() {
    Promise<CheckResult> answer = Promise.promise();
    Future.succeededFuture()
        .compose(now -> call())
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(this::failed)
        // Whatever thread a plugin answers on.
        .onSuccess(result -> context.runOnContext(here -> answer.complete(result)));
    return answer.future();
  }

  private Future<CheckResult> call() {
    @Nullable Future<CheckResult> asked = provider.check();
    return asked == null
        ? Future.failedFuture("the check returned no Future")
        : asked.compose(
            result ->
                result == null
                    ? Future.failedFuture("the check returned no result")
                    : Future.succeededFuture(result));
  }

  private CheckResult failed(Throwable failure) {
    return CheckResult.unhealthy(
        failure instanceof java.util.concurrent.TimeoutException
            ? "no answer within " + timeout.toMillis() + " ms"
            : String.valueOf(failure));
  }

  /**
   * Whether it may take over. One that could not work is kept back while the one before could; if
   * that could not either, it is no worse, and may be the cure.
   *
   * @param before asks the one before; does not fail
   * @return succeeds if it may, with what to warn of; fails with a {@link KeptBackException}
   */
  Future<Optional<String>> against(Supplier<Future<CheckResult>> before) {
    return ask()
        .compose(
            own ->
                own.healthy()
                    ? Future.succeededFuture(Optional.empty())
                    : before.get().compose(old -> compared(own, old)));
  }

  private static Future<Optional<String>> compared(CheckResult own, CheckResult old) {
    String failed = warning(own);
    return old.healthy()
        ? Future.failedFuture(new KeptBackException(failed))
        : Future.succeededFuture(Optional.of(failed));
  }

  /** What to tell of a bad answer. */
  static String warning(CheckResult bad) {
    return "its self-check failed: " + bad.detail();
  }
}

package io.signalbox.gateway.delivery;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The calls under way at one provider: waits for their ends, and ends what is not waited for any
 * longer. Each is answered exactly once. Used on one context.
 */
final class UnderWay {
  private static final long CHECK_MILLIS = 20;

  /** How long nothing must be under way before a draining provider is closed. */
  private static final long QUIET_MILLIS = 200;

  private final Vertx vertx;
  private final Clock clock;
  private final Set<Open<?>> open = new HashSet<>();
  private long quietSinceMillis;

  UnderWay(Vertx vertx, Clock clock) {
    this.vertx = vertx;
    this.clock = clock;
  }

  /** Found by its identity. */
  private static final class Open<A> {
    private final Promise<A> answer = Promise.promise();
    private final Supplier<A> unfinished;

    private Open(Supplier<A> unfinished) {
      this.unfinished = unfinished;
    }

    private void giveUp() {
      answer.complete(unfinished.get());
    }
  }

  /**
   * Counts a call until it ends.
   *
   * @param running does not fail
   * @param ended makes the answer, unless it was given already
   * @param unfinished makes the answer if the call is not waited for any longer
   */
  <T, A> Future<A> track(Future<T> running, Function<T, A> ended, Supplier<A> unfinished) {
    Open<A> call = new Open<>(unfinished);
    open.add(call);
    running.onSuccess(
        result -> {
          if (open.remove(call)) {
            quietSinceMillis = clock.millis();
            call.answer.complete(ended.apply(result));
          }
        });
    return call.answer.future();
  }

  /**
   * Succeeds once nothing has been under way for a moment, or the longest wait is over. Requests
   * that are on their way to the provider now are counted when they come.
   *
   * @param longest asked again and again: the wait may become shorter while it lasts
   */
  Future<Void> drained(Supplier<Duration> longest) {
    long begin = clock.millis();
    quietSinceMillis = begin;
    return until(
        () -> {
          long now = clock.millis();
          boolean quiet = open.isEmpty() && now - quietSinceMillis >= QUIET_MILLIS;
          return quiet || now - begin >= longest.get().toMillis();
        });
  }

  /** Succeeds once nothing is under way, or the longest wait is over. */
  Future<Void> ended(Duration longest) {
    long deadline = clock.millis() + longest.toMillis();
    return open.isEmpty()
        ? Future.succeededFuture()
        : until(() -> open.isEmpty() || clock.millis() >= deadline);
  }

  private Future<Void> until(BooleanSupplier over) {
    Promise<Void> reached = Promise.promise();
    long timer =
        vertx.setPeriodic(
            CHECK_MILLIS,
            tick -> {
              if (over.getAsBoolean()) {
                reached.tryComplete();
              }
            });
    return reached.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  /**
   * Answers all that is still under way; what the provider says of it later changes nothing.
   *
   * @return how many those were
   */
  int giveUp() {
    List<Open<?>> left = List.copyOf(open);
    open.clear();
    left.forEach(Open::giveUp);
    return left.size();
  }
}

package io.signalbox.gateway.delivery;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.scoring.breaker.BreakerSettings;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what the breaker adds to a call, in processor time of the event loop; run by hand. A
 * call here is a Future that was completed already. Argument: how many calls in each round.
 */
final class BreakerEngineSpeed {
  private static final Logger LOG = LoggerFactory.getLogger(BreakerEngineSpeed.class);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 7;
  private static final Outcome SENT = new Outcome.Sent("id", Evidence.answered(202, null, null));

  private BreakerEngineSpeed() {}

  public static void main(String[] args) throws InterruptedException {
    int calls = Integer.parseInt(args[0]);
    // It does block the event loop: that is what is measured.
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setBlockedThreadCheckInterval(TimeUnit.HOURS.toMillis(1)));
    Context context = vertx.getOrCreateContext();
    CountDownLatch done = new CountDownLatch(1);
    context.runOnContext(
        run -> {
          measure(vertx, calls);
          done.countDown();
        });
    done.await();
    vertx.close();
  }

  private static void measure(Vertx vertx, int calls) {
    AttemptId attempt = new AttemptId(new NotificationIds(Clock.systemUTC(), 0).next(), 1);
    BreakerEngine engine =
        new BreakerEngine(
            vertx,
            "speed",
            BreakerSettings.DEFAULT,
            Duration.ofSeconds(10),
            Clock.systemUTC(),
            (transition, evidence) -> {});
    Supplier<Future<Outcome>> provider =
        () -> {
          Promise<Outcome> promise = Promise.promise();
          promise.complete(SENT);
          return promise.future();
        };
    for (int round = 0; round < ROUNDS; round++) {
      long bare = nanos(calls, () -> provider.get().map(BreakerEngineSpeed::called));
      long guarded = nanos(calls, () -> engine.call(attempt, AnswerKind.delivery(false), provider));
      LOG.info(
          "{} calls: {} ns each without the breaker, {} ns with it, {} ns for it",
          calls,
          bare / calls,
          guarded / calls,
          (guarded - bare) / calls);
    }
    engine.close();
  }

  private static BreakerEngine.Result<Outcome> called(Outcome outcome) {
    return new BreakerEngine.Result<>(outcome, true);
  }

  private static long nanos(int calls, Supplier<Future<BreakerEngine.Result<Outcome>>> call) {
    long begin = THREADS.getCurrentThreadCpuTime();
    int sent = 0;
    for (int i = 0; i < calls; i++) {
      Future<BreakerEngine.Result<Outcome>> result = call.get();
      if (result.succeeded() && result.result().called()) {
        sent++;
      }
    }
    long took = THREADS.getCurrentThreadCpuTime() - begin;
    if (sent > calls) {
      throw new AssertionError(sent + " of " + calls);
    }
    return took;
  }
}

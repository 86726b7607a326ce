package io.signalbox.gateway.health;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.CheckResult;
import io.vertx.ext.healthchecks.Status;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks one question, and not again before it is answered: vertx-health-check gives up waiting, but
 * what it waited for goes on, and a part that hangs would be asked once more in each round.
 * Thread-safe.
 */
final class CheckRun {
  private static final long IDLE = 0;
  private static final String STATUS = "status";
  private static final String DETAIL = "detail";
  private static final String FIGURES = "figures";

  private final HealthCheck check;
  private final LongSupplier nanos;
  private final AtomicLong askedAt = new AtomicLong(IDLE);

  CheckRun(HealthCheck check, LongSupplier nanos) {
    this.check = check;
    this.nanos = nanos;
  }

  /** Asks, unless an answer is outstanding. */
  void run(Promise<Status> answer) {
    // Never the value that stands for idle.
    long now = nanos.getAsLong() | 1;
    if (!askedAt.compareAndSet(IDLE, now)) {
      answer.tryComplete(status(unanswered(now - askedAt.get())));
      return;
    }
    ask()
        .onComplete(
            done -> {
              askedAt.set(IDLE);
              answer.tryComplete(
                  status(
                      done.succeeded()
                          ? timed(done.result(), nanos.getAsLong() - now)
                          : failed(done.cause())));
            });
  }

  private Future<CheckReport> ask() {
    try {
      return check.ask().get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** What a round found of it. */
  CheckReport report(@Nullable CheckResult result) {
    Status status = result == null ? null : result.getStatus();
    JsonObject data = status == null ? null : status.getData();
    if (data == null || !data.containsKey(STATUS)) {
      return unanswered(check.timeout().toNanos());
    }
    return new CheckReport(
        CheckStatus.valueOf(data.getString(STATUS)),
        data.getString(DETAIL),
        data.getJsonObject(FIGURES));
  }

  private static CheckReport timed(CheckReport report, long tookNanos) {
    double millis = Math.round(tookNanos / 1e4) / 1e2;
    return new CheckReport(
        report.status(), report.detail(), report.figures().copy().put("took_ms", millis));
  }

  private static CheckReport unanswered(long forNanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(forNanos);
    return CheckReport.down("no answer for " + millis + " ms", new JsonObject());
  }

  private static CheckReport failed(Throwable failure) {
    String why = failure.getMessage();
    return CheckReport.down(
        why == null ? failure.getClass().getSimpleName() : why, new JsonObject());
  }

  private static Status status(CheckReport report) {
    JsonObject data =
        new JsonObject()
            .put(STATUS, report.status().name())
            .put(DETAIL, report.detail())
            .put(FIGURES, report.figures());
    return new Status().setOk(report.status() != CheckStatus.DOWN).setData(data);
  }
}

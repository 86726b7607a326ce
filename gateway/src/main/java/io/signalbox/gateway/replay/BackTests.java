package io.signalbox.gateway.replay;

import io.signalbox.gateway.bus.NothingDoneException;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.HistoryLedger;
import io.signalbox.scoring.replay.ReplayReport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Back-tests for people who wait for the answer, while the gateway works: one at a time, on a
 * worker's thread, over a bounded past. Thread-safe.
 */
public final class BackTests {
  /** More notifications are not taken into one. */
  public static final int MOST = 20_000;

  private final Vertx vertx;
  private final GatewayConfig config;
  private final HistoryLedger history;
  private final AtomicBoolean running = new AtomicBoolean();

  /** Prepares them for a ledger. */
  public BackTests(Vertx vertx, GatewayConfig config, HistoryLedger history) {
    this.vertx = vertx;
    this.config = config;
    this.history = history;
  }

  /**
   * What is asked for.
   *
   * @param tenant whose past; null for that of all
   * @param text a routing policy as YAML, with {@code scoring} and {@code providers} if wanted
   * @param fromMillis accepted at or after then
   * @param untilMillis accepted before then
   * @param limit so many notifications at most, the oldest; 1 to {@link #MOST}
   * @param seed of all random numbers
   */
  public record Order(
      @Nullable String tenant,
      String text,
      long fromMillis,
      long untilMillis,
      int limit,
      long seed) {}

  /**
   * Runs one.
   *
   * @return the report; only {@code notifications}, 0, if nothing was recorded then. Fails with a
   *     {@link NothingDoneException} of status 503 while another one runs, and with a {@link
   *     io.signalbox.gateway.config.ConfigurationException} if the text has mistakes
   */
  public Future<JsonObject> run(Order order) {
    if (!running.compareAndSet(false, true)) {
      return Future.failedFuture(
          new NothingDoneException("another back-test runs; try again soon"));
    }
    return vertx
        .executeBlocking(() -> BackTest.of(config, "policy", order.text()), false)
        .compose(test -> over(test, order))
        .onComplete(done -> running.set(false));
  }

  private Future<JsonObject> over(BackTest test, Order order) {
    return RecordedPast.read(
            history, order.tenant(), order.fromMillis(), order.untilMillis(), order.limit())
        .compose(
            past ->
                past.notifications().isEmpty()
                    ? Future.succeededFuture(new JsonObject().put("notifications", 0))
                    : vertx.executeBlocking(() -> report(test, past, order.seed()), false));
  }

  private static JsonObject report(BackTest test, RecordedPast past, long seed) {
    ReplayReport report = test.run(past, seed);
    return ReplayJson.json(report, past, seed);
  }
}

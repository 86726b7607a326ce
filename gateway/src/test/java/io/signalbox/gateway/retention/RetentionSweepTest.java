package io.signalbox.gateway.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.retention.RetentionSweep.Kept;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetentionSweepTest {
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(10_000), ZoneOffset.UTC);

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final List<Long> asked = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void goesOnUntilNothingIsLeftAndThenWaitsForTheInterval() {
    start(
        Duration.ofDays(1),
        List.of(Future.succeededFuture(2), Future.succeededFuture(1), Future.succeededFuture(0)));

    await().until(() -> asked.size() == 3);
    assertThat(asked).containsOnly(7_000L);
    laterThan(Duration.ofMillis(60));
    assertThat(asked).hasSize(3);
  }

  @Test
  void goesOnAfterAFailureAndAtEveryInterval() {
    start(
        Duration.ofMillis(1),
        List.of(
            Future.failedFuture("the disk is full"),
            Future.succeededFuture(0),
            Future.succeededFuture(0)));

    await().until(() -> asked.size() >= 3);
  }

  @Test
  void deletesNothingMoreOnceItIsStopped() {
    Promise<Integer> underWay = Promise.promise();
    RetentionSweep sweep = start(Duration.ofMillis(1), List.of(underWay.future()));
    await().until(() -> asked.size() == 1);
    context.runOnContext(
        now -> {
          sweep.stop();
          underWay.complete(1);
        });

    laterThan(Duration.ofMillis(50));
    assertThat(asked).hasSize(1);
  }

  /** Waits for a timer that is set now: one of no more than its time was due before it. */
  private void laterThan(Duration time) {
    AtomicBoolean late = new AtomicBoolean();
    context.runOnContext(now -> vertx.setTimer(time.toMillis(), timer -> late.set(true)));
    await().untilTrue(late);
  }

  private RetentionSweep start(Duration interval, List<Future<Integer>> answers) {
    Queue<Future<Integer>> script = new ArrayDeque<>(answers);
    RetentionSweep sweep =
        new RetentionSweep(
            vertx,
            CLOCK,
            new Kept("things", Duration.ofSeconds(3), interval),
            before -> {
              asked.add(before);
              return script.isEmpty() ? Future.succeededFuture(0) : script.remove();
            });
    context.runOnContext(now -> sweep.start());
    return sweep;
  }
}

package io.signalbox.gateway.retention;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.RetentionLedger.Removed;
import io.signalbox.gateway.retention.RetentionSweep.Kept;
import io.signalbox.gateway.retention.RetentionSweep.Pace;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetentionSweepTest {
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(10_000), ZoneOffset.UTC);

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final List<Long> asked = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void goesOnUntilNothingIsLeftAndThenWaitsForTheInterval() {
    start(Duration.ofDays(1), List.of(some(2, true), some(0, true), some(1, false)));

    await().until(() -> asked.size() == 3);
    assertThat(asked).containsOnly(7_000L);
    laterThan(Duration.ofMillis(60));
    assertThat(asked).hasSize(3);
  }

  @Test
  void goesOnAfterAFailureAndAtEveryInterval() {
    start(
        Duration.ofMillis(1),
        List.of(Future.failedFuture("the disk is full"), some(0, false), some(0, false)));

    await().until(() -> asked.size() >= 3);
  }

  @Test
  void deletesNothingMoreOnceItIsStopped() {
    Promise<Removed> underWay = Promise.promise();
    RetentionSweep sweep = start(Duration.ofMillis(1), List.of(underWay.future()));
    await().until(() -> asked.size() == 1);
    context.runOnContext(
        now -> {
          sweep.stop();
          underWay.complete(new Removed(1, true));
        });

    laterThan(Duration.ofMillis(50));
    assertThat(asked).hasSize(1);
  }

  @Test
  void oneKindComesAfterTheOtherEachWithATimeThatStays() {
    AtomicLong now = new AtomicLong(10_000);
    List<String> calls = new CopyOnWriteArrayList<>();
    Queue<Future<Removed>> script =
        new ArrayDeque<>(List.of(some(1, true), some(1, true), some(0, false)));
    RetentionSweep sweep =
        new RetentionSweep(
            vertx,
            new MovingClock(now),
            new Pace(Duration.ofDays(1), 0.5),
            List.of(
                new Kept(
                    "firsts",
                    Duration.ofSeconds(3),
                    before -> {
                      calls.add("first " + before);
                      now.addAndGet(100);
                      return script.remove();
                    }),
                new Kept(
                    "seconds",
                    Duration.ofSeconds(1),
                    before -> {
                      calls.add("second " + before);
                      return some(0, false);
                    })));
    context.runOnContext(go -> sweep.start());

    await().until(() -> calls.size() == 4);
    assertThat(calls).containsExactly("first 7000", "first 7000", "first 7000", "second 9300");
  }

  @Test
  void pausesAreAsLongAsTheShareSays() {
    Pace pace = new Pace(Duration.ofDays(1), 0.2);
    assertThat(pace.pauseMillis(TimeUnit.MILLISECONDS.toNanos(100))).isEqualTo(400);
    assertThat(pace.pauseMillis(0)).isEqualTo(20);
    assertThat(pace.pauseMillis(TimeUnit.HOURS.toNanos(1))).isEqualTo(10_000);
  }

  private static Future<Removed> some(int rows, boolean more) {
    return Future.succeededFuture(new Removed(rows, more));
  }

  /** A clock that somebody moves. */
  private static final class MovingClock extends Clock {
    private final AtomicLong now;

    MovingClock(AtomicLong now) {
      this.now = now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(now.get());
    }
  }

  /** Waits for a timer that is set now: one of no more than its time was due before it. */
  private void laterThan(Duration time) {
    AtomicBoolean late = new AtomicBoolean();
    context.runOnContext(now -> vertx.setTimer(time.toMillis(), timer -> late.set(true)));
    await().untilTrue(late);
  }

  private RetentionSweep start(Duration interval, List<Future<Removed>> answers) {
    Queue<Future<Removed>> script = new ArrayDeque<>(answers);
    RetentionSweep sweep =
        new RetentionSweep(
            vertx,
            CLOCK,
            Pace.every(interval),
            List.of(
                new Kept(
                    "things",
                    Duration.ofSeconds(3),
                    before -> {
                      asked.add(before);
                      return script.isEmpty() ? some(0, false) : script.remove();
                    })));
    context.runOnContext(now -> sweep.start());
    return sweep;
  }
}

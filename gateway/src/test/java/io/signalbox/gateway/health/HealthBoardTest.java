package io.signalbox.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthBoardTest {
  private static final Duration TIMEOUT = Duration.ofMillis(200);

  private Vertx vertx;
  private HealthBoard board;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() throws Exception {
    board.stop();
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private void begin(HealthCheck... checks) throws Exception {
    board = new HealthBoard(vertx, List.of(checks), Clock.systemUTC());
    board.start().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static HealthCheck check(String name, Supplier<Future<CheckReport>> ask) {
    return new HealthCheck(name, TIMEOUT, ask);
  }

  private CheckReport report(String name) {
    return board.latest(name).report();
  }

  private static void eventually(org.awaitility.core.ThrowingRunnable seen) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(seen);
  }

  @Test
  void whatNeverAnswersIsDownAskedOnceAndHoldsUpNobody() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger rounds = new AtomicInteger();
    Promise<CheckReport> answer = Promise.promise();
    begin(
        check(
            "hangs",
            () -> {
              asked.incrementAndGet();
              return answer.future();
            }),
        check(
            "works",
            () -> {
              rounds.incrementAndGet();
              return Future.succeededFuture(CheckReport.up(new JsonObject().put("figure", 7)));
            }));

    assertThat(report("hangs").status()).isEqualTo(CheckStatus.DOWN);
    assertThat(report("hangs").detail()).startsWith("no answer for ");
    assertThat(report("works").status()).isEqualTo(CheckStatus.UP);
    assertThat(board.latest("works").json().getInteger("figure")).isEqualTo(7);

    eventually(() -> assertThat(rounds.get()).isGreaterThanOrEqualTo(3));
    assertThat(asked).hasValue(1);

    answer.complete(CheckReport.up(new JsonObject()));
    eventually(() -> assertThat(report("hangs").status()).isEqualTo(CheckStatus.UP));
    assertThat(asked.get()).isGreaterThan(1);
  }

  @Test
  void aCheckThatFailsIsDownWithItsReason() throws Exception {
    begin(
        check("fails", () -> Future.failedFuture(new IllegalStateException("out of order"))),
        check(
            "throws",
            () -> {
              throw new IllegalStateException("broken");
            }));

    assertThat(report("fails")).isEqualTo(CheckReport.down("out of order", new JsonObject()));
    assertThat(report("throws")).isEqualTo(CheckReport.down("broken", new JsonObject()));
  }

  @Test
  void tellsSinceWhenAPartIsAsItIs() throws Exception {
    AtomicInteger rounds = new AtomicInteger();
    begin(
        HealthCheck.ofMemory(
            "part",
            () -> {
              JsonObject round = new JsonObject().put("round", rounds.incrementAndGet());
              return rounds.get() < 3 ? CheckReport.up(round) : CheckReport.degraded("old", round);
            }));
    Checked first = board.latest("part");
    assertThat(first.sinceMillis()).isEqualTo(first.atMillis());

    eventually(() -> assertThat(rounds.get()).isGreaterThanOrEqualTo(4));
    eventually(() -> assertThat(report("part").figures().getInteger("round")).isGreaterThan(3));

    // Rounds that are late come in the same millisecond.
    eventually(
        () -> {
          Checked later = board.latest("part");
          assertThat(later.report().status()).isEqualTo(CheckStatus.DEGRADED);
          assertThat(later.sinceMillis())
              .isGreaterThan(first.sinceMillis())
              .isLessThan(later.atMillis());
        });
  }

  @Test
  void whatNobodyHasLookedAtForAWhileIsNotKnownToWork() throws Exception {
    AtomicLong now = new AtomicLong(1_000_000);
    InstantSource time = () -> Instant.ofEpochMilli(now.get());
    board =
        new HealthBoard(
            vertx,
            List.of(
                HealthCheck.ofMemory("part", () -> CheckReport.up(new JsonObject())),
                HealthCheck.ofMemory("none", () -> CheckReport.unused("there is none"))),
            time.withZone(ZoneOffset.UTC));
    Future<Void> looked = board.start();
    board.stop();
    looked.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);

    now.addAndGet(4_999);
    assertThat(report("part").status()).isEqualTo(CheckStatus.UP);
    now.addAndGet(1_001);
    assertThat(report("part").detail()).isEqualTo("not checked for 6 s");
    assertThat(board.latest().get("part").report().status()).isEqualTo(CheckStatus.DOWN);
    assertThat(report("none").status()).isEqualTo(CheckStatus.UNUSED);
  }

  @Test
  void noCheckMayTakeLongerThanARound() throws Exception {
    begin();
    HealthCheck slow =
        new HealthCheck(
            "slow",
            HealthBoard.EVERY,
            () -> Future.succeededFuture(CheckReport.up(new JsonObject())));
    assertThatThrownBy(() -> new HealthBoard(vertx, List.of(slow), Clock.systemUTC()))
        .hasMessage("slow must give up within 1000 ms");
  }
}

package io.signalbox.gateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.ProvidersLoaded;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.gateway.bus.WorkMessage;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.DeadLetterFilter;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.ledger.sqlite.SqliteLedgerOptions;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.notification.NotificationJson;
import io.signalbox.gateway.ranking.ScoringVerticle;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.intake.OnUnknown;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dispatcher over a real ledger and a real bus; providers are scripted. */
class DispatchVerticleTest {
  private static final Outcome TRANSIENT =
      new Outcome.Transient(Evidence.answered(500, "500", "broken"));
  private static final Outcome UNKNOWN =
      new Outcome.Unknown(Evidence.unanswered(Progress.BODY_WRITTEN, "timeout", "no answer"));

  @TempDir Path dir;
  private final Clock clock = Clock.systemUTC();
  private final NotificationIds ids = new NotificationIds(clock, 0);
  private final NotificationJson json = new NotificationJson();
  private final CountingMeter meter = new CountingMeter();
  private Vertx vertx;
  private Bus bus;
  private SqliteLedger ledger;
  private ScriptedProvider first;
  private ScriptedProvider second;

  @BeforeEach
  void start() {
    start(Map.of());
  }

  private void start(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("dispatch.lane_window", "50");
    settings.put("dispatch.sweep_interval", "100ms");
    settings.put("dispatch.retry_base", "10ms");
    settings.put("dispatch.retry_max", "50ms");
    settings.put("unknown.failover_after", "300ms");
    settings.put("unknown.wait_for", "600ms");
    settings.put("scoring.exploration", "0");
    settings.put("scoring.publish_interval", "50ms");
    settings.putAll(more);
    GatewayConfig config = ConfigLoader.load(Optional.empty(), Map.of(), settings);
    vertx = Vertx.vertx();
    bus = Bus.install(vertx);
    ledger =
        done(
            SqliteLedger.open(
                vertx, dir.resolve("ledger.db"), SqliteLedgerOptions.of(config.ledger()), json));
    done(vertx.deployVerticle(new ScoringVerticle(bus, ledger, config.scoring(), clock)));
    done(
        vertx.deployVerticle(
            new DispatchVerticle(bus, ledger, config, meter, clock, new SplittableRandom(7))));
    AtomicInteger ranked = new AtomicInteger();
    bus.listen(
        Addresses.RANKING,
        Ranked.class,
        ranking ->
            ranking
                .channels()
                .values()
                .forEach(channel -> ranked.set(channel.ranking().candidates().size())));
    first = new ScriptedProvider(bus, "first", 1, 10);
    second = new ScriptedProvider(bus, "second", 2, 10);
    await().until(() -> ranked.get() == 2);
    bus.publish(Addresses.PROVIDERS_LOADED, new ProvidersLoaded());
  }

  @AfterEach
  void stop() {
    done(vertx.close().compose(closed -> ledger.close()));
  }

  private static <T> T done(Future<T> future) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(2))
        .until(future::isComplete);
    if (future.failed()) {
      throw new AssertionError(future.cause());
    }
    return future.result();
  }

  private NotificationId accept(SendNotification notification, boolean ring) {
    NotificationId id = ids.next();
    Buffer content = json.write(notification);
    long now = clock.millis();
    done(
        ledger.accept(
            new AcceptRequest(
                id, notification, content, NotificationState.QUEUED, now, now, null)));
    if (ring) {
      bus.send(
          Addresses.WORK,
          new WorkMessage(
              new WorkItem(
                  id,
                  notification,
                  now,
                  NotificationState.QUEUED,
                  0,
                  List.of(),
                  content.length())));
    }
    return id;
  }

  private NotificationId accept() {
    return accept(WorkItems.notification(Priority.NORMAL, null, null), true);
  }

  private Timeline timeline(NotificationId id) {
    return done(ledger.timeline(SendNotification.DEFAULT_TENANT, id)).orElseThrow();
  }

  private Timeline endsIn(NotificationId id, NotificationState state) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(() -> assertThat(timeline(id).state()).isEqualTo(state));
    return timeline(id);
  }

  private static Receipt receipt(String attemptId, ReceiptStatus status) {
    return new Receipt(
        "event-" + attemptId + status,
        attemptId,
        null,
        status,
        ReasonClass.NONE,
        status.wireName(),
        null,
        null,
        null,
        Instant.ofEpochMilli(1));
  }

  @Test
  void theBestProviderSendsAndTheDecisionIsKept() {
    Timeline timeline = endsIn(accept(), NotificationState.SENT);
    assertThat(timeline.attempts()).hasSize(1);
    Timeline.AttemptEntry attempt = timeline.attempts().get(0);
    assertThat(attempt.provider()).isEqualTo("first");
    assertThat(attempt.outcome()).isEqualTo(OutcomeKind.SENT);
    assertThat(attempt.decision().rule()).isEqualTo("best_score");
    assertThat(attempt.decision().ranking()).isNotNull();
    assertThat(attempt.decision().ranking().json()).contains("first", "second", "inputs");
  }

  @Test
  void aTransientFailureGoesToTheNextProvider() {
    first.answers(TRANSIENT);
    Timeline timeline = endsIn(accept(), NotificationState.SENT);
    assertThat(timeline.attempts())
        .extracting(Timeline.AttemptEntry::provider)
        .containsExactly("first", "second");
    assertThat(timeline.attempts().get(1).decision().excluded())
        .extracting(excluded -> excluded.provider() + " " + excluded.reason())
        .containsExactly("first already_tried");
    assertThat(timeline.attempts().get(1).possibleDuplicate()).isFalse();
    assertThat(meter.failovers).hasValue(1);
  }

  @Test
  void whatIsOverAProvidersRateGoesToTheNextAndThenWaits() {
    first.limitedTo(1);
    second.limitedTo(2);
    long begun = clock.millis();

    List<NotificationId> accepted = Stream.generate(this::accept).limit(6).toList();
    accepted.forEach(id -> endsIn(id, NotificationState.SENT));

    assertThat(first.asked).hasSizeBetween(1, 3);
    assertThat(second.asked).hasSizeBetween(3, 5);
    // Three at once, the other three at three in a second.
    assertThat(clock.millis() - begun).isGreaterThanOrEqualTo(900);
  }

  @Test
  void aProviderThatWasTakenAwayCostsNothing() {
    first.vanish();
    Timeline timeline = endsIn(accept(), NotificationState.SENT);
    assertThat(timeline.attempts().get(0).code()).isEqualTo("provider_gone");
    assertThat(timeline.attempts().get(1).provider()).isEqualTo("second");
  }

  @Test
  void aRefusedRecipientFailsWithoutAskingAnybodyElse() {
    first.answers(
        new Outcome.Rejected(ReasonClass.HARD_BOUNCE, Evidence.answered(400, "bad", "bad")));
    assertThat(endsIn(accept(), NotificationState.FAILED).attempts()).hasSize(1);
    assertThat(second.asked).isEmpty();
  }

  @Test
  void anUnknownOutcomeWaitsAndThenFailsOverAsPossibleDuplicate() {
    first.answers(UNKNOWN);
    Timeline timeline = endsIn(accept(), NotificationState.SENT);
    assertThat(timeline.attempts()).hasSize(2);
    assertThat(timeline.attempts().get(0).outcome()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(timeline.attempts().get(1).possibleDuplicate()).isTrue();
    long waited =
        timeline.attempts().get(1).startedAtMillis() - timeline.attempts().get(0).endedAtMillis();
    assertThat(waited).isGreaterThanOrEqualTo(600);
    assertThat(meter.possibleDuplicates).hasValue(1);
  }

  @Test
  void aReceiptEndsTheWaiting() {
    first.answers(UNKNOWN);
    NotificationId id = accept();
    await()
        .untilAsserted(
            () ->
                assertThat(timeline(id).attempts())
                    .extracting(Timeline.AttemptEntry::outcome)
                    .containsExactly(OutcomeKind.UNKNOWN));
    done(
        ledger.record(
            new WebhookBatch(
                "first", clock.millis(), List.of(receipt(id + "-1", ReceiptStatus.DELIVERED)))));
    Timeline timeline = endsIn(id, NotificationState.DELIVERED);
    NotificationId marker =
        accept(WorkItems.notification(Priority.LOW, OnUnknown.FAILOVER, null), true);
    endsIn(marker, NotificationState.SENT);
    assertThat(timeline.attempts()).hasSize(1);
    assertThat(second.asked).hasSize(1);
  }

  @Test
  void stopHoldsItForAPerson() {
    first.answers(UNKNOWN);
    NotificationId id = accept(WorkItems.notification(Priority.NORMAL, OnUnknown.STOP, null), true);
    assertThat(endsIn(id, NotificationState.HELD).attempts()).hasSize(1);
    assertThat(second.asked).isEmpty();
  }

  @Test
  void aReplayOfWhatWasHeldIsMarkedAsAPossibleDuplicate() {
    first.answers(UNKNOWN);
    NotificationId id = accept(WorkItems.notification(Priority.NORMAL, OnUnknown.STOP, null), true);
    endsIn(id, NotificationState.HELD);
    first.answers(new Outcome.Sent("m-after-replay", Evidence.answered(202, null, null)));
    DeadLetterFilter all = DeadLetterFilter.all(SendNotification.DEFAULT_TENANT);
    assertThat(done(ledger.replayDeadLetters(all, 1, clock.millis()))).isEqualTo(1);
    Timeline timeline = endsIn(id, NotificationState.SENT);
    assertThat(timeline.attempts())
        .extracting(Timeline.AttemptEntry::possibleDuplicate)
        .containsExactly(false, true);
  }

  @Test
  void whenAllFailInAllRoundsItIsADeadLetter() {
    first.answers(TRANSIENT);
    second.answers(TRANSIENT);
    Timeline timeline = endsIn(accept(), NotificationState.DEAD_LETTER);
    assertThat(timeline.attempts()).hasSize(6);
    assertThat(timeline.attempts()).extracting(Timeline.AttemptEntry::round).contains(0, 1, 2);
    assertThat(timeline.reason()).isEqualTo("rounds_exhausted");
  }

  @Test
  void whatTheBellMissedIsFoundBySweeping() {
    endsIn(
        accept(WorkItems.notification(Priority.NORMAL, null, null), false), NotificationState.SENT);
  }

  @Test
  void aBacklogLargerThanTheWindowIsWorkedOff() {
    List<NotificationId> all = new ArrayList<>();
    Promise<Outcome> gate = Promise.promise();
    first.answers(deliver -> gate.future().map(open -> ScriptedProvider.sent(deliver)));
    second.answers(deliver -> gate.future().map(open -> ScriptedProvider.sent(deliver)));
    for (int i = 0; i < 400; i++) {
      all.add(accept());
    }
    gate.complete(TRANSIENT);
    for (NotificationId id : all) {
      assertThat(endsIn(id, NotificationState.SENT).attempts()).hasSize(1);
    }
    assertThat(first.asked.size() + second.asked.size()).isEqualTo(400);
  }

  @Test
  void noMoreAttemptsAreUnderWayThanAllowed() {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    first.answers(
        deliver -> {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          return vertx
              .timer(20)
              .<Outcome>map(fired -> ScriptedProvider.sent(deliver))
              .onComplete(ended -> underWay.decrementAndGet());
        });
    second.vanish();
    second.breaker("open", 1);
    List<NotificationId> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(accept());
    }
    all.forEach(id -> endsIn(id, NotificationState.SENT));
    assertThat(most.get()).isBetween(2, 10);
  }

  @Test
  void anOpenBreakerIsNotAsked() {
    first.breaker("open", 1);
    Timeline timeline = endsIn(accept(), NotificationState.SENT);
    assertThat(timeline.attempts()).hasSize(1);
    assertThat(timeline.attempts().get(0).provider()).isEqualTo("second");
    assertThat(first.asked).isEmpty();
  }

  @Test
  void aHalfOpenProviderGetsATrial() {
    first.breaker("half_open", 2);
    Timeline timeline = endsIn(accept(), NotificationState.SENT);
    assertThat(timeline.attempts().get(0).provider()).isEqualTo("first");
    assertThat(timeline.attempts().get(0).decision().rule()).isEqualTo("half_open_trial");
  }

  @Test
  void aThrottledProviderCoolsDown() {
    first.answers(
        new Outcome.Throttled(Duration.ofSeconds(60), Evidence.answered(429, "429", "slow")));
    assertThat(endsIn(accept(), NotificationState.SENT).attempts()).hasSize(2);
    assertThat(endsIn(accept(), NotificationState.SENT).attempts()).hasSize(1);
    assertThat(first.asked).hasSize(1);
  }

  @Test
  void whatExpiresWhileItWaitsIsExpired() {
    first.answers(TRANSIENT);
    second.answers(TRANSIENT);
    first.breaker("open", 1);
    second.breaker("open", 1);
    NotificationId id =
        accept(
            WorkItems.notification(
                Priority.NORMAL, null, Instant.ofEpochMilli(clock.millis() + 500)),
            true);
    assertThat(endsIn(id, NotificationState.EXPIRED).attempts()).isEmpty();
  }

  @Test
  void aPinnedProviderIsTheOnlyOneAsked() {
    SendNotification plain = WorkItems.notification(Priority.NORMAL, null, null);
    NotificationId id = accept(pinned(plain, "second"), true);
    assertThat(endsIn(id, NotificationState.SENT).attempts().get(0).provider()).isEqualTo("second");
    assertThat(first.asked).isEmpty();
  }

  private static SendNotification pinned(SendNotification plain, @Nullable String provider) {
    return new SendNotification(
        plain.tenant(),
        plain.type(),
        plain.channel(),
        plain.recipients(),
        plain.content(),
        plain.priority(),
        plain.fallbackChannels(),
        plain.sendAt(),
        plain.expiresAt(),
        plain.confirmWithin(),
        plain.onUnknown(),
        provider,
        plain.country(),
        plain.metadata(),
        plain.tags(),
        plain.idempotencyKey());
  }

  private static final class CountingMeter implements DispatchMeter {
    final AtomicInteger possibleDuplicates = new AtomicInteger();
    final AtomicInteger failovers = new AtomicInteger();

    @Override
    public void possibleDuplicate(String provider) {
      possibleDuplicates.incrementAndGet();
    }

    @Override
    public void failover(String from, String to, OutcomeKind outcome) {
      failovers.incrementAndGet();
    }

    @Override
    public void fallbackChannel(io.signalbox.spi.Channel asked, io.signalbox.spi.Channel used) {}

    @Override
    public void finished(
        io.signalbox.spi.Channel channel, NotificationState state, long sinceAcceptedMillis) {}

    @Override
    public void retry(io.signalbox.spi.Channel channel) {}
  }
}

package io.signalbox.gateway.dispatch;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.ProviderMessages.Canary;
import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.ledger.DeadLetterFilter;
import io.signalbox.gateway.ledger.Decision;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.ledger.Timeline.AttemptEntry;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.intake.OnUnknown;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dispatcher over a real ledger and a real bus; providers are scripted. */
class DispatchVerticleTest extends BaseDispatchTest {

  @Test
  void anAttemptIsStoredAsBegunBeforeItsProviderIsAsked() {
    List<Timeline> atTheProvider = new CopyOnWriteArrayList<>();
    first.answers(
        deliver ->
            ledger
                .reports()
                .timeline(SendNotification.DEFAULT_TENANT, deliver.attempt().notification())
                .map(
                    found -> {
                      atTheProvider.add(found.orElseThrow());
                      return ScriptedProvider.sent(deliver);
                    }));
    endsIn(accept(), NotificationState.SENT);

    assertThat(atTheProvider)
        .singleElement()
        .satisfies(
            stored -> {
              assertThat(stored.state()).isEqualTo(NotificationState.PROCESSING);
              assertThat(stored.attempts()).hasSize(1);
              assertThat(stored.attempts().get(0).outcome()).isNull();
            });
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

    long took = clock.millis() - begun;
    // Three at once, the other three at three in a second: later, if the machine stood still.
    assertThat(took).isGreaterThanOrEqualTo(900);
    int seconds = (int) (took / 1_000) + 1;
    assertThat(first.asked).hasSizeBetween(1, 1 + seconds);
    assertThat(second.asked).hasSizeBetween(6 - first.asked.size(), 2 + 2 * seconds);
  }

  @Test
  void aProviderThatWasTakenAwayCostsNothing() {
    first.vanish();
    Timeline timeline = endsIn(accept(), NotificationState.SENT);
    assertThat(timeline.attempts().get(0).code()).isEqualTo("provider_gone");
    assertThat(timeline.attempts().get(1).provider()).isEqualTo("second");
  }

  @Test
  void anAttemptIsKeptUnderTheGenerationOnTrialThatMakesIt() {
    List<Deliver> tried = new CopyOnWriteArrayList<>();
    bus.answer(
        Addresses.provider("first", 2),
        Deliver.class,
        deliver -> {
          tried.add(deliver);
          return Future.succeededFuture(
              new Delivered(deliver.attempt(), ScriptedProvider.sent(deliver), 1));
        });
    bus.publish(Addresses.PROVIDERS_CANARY, new Canary("first", 2, 1));
    Timeline timeline = endsIn(accept(), NotificationState.SENT);
    assertThat(tried).hasSize(1);
    assertThat(first.asked).isEmpty();
    assertThat(timeline.attempts())
        .extracting(AttemptEntry::provider, AttemptEntry::generation)
        .containsExactly(tuple("first", 2L));
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
    NotificationId id = accept();
    Timeline timeline = endsIn(id, NotificationState.SENT);
    assertThat(timeline.attempts()).hasSize(2);
    assertThat(timeline.attempts().get(0).outcome()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(timeline.attempts().get(1).possibleDuplicate()).isTrue();
    long waited =
        timeline.attempts().get(1).startedAtMillis() - timeline.attempts().get(0).endedAtMillis();
    assertThat(waited).isGreaterThanOrEqualTo(600);
    assertThat(meter.possibleDuplicates).hasValue(1);
    await().untilAsserted(() -> assertThat(meter.sent).containsExactly(id));
  }

  @Test
  void aReceiptEndsTheWaiting() {
    unknownsWait("1h");
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
    assertThat(timeline.dueAtMillis()).isZero();
    assertThat(timeline(id).attempts()).hasSize(1);
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
    assertThat(done(ledger.reports().replayDeadLetters(all, 1, clock.millis())).count())
        .isEqualTo(1);
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
    Promise<Outcome> gate = Promise.promise();
    first.answers(deliver -> gate.future().map(open -> ScriptedProvider.sent(deliver)));
    second.answers(deliver -> gate.future().map(open -> ScriptedProvider.sent(deliver)));
    List<NotificationId> all = acceptMany(400);
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
    List<NotificationId> all = acceptMany(60);
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
  void anUrgentOneIsNoTrialWhileAnotherCanTakeIt() {
    first.breaker("half_open", 2);
    Timeline timeline = endsIn(urgent(), NotificationState.SENT);
    assertThat(timeline.attempts().get(0).provider()).isEqualTo("second");
    assertThat(timeline.attempts().get(0).decision().excluded())
        .containsExactly(new Decision.Excluded("first", "half_open"));
  }

  @Test
  void anUrgentOneIsATrialIfNobodyElseCanTakeIt() {
    first.breaker("half_open", 2);
    second.breaker("open", 2);
    Timeline timeline = endsIn(urgent(), NotificationState.SENT);
    assertThat(timeline.attempts().get(0).provider()).isEqualTo("first");
    assertThat(timeline.attempts().get(0).decision().rule()).isEqualTo("half_open_last_resort");
  }

  private NotificationId urgent() {
    return accept(WorkItems.notification(Priority.URGENT, null, null), true);
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
    NotificationId id = accept(WorkItems.pinned(plain, "second"), true);
    assertThat(endsIn(id, NotificationState.SENT).attempts().get(0).provider()).isEqualTo("second");
    assertThat(first.asked).isEmpty();
  }
}

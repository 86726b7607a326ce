package io.signalbox.gateway.dispatch;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.gateway.ledger.PolicyUse;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.policy.DuplicateBudget;
import io.signalbox.gateway.policy.Policies;
import io.signalbox.gateway.policy.RoutingPolicy;
import io.signalbox.gateway.policy.SamplePolicies;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What routing policies do to notifications under way. */
class PolicyDispatchTest extends BaseDispatchTest {

  private static SendNotification named(String policy) {
    return new SendNotification(
        SendNotification.DEFAULT_TENANT,
        "test",
        Channel.EMAIL,
        List.of(new Recipient.Email("a@example.com"), new Recipient.Phone("+15558675309")),
        new Content("t", "m", null),
        Priority.NORMAL,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        policy,
        null,
        null,
        Map.of(),
        Map.of(),
        false,
        null);
  }

  private void inForce(Map<String, String> values) {
    policies.replace(new Policies(List.of(SamplePolicies.policy("sample", values))));
  }

  private Timeline ends(NotificationState state) {
    return endsIn(accept(named("sample"), true), state);
  }

  private void withTexts() {
    AtomicBoolean ranked = new AtomicBoolean();
    bus.listen(
        Addresses.RANKING,
        Ranked.class,
        ranking -> ranked.set(ranking.channels().containsKey(Channel.SMS)));
    new ScriptedProvider(bus, "texts", Channel.SMS, 1, 10);
    await().untilTrue(ranked);
  }

  @Test
  void whenTheAttemptsAreSpentItIsADeadLetter() {
    inForce(Map.of("max_attempts", "3", "max_rounds", "100", "retry_max", "1ms"));
    first.answers(TRANSIENT);
    second.answers(TRANSIENT);

    Timeline timeline = ends(NotificationState.DEAD_LETTER);

    assertThat(timeline.reason()).isEqualTo("attempts_exhausted");
    assertThat(timeline.attempts())
        .hasSize(3)
        .allSatisfy(attempt -> assertThat(attempt.decision().policy()).isEqualTo("sample"));
  }

  @Test
  void aThrottledAttemptSpendsNothing() {
    inForce(Map.of("max_attempts", "1", "max_rounds", "1"));
    Outcome throttled = new Outcome.Throttled(Duration.ZERO, Evidence.answered(429, "429", null));
    for (ScriptedProvider each : List.of(first, second)) {
      each.answers(
          deliver ->
              Future.succeededFuture(
                  each.asked.size() == 1 ? throttled : ScriptedProvider.sent(deliver)));
    }

    Timeline timeline = endsIn(accept(named("sample"), true), NotificationState.SENT);
    assertThat(timeline.attempts()).hasSize(3);
    assertThat(timeline.round()).isZero();
  }

  @Test
  void anAttemptThatWasNeverMadeSpendsNothing() {
    inForce(Map.of("max_attempts", "1", "max_rounds", "2"));
    first.vanish();

    Timeline timeline = ends(NotificationState.SENT);

    assertThat(timeline.attempts())
        .extracting(Timeline.AttemptEntry::code)
        .containsExactly("provider_gone", null);
  }

  @Test
  void withItsBudgetSpentItWaitsAndThenAPersonDecides() {
    inForce(
        Map.of(
            "on_unknown", "failover",
            "unknown_failover_after", "0s",
            "unknown_wait", "200ms",
            "duplicate_budget", "0"));
    first.answers(UNKNOWN);
    second.answers(UNKNOWN);

    Timeline timeline = ends(NotificationState.HELD);

    assertThat(timeline.reason()).isEqualTo("duplicate_budget_spent");
    assertThat(timeline.attempts()).hasSize(1);
    assertThat(meter.budgetSpent.get()).isPositive();
  }

  @Test
  void whatWasDoubledIsCountedAndCanBeCountedAgain() {
    inForce(
        Map.of(
            "on_unknown", "failover",
            "unknown_failover_after", "0s",
            "duplicate_budget", "0.01"));
    first.answers(UNKNOWN);
    // Before the budget is spent the second provider sends.
    assertThat(ends(NotificationState.SENT).attempts()).hasSize(2);

    List<PolicyUse> uses = done(ledger.policyUse(clock.millis() - 600_000));
    assertThat(uses.stream().mapToInt(PolicyUse::begun).sum()).isEqualTo(1);
    assertThat(uses.stream().mapToInt(PolicyUse::doubled).sum()).isEqualTo(1);
    assertThat(uses).extracting(PolicyUse::policy).containsOnly("sample");
  }

  @Test
  void aBudgetThatIsSpentStaysSpentAcrossARestart() throws Exception {
    Map<String, String> values =
        Map.of(
            "on_unknown", "failover",
            "unknown_failover_after", "0s",
            "unknown_wait", "200ms",
            "duplicate_budget", "0.01");
    inForce(values);
    firstAttemptsAreUnknown();
    for (int i = 0; i < DuplicateBudget.ALWAYS_ALLOWED; i++) {
      assertThat(ends(NotificationState.SENT).attempts()).hasSize(2);
    }

    stop();
    start();
    inForce(values);
    firstAttemptsAreUnknown();
    Timeline after = ends(NotificationState.HELD);

    assertThat(after.reason()).isEqualTo("duplicate_budget_spent");
    assertThat(after.attempts()).hasSize(1);
  }

  /** Whoever makes it; each second one is sent. */
  private void firstAttemptsAreUnknown() {
    for (ScriptedProvider each : List.of(first, second)) {
      each.answers(
          deliver ->
              Future.succeededFuture(
                  deliver.attempt().number() == 1 ? UNKNOWN : ScriptedProvider.sent(deliver)));
    }
  }

  @Test
  void theNotificationsOwnDeadlineEndsIt() {
    inForce(
        Map.of(
            "notification_timeout", "300ms",
            "max_rounds", "100",
            "max_attempts", "999",
            "retry_base", "20ms",
            "retry_max", "50ms"));
    first.answers(TRANSIENT);
    second.answers(TRANSIENT);

    Timeline timeline = ends(NotificationState.EXPIRED);

    assertThat(timeline.reason()).isEqualTo("deadline_over");
    assertThat(timeline.attempts())
        .allSatisfy(
            attempt ->
                assertThat(attempt.startedAtMillis())
                    .isLessThan(timeline.acceptedAtMillis() + 300));
  }

  @Test
  void whileTheLastProviderIsOnTrialTheFallbackChannelGoesOn() {
    withTexts();
    inForce(Map.of("fallback_channels", "sms"));
    Promise<Outcome> trial = Promise.promise();
    first.answers(deliver -> trial.future());
    second.breaker("open", 2);
    first.breaker("half_open", 2);
    NotificationId tried = accept(named("sample"), true);
    await().until(() -> first.asked.size() == 1);

    Timeline other = ends(NotificationState.SENT);

    assertThat(other.attempts()).hasSize(1);
    assertThat(other.attempts().get(0).channel()).isEqualTo(Channel.SMS);
    trial.complete(ScriptedProvider.sent(first.asked.get(0)));
    assertThat(endsIn(tried, NotificationState.SENT).attempts()).hasSize(1);
  }

  @Test
  void aChannelWhoseTimeIsOverGivesWayToTheNext() {
    withTexts();
    inForce(
        Map.of(
            "channel_timeout", "100ms",
            "fallback_channels", "sms",
            "on_unknown", "failover",
            "unknown_failover_after", "150ms"));
    first.answers(UNKNOWN);

    Timeline timeline = ends(NotificationState.SENT);

    // The second mail provider was there, but the time of mail was over.
    assertThat(timeline.attempts())
        .extracting(Timeline.AttemptEntry::provider)
        .containsExactly("first", "texts");
  }

  @Test
  void withTheTimeOfEveryChannelOverItIsADeadLetter() {
    inForce(
        Map.of(
            "channel_timeout", "100ms",
            "on_unknown", "failover",
            "unknown_failover_after", "150ms"));
    first.answers(UNKNOWN);

    assertThat(ends(NotificationState.DEAD_LETTER).reason()).isEqualTo("channels_exhausted");
  }

  @Test
  void noRequestOutlivesItsDeadline() {
    inForce(Map.of("attempt_timeout", "20s", "notification_timeout", "1h"));
    ends(NotificationState.SENT);
    Deliver deliver = first.asked.get(0);
    // The provider's own timeout is a minute.
    assertThat(deliver.request().timeout()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(20));
  }

  @Test
  void aRefusalMayBeTriedAtTheNextProvider() {
    inForce(Map.of("failover_on_rejected", "true"));
    first.answers(new Outcome.Rejected(ReasonClass.SPAM, Evidence.answered(400, "no", "no")));

    assertThat(ends(NotificationState.SENT).attempts())
        .extracting(Timeline.AttemptEntry::provider)
        .containsExactly("first", "second");
  }

  @Test
  void whatAllHaveRefusedIsNotSentAgain() {
    inForce(Map.of("failover_on_rejected", "true", "max_rounds", "5"));
    Outcome refused = new Outcome.Rejected(ReasonClass.SPAM, Evidence.answered(400, "no", "no"));
    first.answers(refused);
    second.answers(refused);

    Timeline timeline = ends(NotificationState.FAILED);

    assertThat(timeline.reason()).isEqualTo("rejected");
    assertThat(timeline.attempts())
        .extracting(Timeline.AttemptEntry::provider)
        .containsExactly("first", "second");
  }

  @Test
  void aPolicyMayPinAProviderForAType() {
    policies.replace(
        new Policies(
            List.of(
                new RoutingPolicy(
                    "tests",
                    "tests.yaml",
                    Set.of("test"),
                    Set.of(),
                    Map.of("provider", "second")))));
    Timeline timeline = endsIn(accept(named("gone"), true), NotificationState.SENT);
    assertThat(timeline.attempts())
        .extracting(Timeline.AttemptEntry::provider)
        .containsExactly("second");
    assertThat(timeline.attempts().get(0).decision().policy()).isEqualTo("tests");
  }
}

package io.signalbox.gateway.dispatch;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.ledger.Timeline.AttemptEntry;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.policy.Policies;
import io.signalbox.gateway.policy.RoutingPolicy;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.OnUnknown;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was sent and is not confirmed by a receipt goes to another provider. */
class ConfirmationDispatchTest extends BaseDispatchTest {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATE = Duration.ofHours(1);

  private static SendNotification confirmed(Duration within, OnUnknown onUnknown) {
    return confirmed(within, onUnknown, List.of());
  }

  private static SendNotification confirmed(
      Duration within, OnUnknown onUnknown, List<Channel> fallbackChannels) {
    return new SendNotification(
        SendNotification.DEFAULT_TENANT,
        "otp",
        Channel.EMAIL,
        List.of(new Recipient.Email("a@example.com"), new Recipient.Phone("+15558675309")),
        new Content("t", "m", null),
        Priority.NORMAL,
        fallbackChannels,
        null,
        null,
        within,
        onUnknown,
        null,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        false,
        null);
  }

  private void inForce(Map<String, String> values) {
    RoutingPolicy policy =
        new RoutingPolicy("tests", "tests.yaml", Set.of("test"), Set.of(), values);
    policies.replace(new Policies(List.of(policy)));
  }

  private Timeline becomes(NotificationId id, Predicate<Timeline> wanted) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> wanted.test(timeline(id)));
    return timeline(id);
  }

  private Timeline isUnconfirmed(NotificationId id) {
    return becomes(id, timeline -> "unconfirmed".equals(timeline.reason()));
  }

  private void told(NotificationId id, int number, String by, ReceiptStatus status) {
    told(id, number, by, status, ReasonClass.NONE);
  }

  private void told(
      NotificationId id, int number, String by, ReceiptStatus status, ReasonClass reason) {
    Receipt receipt =
        new Receipt(
            id + "-" + number + status,
            new AttemptId(id, number).toString(),
            null,
            status,
            reason,
            status.wireName(),
            null,
            null,
            null,
            Instant.ofEpochMilli(1));
    done(ledger.record(new WebhookBatch(by, clock.millis(), List.of(receipt))));
  }

  @Test
  void goesToTheNextProviderAndStaysSentWhenNobodyConfirms() {
    NotificationId id = accept(confirmed(SOON, null), true);

    Timeline timeline = isUnconfirmed(id);

    assertThat(timeline.state()).isEqualTo(NotificationState.SENT);
    assertThat(timeline.attempts())
        .extracting(AttemptEntry::provider)
        .containsExactly("first", "second");
    assertThat(timeline.attempts())
        .extracting(AttemptEntry::possibleDuplicate)
        .containsExactly(false, true);
    assertThat(timeline.attempts().get(1).confirmationFailover()).isTrue();
    assertThat(
            timeline.attempts().get(1).startedAtMillis()
                - timeline.attempts().get(0).endedAtMillis())
        .isGreaterThanOrEqualTo(SOON.toMillis());
    assertThat(timeline.events())
        .extracting(Timeline.Event::event)
        .containsExactly("confirmation_failover", "unconfirmed");
    assertThat(meter.confirmationFailovers).containsExactly("first");
    assertThat(meter.possibleDuplicates).hasValue(1);
    assertThat(meter.finished).containsExactly(NotificationState.SENT);
    told(id, 1, "first", ReceiptStatus.DELIVERED);
    endsIn(id, NotificationState.DELIVERED);
  }

  @Test
  void withConfirmationsSwitchedOffNothingThatWaitsIsSentAgain() throws Exception {
    inForce(Map.of("confirm_within", "1h"));
    NotificationId id = accept();
    endsIn(id, NotificationState.SENT);

    inForce(Map.of());
    makeDue(id);

    Timeline timeline = isUnconfirmed(id);
    assertThat(timeline.state()).isEqualTo(NotificationState.SENT);
    assertThat(timeline.attempts()).hasSize(1);
    assertThat(second.asked).isEmpty();
    assertThat(meter.finished).containsExactly(NotificationState.SENT);
  }

  @Test
  void aDeliveredReceiptInTimeIsTheEnd() {
    first.answers(deliver -> vertx.timer(20).map(passed -> ScriptedProvider.sent(deliver)));
    NotificationId id = accept(confirmed(LATE, null), true);
    assertThat(endsIn(id, NotificationState.SENT).dueAtMillis())
        .isGreaterThan(clock.millis() + 60_000);

    told(id, 1, "first", ReceiptStatus.DELIVERED);

    Timeline timeline = endsIn(id, NotificationState.DELIVERED);
    assertThat(timeline.dueAtMillis()).isZero();
    assertThat(timeline.attempts()).hasSize(1);
    assertThat(second.asked).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = ReceiptStatus.class,
      names = {"FAILED", "REJECTED", "EXPIRED"})
  void theProvidersOwnFailureFailsOverAtOnceAndIsNoDuplicate(ReceiptStatus status) {
    NotificationId id = accept(confirmed(LATE, null), true);
    endsIn(id, NotificationState.SENT);

    told(id, 1, "first", status);
    Timeline timeline = becomes(id, now -> now.attempts().size() == 2);

    assertThat(timeline.state()).isEqualTo(NotificationState.SENT);
    assertThat(timeline.attempts().get(1).possibleDuplicate()).isFalse();
    assertThat(meter.possibleDuplicates).hasValue(0);
    becomes(id, now -> now.dueAtMillis() > 0);
    told(id, 2, "second", status);
    assertThat(endsIn(id, NotificationState.FAILED).reason()).isEqualTo("not_delivered");
    await().untilAsserted(() -> assertThat(meter.moves).containsExactly("sent failed"));
  }

  @Test
  void theRecipientsFaultIsTheEnd() {
    NotificationId id = accept(confirmed(LATE, null), true);
    endsIn(id, NotificationState.SENT);

    told(id, 1, "first", ReceiptStatus.FAILED, ReasonClass.HARD_BOUNCE);

    assertThat(endsIn(id, NotificationState.FAILED).attempts()).hasSize(1);
    assertThat(second.asked).isEmpty();
  }

  @Test
  void theProviderIsAskedFirst() {
    first.tells(
        query ->
            new LookedUp(
                LookUpAnswer.FOUND,
                new Receipt(
                    "looked-up",
                    null,
                    query.providerMessageId(),
                    ReceiptStatus.DELIVERED,
                    ReasonClass.NONE,
                    "delivered",
                    null,
                    null,
                    null,
                    Instant.ofEpochMilli(1))));

    NotificationId id = accept(confirmed(SOON, null), true);

    assertThat(endsIn(id, NotificationState.DELIVERED).attempts()).hasSize(1);
    assertThat(first.lookedUp).hasSize(1);
    assertThat(first.lookedUp.get(0).providerMessageId()).isEqualTo("remote-" + id + "-1");
    assertThat(second.asked).isEmpty();
  }

  @Test
  void aProviderThatKnowsNoMoreIsAskedOnceAndFailedOver() {
    first.tells(query -> LookedUp.without(LookUpAnswer.NOT_FOUND));

    Timeline timeline = isUnconfirmed(accept(confirmed(SOON, null), true));

    assertThat(timeline.attempts()).hasSize(2);
    assertThat(first.lookedUp).hasSize(1);
  }

  @Test
  void aFailureOfTheNextGoesOnToAnotherChannel() {
    AtomicBoolean ranked = new AtomicBoolean();
    bus.listen(
        Addresses.RANKING,
        Ranked.class,
        ranking -> ranked.set(ranking.channels().containsKey(Channel.SMS)));
    ScriptedProvider text = new ScriptedProvider(bus, "text", Channel.SMS, 1, 10);
    await().untilTrue(ranked);
    second.answers(TRANSIENT);

    Timeline timeline = isUnconfirmed(accept(confirmed(SOON, null, List.of(Channel.SMS)), true));

    assertThat(timeline.state()).isEqualTo(NotificationState.SENT);
    assertThat(timeline.attempts())
        .extracting(AttemptEntry::provider)
        .containsExactly("first", "second", "text");
    assertThat(text.asked).hasSize(1);
    assertThat(meter.confirmationFailovers).containsExactly("first");
  }

  @Test
  void aRefusalOfTheNextDoesNotUndoWhatWasSent() {
    second.answers(new Outcome.Rejected(ReasonClass.BLOCKED, Evidence.answered(400, "no", "no")));

    Timeline timeline = isUnconfirmed(accept(confirmed(SOON, null), true));

    assertThat(timeline.state()).isEqualTo(NotificationState.SENT);
    assertThat(timeline.attempts().get(1).next()).isEqualTo("unconfirmed: rejected");
  }

  @ParameterizedTest
  @EnumSource(OnUnknown.class)
  void anUnknownOutcomeOfTheNextStaysSent(OnUnknown policy) {
    second.answers(UNKNOWN);

    Timeline timeline = isUnconfirmed(accept(confirmed(SOON, policy), true));

    assertThat(timeline.state()).isEqualTo(NotificationState.SENT);
    assertThat(timeline.attempts())
        .extracting(AttemptEntry::outcome)
        .containsExactly(OutcomeKind.SENT, OutcomeKind.UNKNOWN);
  }

  @Test
  void aBusyProviderIsWaitedFor() {
    second.limitedTo(0.000_1);
    NotificationId blocker = accept(confirmed(SOON, null), true);
    isUnconfirmed(blocker);
    NotificationId id = accept(confirmed(SOON, null), true);

    // Its time is over once this one, which came after it and wants no confirmation, is sent.
    becomes(id, now -> now.dueAtMillis() < clock.millis());
    endsIn(accept(), NotificationState.SENT);
    assertThat(timeline(id).state()).isEqualTo(NotificationState.SENT);
    assertThat(timeline(id).attempts()).hasSize(1);
    second.limitedTo(0);

    assertThat(isUnconfirmed(id).attempts()).hasSize(2);
  }
}

package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.ReceiptEffect.Kind;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every ledger must do with receipts. */
public abstract class BaseReceiptTest extends LedgerContract {

  @Test
  void movesForwardAndKeepsLateReceipts() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m-1");

    ReceiptEffect delivered =
        record("alpha", receipt("e-1", null, "m-1", ReceiptStatus.DELIVERED)).get(0);
    ReceiptEffect late = record("alpha", receipt("e-2", null, "m-1", ReceiptStatus.SENT)).get(0);

    assertThat(delivered.kind()).isEqualTo(Kind.MOVED);
    assertThat(delivered.attempt()).isEqualTo(new AttemptId(id, 1));
    assertThat(delivered.state()).isEqualTo(NotificationState.DELIVERED);
    assertThat(late.kind()).isEqualTo(Kind.KEPT);
    assertThat(late.state()).isEqualTo(NotificationState.DELIVERED);
    assertThat(timeline(id).receipts())
        .extracting(Timeline.ReceiptEntry::status)
        .containsExactly(ReceiptStatus.DELIVERED, ReceiptStatus.SENT);
    Timeline.ReceiptEntry entry = timeline(id).receipts().get(0);
    assertThat(entry.providerStatus()).isEqualTo("raw-delivered");
    assertThat(entry.occurredAtMillis()).isEqualTo(NOW + 50);
    assertThat(entry.receivedAtMillis()).isEqualTo(NOW + 60);
  }

  @Test
  void dropsRepeatedEventsAlsoWithinOneWebhook() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m-1");
    Receipt receipt = receipt("e-1", null, "m-1", ReceiptStatus.DELIVERED);

    List<ReceiptEffect> effects = record("alpha", receipt, receipt);
    ReceiptEffect again = record("alpha", receipt).get(0);

    assertThat(effects).extracting(ReceiptEffect::kind).containsExactly(Kind.MOVED, Kind.REPEATED);
    assertThat(again.kind()).isEqualTo(Kind.REPEATED);
    assertThat(again.attempt()).isEqualTo(new AttemptId(id, 1));
    assertThat(timeline(id).receipts()).hasSize(1);
  }

  @Test
  void matchesReceiptsThatCameBeforeTheAnswer() throws Exception {
    NotificationId id = begun();
    ReceiptEffect early =
        record("alpha", receipt("e-1", null, "m-1", ReceiptStatus.DELIVERED)).get(0);

    Settled settled = settleSent(id, 1, "m-1");

    assertThat(early.kind()).isEqualTo(Kind.UNMATCHED);
    assertThat(early.state()).isNull();
    assertThat(settled.applied()).isFalse();
    assertThat(settled.state()).isEqualTo(NotificationState.DELIVERED);
    assertThat(settled.matched()).hasSize(1);
    assertThat(settled.matched().get(0).kind()).isEqualTo(Kind.MOVED);
    assertThat(timeline(id).receipts()).hasSize(1);
    assertThat(timeline(id).attempts().get(0).outcome()).isEqualTo(OutcomeKind.SENT);
  }

  @Test
  void believesAProviderOnlyAboutItsOwnAttempts() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m-1");
    AttemptId attempt = new AttemptId(id, 1);

    List<ReceiptEffect> effects =
        record(
            "mallory",
            receipt("e-1", attempt, null, ReceiptStatus.BOUNCED),
            receipt("e-2", null, "m-1", ReceiptStatus.BOUNCED));

    assertThat(effects).extracting(ReceiptEffect::kind).containsOnly(Kind.UNMATCHED);
    assertThat(state(id)).isEqualTo(NotificationState.SENT);
  }

  @Test
  void takesABareNotificationIdForTheLatestAttemptAtThatProvider() throws Exception {
    NotificationId id = begun();
    settle(id, 1, unknown(), new NextStep.Attempt(start(id, 2), "unknown"));
    settle(id, 2, unknown(), new NextStep.Attempt(start(id, 3, "beta"), "unknown"));

    ReceiptEffect effect =
        record("alpha", echoing(id, "e-1", "m-late", ReceiptStatus.DELIVERED)).get(0);

    assertThat(effect.attempt()).isEqualTo(new AttemptId(id, 2));
    assertThat(effect.kind()).isEqualTo(Kind.MOVED);
    assertThat(effect.resolvedUnknown()).isTrue();
    assertThat(state(id)).isEqualTo(NotificationState.DELIVERED);
    assertThat(timeline(id).receipts()).hasSize(1);
  }

  @Test
  void takesABareNotificationIdForTheAttemptThatTheMessageIdNames() throws Exception {
    NotificationId id = begun();
    settle(id, 1, sent("m-1"), new NextStep.Attempt(start(id, 2), "unconfirmed"));

    List<ReceiptEffect> effects =
        record(
            "alpha",
            echoing(id, "e-1", "m-1", ReceiptStatus.BOUNCED),
            echoing(id, "e-2", null, ReceiptStatus.SENT));

    assertThat(effects)
        .extracting(ReceiptEffect::attempt)
        .containsExactly(new AttemptId(id, 1), new AttemptId(id, 2));
  }

  @Test
  void findsNothingByABareNotificationIdThatTheProviderNeverTried() throws Exception {
    NotificationId id = begun();
    NotificationId untried = accept();

    List<ReceiptEffect> effects =
        record(
            "mallory",
            echoing(id, "e-1", null, ReceiptStatus.BOUNCED),
            echoing(untried, "e-2", null, ReceiptStatus.BOUNCED),
            echoing(ids.next(), "e-3", null, ReceiptStatus.BOUNCED));

    assertThat(effects).extracting(ReceiptEffect::kind).containsOnly(Kind.UNMATCHED);
    assertThat(state(id)).isEqualTo(NotificationState.PROCESSING);
    assertThat(state(untried)).isEqualTo(NotificationState.QUEUED);
  }

  @Test
  void stopsFurtherAttemptsOnceDelivered() throws Exception {
    NotificationId id = begun();
    settle(id, 1, unknown(), new NextStep.Await(NOW + 500, "unknown"));

    ReceiptEffect effect = record(id, 1, ReceiptStatus.DELIVERED);

    assertThat(effect.resolvedUnknown()).isTrue();
    assertThat(effect.state()).isEqualTo(NotificationState.DELIVERED);
    assertThat(dueIds(LANE, NOW + 500)).isEmpty();
    assertThat(await(ledger().begin(start(id, 2))).applied()).isFalse();
    assertThat(timeline(id).attempts().get(0).outcome()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(record(id, 1, ReceiptStatus.OPENED).resolvedUnknown()).isFalse();
  }

  @Test
  void keepsTheReceiptsWordAgainstTheAttemptsEnd() throws Exception {
    NotificationId id = begun();
    record(id, 1, ReceiptStatus.DELIVERED);

    Settled settled = settle(id, 1, unknown(), new NextStep.Attempt(start(id, 2), "unknown"));

    assertThat(settled)
        .extracting(Settled::applied, Settled::state)
        .containsExactly(false, NotificationState.DELIVERED);
    assertThat(timeline(id).attempts()).hasSize(1);
    assertThat(timeline(id).attempts().get(0).next()).isEqualTo("overtaken: delivered");
  }

  @Test
  void failsNothingForABounceOfAnOldAttempt() throws Exception {
    NotificationId id = begun();
    settle(id, 1, unknown(), new NextStep.Attempt(start(id, 2), "unknown"));

    assertThat(record(id, 1, ReceiptStatus.BOUNCED).kind()).isEqualTo(Kind.KEPT);
    assertThat(state(id)).isEqualTo(NotificationState.PROCESSING);
    settleSent(id, 2, "m-2");
    assertThat(state(id)).isEqualTo(NotificationState.SENT);
    assertThat(record(id, 2, ReceiptStatus.FAILED).kind()).isEqualTo(Kind.MOVED);
    assertThat(timeline(id).reason()).isEqualTo("hard_bounce");
    assertThat(record(id, 1, ReceiptStatus.DELIVERED).state())
        .isEqualTo(NotificationState.DELIVERED);
  }

  @Test
  void failsTheNotificationForABounceOfTheLatestAttempt() throws Exception {
    NotificationId id = begun();
    settle(id, 1, unknown(), new NextStep.Await(NOW + 500, "unknown"));

    ReceiptEffect effect = record(id, 1, ReceiptStatus.BOUNCED);

    assertThat(effect.state()).isEqualTo(NotificationState.FAILED);
    assertThat(effect.resolvedUnknown()).isTrue();
    assertThat(timeline(id).dueAtMillis()).isZero();
    assertThat(settleSent(id, 1, "m-1").state()).isEqualTo(NotificationState.FAILED);
  }

  @Test
  void leavesThePlannedRetryOfAFailureThatTheProviderTellsAgain() throws Exception {
    NotificationId id = begun();
    settle(id, 1, unknown(), new NextStep.Await(NOW + 500, "unknown"));
    settle(id, 1, broken(), new NextStep.Retry(NOW + 600, 1, "next_round"));

    assertThat(record(id, 1, ReceiptStatus.FAILED).kind()).isEqualTo(Kind.KEPT);

    assertThat(state(id)).isEqualTo(NotificationState.QUEUED);
    assertThat(timeline(id).dueAtMillis()).isEqualTo(NOW + 600);
  }

  @Test
  void matchesReceiptsOfAMessageWhoseIdIsLearntFromAnotherReceipt() throws Exception {
    NotificationId id = begun();
    settle(id, 1, unknown(), new NextStep.Await(NOW + 500, "unknown"));
    record("alpha", receipt("early", null, "m-1", ReceiptStatus.DELIVERED));
    assertThat(state(id)).isEqualTo(NotificationState.PROCESSING);

    ReceiptEffect effect =
        record("alpha", receipt("learnt", new AttemptId(id, 1), "m-1", ReceiptStatus.SENT)).get(0);

    assertThat(effect.kind()).isEqualTo(Kind.MOVED);
    assertThat(effect.state()).isEqualTo(NotificationState.DELIVERED);
    assertThat(state(id)).isEqualTo(NotificationState.DELIVERED);
    assertThat(timeline(id).receipts()).hasSize(2);
  }

  @Test
  void keepsReceiptsOfUnknownMessages() throws Exception {
    ReceiptEffect effect =
        record("alpha", receipt("e-9", null, "nobody", ReceiptStatus.DELIVERED)).get(0);

    assertThat(effect.kind()).isEqualTo(Kind.UNMATCHED);
    assertThat(record("alpha", effect.receipt()).get(0).kind()).isEqualTo(Kind.REPEATED);
  }

  @Test
  void whatAProviderSaysMayHoldAnyCharacter() throws Exception {
    NotificationId sent = begun();
    NotificationId failed = begun();
    Receipt early = receipt("e\0", null, "m\0-1", ReceiptStatus.DELIVERED);
    assertThat(record("alpha", early).get(0).kind()).isEqualTo(Kind.UNMATCHED);

    Outcome refused =
        new Outcome.Transient(Evidence.unanswered(Progress.NOT_CONNECTED, "odd", "no\0thing"));
    // All at once, so that they are one commit.
    await(
        Future.all(
            ledger().accept(request("hello")),
            ledger().settle(settlement(sent, sent("m\0-1"), NotificationState.SENT)),
            ledger().settle(settlement(failed, refused, NotificationState.FAILED))));

    assertThat(state(sent)).isEqualTo(NotificationState.DELIVERED);
    assertThat(state(failed)).isEqualTo(NotificationState.FAILED);
    assertThat(record("alpha", early).get(0).kind()).isEqualTo(Kind.REPEATED);
  }

  private static Settlement settlement(
      NotificationId id, Outcome outcome, NotificationState state) {
    return new Settlement(new AttemptId(id, 1), outcome, NOW + 100, 99, finish(state));
  }
}

package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every ledger must do while a delivered receipt is waited for. */
public abstract class BaseConfirmationTest extends LedgerContract {
  private static final long WITHIN = 3_000;

  private static AttemptStart confirmed(NotificationId id, int number, String provider) {
    AttemptStart start = start(id, number, provider);
    return new AttemptStart(
        start.attempt(),
        start.round(),
        start.channel(),
        provider,
        start.generation(),
        start.decision(),
        start.startedAtMillis(),
        start.deadlineAtMillis(),
        start.possibleDuplicate(),
        start.recipient(),
        false,
        new Confirmation(WITHIN, number > 1));
  }

  /** A notification that was sent and waits for its receipt. */
  private NotificationId waiting() throws Exception {
    NotificationId id = accept();
    await(ledger().begin(confirmed(id, 1, "alpha")));
    Settled settled = settle(id, 1, sent("m-1-" + id), new NextStep.Confirm(NOW + WITHIN, "sent"));
    assertThat(settled)
        .extracting(Settled::applied, Settled::state)
        .containsExactly(true, NotificationState.SENT);
    return id;
  }

  private ReceiptEffect told(
      NotificationId id, int number, String provider, ReceiptStatus status, ReasonClass reason)
      throws Exception {
    Receipt receipt =
        new Receipt(
            id + "-" + number + "-" + status + reason,
            new AttemptId(id, number).toString(),
            null,
            status,
            reason,
            "raw",
            null,
            null,
            null,
            Instant.ofEpochMilli(NOW));
    return record(provider, receipt).get(0);
  }

  @Test
  void bringsWhatNobodyConfirmedWhenItsTimeIsOver() throws Exception {
    NotificationId id = waiting();

    assertThat(dueIds(LANE, NOW + WITHIN - 1)).isEmpty();
    WorkItem item = due(LANE, NOW + WITHIN).get(0);
    assertThat(item.id()).isEqualTo(id);
    assertThat(item.state()).isEqualTo(NotificationState.SENT);
    assertThat(item.last()).extracting(PastAttempt::mayHaveArrived).isEqualTo(true);
  }

  @ParameterizedTest
  @EnumSource(
      value = ReceiptStatus.class,
      names = {"DELIVERED", "OPENED", "BOUNCED"})
  void aReceiptThatSettlesItEndsTheWaiting(ReceiptStatus status) throws Exception {
    NotificationId id = waiting();
    ReasonClass reason =
        status == ReceiptStatus.BOUNCED ? ReasonClass.HARD_BOUNCE : ReasonClass.NONE;
    told(id, 1, "alpha", ReceiptStatus.SENT, ReasonClass.NONE);
    assertThat(timeline(id).dueAtMillis()).isEqualTo(NOW + WITHIN);

    told(id, 1, "alpha", status, reason);

    assertThat(timeline(id).dueAtMillis()).isZero();
    assertThat(await(ledger().begin(confirmed(id, 2, "beta"))).applied()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = ReceiptStatus.class,
      names = {"FAILED", "REJECTED", "EXPIRED"})
  void theProvidersFailureMakesItDueAtOnce(ReceiptStatus status) throws Exception {
    NotificationId id = waiting();

    ReceiptEffect effect = told(id, 1, "alpha", status, ReasonClass.NONE);

    assertThat(effect.state()).isEqualTo(NotificationState.SENT);
    WorkItem item = due(LANE, NOW + 60).get(0);
    assertThat(item.last()).extracting(PastAttempt::mayHaveArrived).isEqualTo(false);
  }

  @ParameterizedTest
  @EnumSource(
      value = ReasonClass.class,
      names = {"HARD_BOUNCE", "COMPLAINT", "UNSUBSCRIBED", "SUPPRESSED", "INVALID_CONTENT"})
  void whatNoOtherProviderCanMendFails(ReasonClass reason) throws Exception {
    NotificationId id = waiting();

    assertThat(told(id, 1, "alpha", ReceiptStatus.FAILED, reason).state())
        .isEqualTo(NotificationState.FAILED);
    assertThat(timeline(id).dueAtMillis()).isZero();
  }

  @Test
  void anAttemptInSentBeginsOnlyForWantOfAConfirmation() throws Exception {
    NotificationId waiting = waiting();
    NotificationId settled = begun();
    settleSent(settled, 1, "m");

    assertThat(await(ledger().begin(start(waiting, 2))).applied()).isFalse();
    assertThat(await(ledger().begin(confirmed(settled, 2, "beta"))).applied()).isFalse();
    assertThat(await(ledger().begin(confirmed(waiting, 2, "beta"))))
        .extracting(Settled::applied, Settled::state)
        .containsExactly(true, NotificationState.SENT);
    assertThat(await(ledger().begin(confirmed(waiting, 3, "gamma"))).applied()).isFalse();
    assertThat(dueIds(LANE, NOW + 1_000_000)).isEmpty();
    assertThat(timeline(waiting).attempts().get(1).confirmationFailover()).isTrue();
  }

  @Test
  void aStepThatWasDecidedBeforeItWasKnownAsSentIsStale() throws Exception {
    NotificationId id = accept();
    await(ledger().begin(confirmed(id, 1, "alpha")));
    settle(id, 1, unknown(), new NextStep.Await(NOW + 500, "unknown"));
    told(id, 1, "alpha", ReceiptStatus.ACCEPTED, ReasonClass.NONE);
    NextStep stale = new NextStep.Finish(NotificationState.HELD, "unknown_outcome");

    assertThat(await(ledger().move(id, 1, false, stale, NOW + 501)))
        .extracting(Settled::applied, Settled::state)
        .containsExactly(false, NotificationState.SENT);
    assertThat(timeline(id).dueAtMillis()).isEqualTo(NOW + 60 + WITHIN);
  }

  @Test
  void staysSentWhateverBecomesOfTheOtherAttempts() throws Exception {
    NotificationId id = waiting();
    await(ledger().begin(confirmed(id, 2, "beta")));
    NextStep third = new NextStep.Attempt(confirmed(id, 3, "gamma"), "transient");

    assertThat(settle(id, 2, broken(), third))
        .extracting(Settled::applied, Settled::state)
        .containsExactly(true, NotificationState.SENT);
    assertThat(settle(id, 3, unknown(), new NextStep.Await(NOW + 900, "unknown")))
        .extracting(Settled::applied, Settled::state)
        .containsExactly(true, NotificationState.SENT);
    assertThat(dueIds(LANE, NOW + 900)).containsExactly(id);
    Settled end =
        await(ledger().move(id, 3, true, new NextStep.Unconfirmed("no_provider"), NOW + 901));

    assertThat(end)
        .extracting(Settled::applied, Settled::state)
        .containsExactly(true, NotificationState.SENT);
    Timeline timeline = timeline(id);
    assertThat(timeline.reason()).isEqualTo("unconfirmed");
    assertThat(timeline.events())
        .contains(new Timeline.Event(NOW + 901, "unconfirmed", "no_provider"));
    assertThat(timeline.dueAtMillis()).isZero();
    told(id, 1, "alpha", ReceiptStatus.DELIVERED, ReasonClass.NONE);
    assertThat(state(id)).isEqualTo(NotificationState.DELIVERED);
  }

  @Test
  void failsOnceNothingMayHaveArrived() throws Exception {
    NotificationId id = waiting();
    told(id, 1, "alpha", ReceiptStatus.FAILED, ReasonClass.NONE);
    await(ledger().begin(confirmed(id, 2, "beta")));

    assertThat(settle(id, 2, broken(), new NextStep.Unconfirmed("no_provider")))
        .extracting(Settled::applied, Settled::state)
        .containsExactly(true, NotificationState.FAILED);
    assertThat(timeline(id).reason()).isEqualTo("not_delivered");
  }

  @Test
  void badNewsOfTheSecondDoesNotFailWhatTheFirstMayHaveBrought() throws Exception {
    NotificationId id = waiting();
    await(ledger().begin(confirmed(id, 2, "beta")));
    settle(id, 2, sent("m-2"), new NextStep.Confirm(NOW + WITHIN, "sent"));

    told(id, 2, "beta", ReceiptStatus.BOUNCED, ReasonClass.HARD_BOUNCE);
    assertThat(timeline(id).reason()).isEqualTo("unconfirmed");
    assertThat(timeline(id).dueAtMillis()).isZero();

    told(id, 1, "alpha", ReceiptStatus.FAILED, ReasonClass.NONE);
    assertThat(state(id)).isEqualTo(NotificationState.FAILED);
  }

  @Test
  void aFailureThatIsToldBeforeTheAnswerIsNotForgotten() throws Exception {
    NotificationId id = accept();
    await(ledger().begin(confirmed(id, 1, "alpha")));
    told(id, 1, "alpha", ReceiptStatus.FAILED, ReasonClass.NONE);
    assertThat(state(id)).isEqualTo(NotificationState.PROCESSING);

    settle(id, 1, sent("m"), new NextStep.Confirm(NOW + WITHIN, "sent"));

    assertThat(state(id)).isEqualTo(NotificationState.SENT);
    assertThat(dueIds(LANE, NOW + 100)).containsExactly(id);
  }

  @Test
  void waitsForWhatTurnsOutToBeSent() throws Exception {
    NotificationId id = accept();
    await(ledger().begin(confirmed(id, 1, "alpha")));
    settle(id, 1, unknown(), new NextStep.Await(NOW + 500, "unknown"));

    told(id, 1, "alpha", ReceiptStatus.ACCEPTED, ReasonClass.NONE);

    assertThat(state(id)).isEqualTo(NotificationState.SENT);
    assertThat(timeline(id).dueAtMillis()).isEqualTo(NOW + 60 + WITHIN);
    assertThat(due(LANE, NOW + 60 + WITHIN).get(0).last())
        .extracting(PastAttempt::wasSent)
        .isEqualTo(true);
  }

  @Test
  void aBrokenOffConfirmationIsUnknownAndGoesOn() throws Exception {
    NotificationId id = waiting();
    NotificationId untouched = waiting();
    NotificationId arrived = waiting();
    for (NotificationId begun : List.of(id, arrived)) {
      await(ledger().begin(confirmed(begun, 2, "beta")));
    }
    told(arrived, 1, "alpha", ReceiptStatus.DELIVERED, ReasonClass.NONE);

    reopen();
    Recovery recovery = await(ledger().recover(NOW + 1_000));

    assertThat(recovery.brokenOff()).isEqualTo(2);
    assertThat(dueIds(LANE, NOW + 1_000)).containsExactly(id);
    assertThat(dueIds(LANE, NOW + WITHIN)).containsExactly(id, untouched);
    WorkItem item = due(LANE, NOW + 1_000).get(0);
    assertThat(item.state()).isEqualTo(NotificationState.SENT);
    assertThat(item.attempts()).hasSize(2).allMatch(PastAttempt::mayHaveArrived);
    assertThat(timeline(id).attempts().get(1).code()).isEqualTo("node_stopped");
    assertThat(state(arrived)).isEqualTo(NotificationState.DELIVERED);
  }
}

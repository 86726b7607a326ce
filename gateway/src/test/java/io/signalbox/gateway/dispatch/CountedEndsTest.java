package io.signalbox.gateway.dispatch;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.ledger.Cancellation.Kind;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.Settled;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.queue.LedgerQueue;
import io.signalbox.gateway.rate.RateDesk;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.StatusQuery;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Each end is counted once, as what it was. */
class CountedEndsTest extends BaseDispatchTest {
  private static final Outcome REJECTED =
      new Outcome.Rejected(ReasonClass.HARD_BOUNCE, Evidence.answered(400, "bad", "bad"));

  private Kind cancel(NotificationId id) {
    return done(ledger.reports().cancel(SendNotification.DEFAULT_TENANT, id, clock.millis()))
        .kind();
  }

  /** Sends another one to its end, so that everything before it is counted. */
  private void counted() {
    first.answers(deliver -> Future.succeededFuture(ScriptedProvider.sent(deliver)));
    int before = meter.finished.size();
    endsIn(accept(), NotificationState.SENT);
    await().until(() -> meter.finished.size() > before);
  }

  @ParameterizedTest
  @EnumSource(
      value = NotificationState.class,
      names = {"SENT", "FAILED", "CANCELLED"})
  void whatIsCalledBackDuringItsAttemptCountsAsWhatItBecame(NotificationState end) {
    Promise<Outcome> answer = Promise.promise();
    first.answers(deliver -> answer.future());
    NotificationId id = accept();
    await().until(() -> first.asked.size() == 1);
    assertThat(cancel(id)).isEqualTo(Kind.WISHED);

    switch (end) {
      case SENT -> answer.complete(ScriptedProvider.sent(first.asked.get(0)));
      case FAILED -> answer.complete(REJECTED);
      default -> answer.complete(TRANSIENT);
    }
    endsIn(id, end);

    await().untilAsserted(() -> assertThat(meter.finished).containsExactly(end));
  }

  @Test
  void whatTheApiHasCancelledIsNotCountedAgainByALookUp() {
    first.answers(UNKNOWN);
    first.tells(
        query -> {
          // Stored before what the look-up leads to: the ledger keeps the order.
          ledger
              .reports()
              .cancel(
                  SendNotification.DEFAULT_TENANT,
                  first.asked.get(0).attempt().notification(),
                  clock.millis());
          return found(query, ReceiptStatus.FAILED);
        });
    NotificationId id = accept();
    endsIn(id, NotificationState.CANCELLED);
    await().until(() -> timeline(id).attempts().get(0).outcome() == OutcomeKind.TRANSIENT);
    counted();

    assertThat(meter.finished).containsExactly(NotificationState.SENT);
  }

  @Test
  void aReceiptThatCameBeforeTheAnswerIsCounted() {
    first.answers(
        deliver -> {
          Outcome sent = ScriptedProvider.sent(deliver);
          String message = "remote-" + deliver.attempt();
          Receipt early = receipt(null, message, ReceiptStatus.DELIVERED);
          return ledger
              .record(new WebhookBatch("first", clock.millis(), List.of(early)))
              .map(stored -> sent);
        });
    endsIn(accept(), NotificationState.DELIVERED);

    await().untilAsserted(() -> assertThat(meter.moves).containsExactly("processing delivered"));
    assertThat(meter.finished).isEmpty();
  }

  @Test
  void whatALookUpFindsOutIsCounted() {
    first.answers(UNKNOWN);
    first.tells(query -> found(query, ReceiptStatus.DELIVERED));
    endsIn(accept(), NotificationState.DELIVERED);

    await().untilAsserted(() -> assertThat(meter.moves).containsExactly("processing delivered"));
    assertThat(meter.finished).isEmpty();
  }

  @Test
  void whatIsKnownToBeSentAfterItsEndMovesFromThere() {
    WorkItem item = WorkItems.fresh();
    NextStep sent = new NextStep.Finish(NotificationState.SENT, "sent");
    Bookkeeping books =
        new Bookkeeping(
            LoggerFactory.getLogger(Workbench.class),
            meter,
            new DrillRules(told -> {}),
            new ProviderBoard(
                1, new CoolDownRange(Duration.ofSeconds(1), Duration.ofSeconds(2)), RateDesk.ALONE),
            new LedgerQueue(ledger, config.dispatch(), clock),
            clock);
    for (NotificationState before :
        List.of(NotificationState.HELD, NotificationState.SENT, NotificationState.PROCESSING)) {
      books.settled(new Settled(true, before, NotificationState.SENT, sent, List.of(), null), item);
    }

    assertThat(meter.moves).containsExactly("held sent");
    assertThat(meter.finished).containsExactly(NotificationState.SENT);
  }

  private static LookedUp found(StatusQuery query, ReceiptStatus status) {
    return new LookedUp(LookUpAnswer.FOUND, receipt(query.attemptId(), "remote-1", status));
  }

  private static Receipt receipt(@Nullable String attempt, String message, ReceiptStatus status) {
    return new Receipt(
        "event-" + message,
        attempt,
        message,
        status,
        ReasonClass.NONE,
        status.wireName(),
        null,
        null,
        null,
        Instant.ofEpochMilli(1));
  }
}

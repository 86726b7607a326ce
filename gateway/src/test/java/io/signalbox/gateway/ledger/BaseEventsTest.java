package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.events.NotificationEvent;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every ledger tells of its changes in the same events. */
public abstract class BaseEventsTest extends LedgerContract {
  protected final HeardEvents heard = new HeardEvents();

  @Override
  protected EventOutlet outlet() {
    return heard;
  }

  @Test
  void tellsOfTheWayToDelivered() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m1");
    record(id, 1, ReceiptStatus.DELIVERED);

    assertThat(heard.types())
        .containsExactly("notification.sent", "receipt.delivered", "notification.delivered");
    NotificationEvent sent = heard.all().get(0);
    assertThat(sent)
        .isEqualTo(
            new NotificationEvent(
                sent.id(),
                "io.signalbox.notification.sent",
                TENANT,
                null,
                id.toString(),
                id + "-1",
                "alpha",
                "m1",
                Channel.EMAIL,
                "sent",
                ReasonClass.NONE,
                null,
                "done",
                "someone@example.org",
                Instant.ofEpochMilli(NOW + 100),
                Instant.ofEpochMilli(NOW + 100),
                TraceContext.of(id).traceparent()));
    NotificationEvent receipt = heard.all().get(1);
    assertThat(receipt)
        .isEqualTo(
            new NotificationEvent(
                receipt.id(),
                "io.signalbox.receipt.delivered",
                TENANT,
                null,
                id.toString(),
                id + "-1",
                "alpha",
                "m1",
                Channel.EMAIL,
                "delivered",
                ReasonClass.NONE,
                "30003",
                "text",
                "someone@example.org",
                Instant.ofEpochMilli(NOW + 50),
                Instant.ofEpochMilli(NOW + 60),
                TraceContext.of(id).traceparent()));
  }

  @Test
  void tellsOfALateReceiptThatMovesNothing() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m1");
    record(id, 1, ReceiptStatus.DELIVERED);
    record(id, 1, ReceiptStatus.SENT);
    record("alpha", receipt("again", new AttemptId(id, 1), null, ReceiptStatus.DELIVERED));

    assertThat(heard.types())
        .containsExactly(
            "notification.sent",
            "receipt.delivered",
            "notification.delivered",
            "receipt.sent",
            "receipt.delivered");
  }

  @Test
  void tellsNothingOfARepeatedEvent() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m1");
    record(id, 1, ReceiptStatus.DELIVERED);
    int before = heard.all().size();

    record(id, 1, ReceiptStatus.DELIVERED);

    assertThat(heard.all()).hasSize(before);
  }

  @Test
  void tellsOfAnEarlyReceiptOnceItIsMatched() throws Exception {
    NotificationId id = begun();
    record("alpha", receipt("early", null, "m1", ReceiptStatus.BOUNCED));
    assertThat(heard.all()).isEmpty();

    settleSent(id, 1, "m1");

    assertThat(heard.types()).containsExactly("receipt.bounced", "notification.failed");
    assertThat(heard.all().get(1).reason()).isEqualTo(ReasonClass.HARD_BOUNCE);
  }

  @Test
  void tellsOfARefusalWithItsReason() throws Exception {
    NotificationId id = begun();
    Outcome refused =
        new Outcome.Rejected(
            ReasonClass.INVALID_RECIPIENT, Evidence.answered(400, "21211", "no such number"));
    settle(id, 1, refused, finish(NotificationState.FAILED));

    NotificationEvent failed = heard.all().get(0);
    assertThat(failed.type()).isEqualTo("io.signalbox.notification.failed");
    assertThat(failed.reason()).isEqualTo(ReasonClass.INVALID_RECIPIENT);
    assertThat(failed.providerCode()).isEqualTo("21211");
    assertThat(failed.providerText()).isEqualTo("no such number");
  }

  @Test
  void tellsOfEveryStateThatIsNoWork() throws Exception {
    for (NotificationState state : Set.of(NotificationState.EXPIRED, NotificationState.CANCELLED)) {
      NotificationId id = accept();
      await(ledger().move(id, 0, false, new NextStep.Finish(state, "why"), NOW));
      NotificationEvent event = heard.all().get(heard.all().size() - 1);
      assertThat(event.type()).isEqualTo("io.signalbox.notification." + state.wireName());
      assertThat(event.attemptId()).isNull();
      assertThat(event.provider()).isNull();
      assertThat(event.channel()).isEqualTo(Channel.EMAIL);
      assertThat(event.providerText()).isEqualTo("why");
    }
    NotificationId held = begun();
    settle(held, 1, unknown(), finish(NotificationState.HELD));
    assertThat(heard.types()).last().isEqualTo("notification.held");
  }

  @Test
  void tellsNothingOfWorkThatGoesOn() throws Exception {
    NotificationId id = begun();
    settle(id, 1, broken(), new NextStep.Attempt(start(id, 2, "beta"), "transient"));
    settle(id, 2, broken(), new NextStep.Retry(NOW + 5_000, 1, "exhausted"));
    await(ledger().move(id, 2, false, new NextStep.Await(NOW + 9_000, "wait"), NOW));

    assertThat(heard.all()).isEmpty();
  }

  @Test
  void tellsOfDeadLettersAndWhatAPersonDecides() throws Exception {
    NotificationId id = begun();
    settle(id, 1, broken(), finish(NotificationState.DEAD_LETTER));
    await(reports().replayDeadLetters(DeadLetterFilter.all(TENANT), 10, NOW + 1));
    await(ledger().move(id, 1, false, finish(NotificationState.DEAD_LETTER), NOW + 2));
    await(reports().discardDeadLetters(DeadLetterFilter.all(TENANT), 10, NOW + 3));

    assertThat(heard.types())
        .containsExactly(
            "notification.dead_letter", "notification.dead_letter", "notification.failed");
    assertThat(heard.all()).extracting(NotificationEvent::id).doesNotHaveDuplicates();
    assertThat(heard.all().get(2).attemptId()).isEqualTo(id + "-1");
    assertThat(heard.all().get(2).providerText()).isEqualTo("discarded");
  }

  @Test
  void idsTellTheSameEventWhereverItIsMade() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m1");
    record("alpha", receipt("evt-1", new AttemptId(id, 1), null, ReceiptStatus.DELIVERED));

    assertThat(heard.all())
        .extracting(NotificationEvent::id)
        .containsExactly(
            EventIds.ofMove(id, NotificationState.SENT, 1, 0),
            EventIds.ofReceipt("alpha", "evt-1"),
            EventIds.ofMove(id, NotificationState.DELIVERED, 1, 0));
  }

  @Test
  void tellsEventsInTheOrderOfTheChanges() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m1");
    List<Future<?>> all = new ArrayList<>();
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      events.add(EventIds.ofReceipt("alpha", "open-" + i));
      all.add(
          ledger()
              .record(
                  new WebhookBatch(
                      "alpha",
                      NOW,
                      List.of(
                          receipt(
                              "open-" + i, new AttemptId(id, 1), null, ReceiptStatus.OPENED)))));
    }
    await(Future.all(all));

    assertThat(heard.all())
        .filteredOn(event -> event.type().startsWith(NotificationEvent.RECEIPT))
        .extracting(NotificationEvent::id)
        .containsExactlyElementsOf(events);
  }

  @Test
  void tellsNothingOfAChangeThatIsRefused() throws Exception {
    NotificationId good = begun();
    Future<Settled> refused =
        ledger()
            .settle(
                new Settlement(
                    new AttemptId(accept(), 1),
                    sent("m0"),
                    NOW,
                    1,
                    finish(NotificationState.SENT)));
    Future<Settled> taken =
        ledger()
            .settle(
                new Settlement(
                    new AttemptId(good, 1), sent("m1"), NOW, 1, finish(NotificationState.SENT)));
    await(Future.join(refused, taken).otherwiseEmpty());

    assertThat(refused.failed()).isTrue();
    assertThat(heard.all())
        .extracting(NotificationEvent::notificationId)
        .containsExactly(good.toString());
  }

  @Test
  void tellsTheDefaultTenantOfAnOptOutThatBelongsToNoMessage() throws Exception {
    Receipt stop = receipt("stop", null, null, ReceiptStatus.UNSUBSCRIBED);
    WebhookBatch batch = new WebhookBatch("texts", NOW, List.of(stop, stop), Set.of(Channel.EMAIL));
    await(ledger().record(batch));
    record("texts", receipt("other", null, "m-9", ReceiptStatus.UNSUBSCRIBED));
    record("texts", receipt("bounce", null, null, ReceiptStatus.BOUNCED));

    assertThat(heard.types()).containsExactly("receipt.unsubscribed");
    NotificationEvent event = heard.all().get(0);
    assertThat(event.id()).isEqualTo(EventIds.ofReceipt("texts", "stop"));
    assertThat(event.tenant()).isEqualTo(TENANT);
    assertThat(event.notificationId()).isNull();
    assertThat(event.channel()).isEqualTo(Channel.EMAIL);
    assertThat(event.recipient()).isEqualTo("someone@example.org");
  }

  @Test
  void tellsThatTheSuppressionListStoodAgainstANotification() throws Exception {
    NotificationId early = accept();
    NotificationId bounced = begun();
    settleSent(bounced, 1, "m1");
    record(bounced, 1, ReceiptStatus.BOUNCED);
    accept();
    String failure = SuppressionReason.HARD_BOUNCE.failure();
    await(
        ledger()
            .move(early, 0, false, new NextStep.Finish(NotificationState.FAILED, failure), NOW));

    assertThat(heard.all())
        .filteredOn(event -> event.type().endsWith("notification.failed"))
        .extracting(NotificationEvent::reason)
        .containsExactly(ReasonClass.HARD_BOUNCE, ReasonClass.SUPPRESSED, ReasonClass.SUPPRESSED);
    assertThat(heard.all()).last().extracting(NotificationEvent::providerText).isEqualTo(failure);
  }

  @Test
  void makesNothingForNobody() throws Exception {
    heard.want(false);
    NotificationId id = begun();
    settleSent(id, 1, "m1");
    record(id, 1, ReceiptStatus.DELIVERED);

    assertThat(heard.all()).isEmpty();
  }
}

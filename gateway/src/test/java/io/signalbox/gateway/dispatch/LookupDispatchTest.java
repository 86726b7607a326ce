package io.signalbox.gateway.dispatch;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.lookup.LookupJournal;
import io.signalbox.gateway.lookup.StatusAsker;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.trail.CapturedTrail;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.StatusQuery;
import io.signalbox.spi.intake.OnUnknown;
import io.signalbox.spi.intake.Priority;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Unknown outcomes at a provider that can be asked. */
class LookupDispatchTest extends BaseDispatchTest {

  @BeforeEach
  void theFirstProviderNeverAnswers() {
    first.answers(UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(
      value = ReceiptStatus.class,
      names = {"ACCEPTED", "QUEUED", "SENT", "DEFERRED", "DELIVERED"})
  void whatTheProviderHasIsNotSentTwice(ReceiptStatus status) {
    first.tells(query -> found(query, status, ReasonClass.NONE));

    Timeline timeline =
        endsIn(
            accept(),
            status == ReceiptStatus.DELIVERED
                ? NotificationState.DELIVERED
                : NotificationState.SENT);

    assertThat(timeline.attempts()).hasSize(1);
    assertThat(lookups(timeline)).containsExactly("first: " + status.wireName());
    assertThat(timeline.receipts())
        .extracting(Timeline.ReceiptEntry::status)
        .containsExactly(status);
    assertThat(second.asked).isEmpty();
    assertThat(meter.possibleDuplicates).hasValue(0);
    assertThat(meter.lookups).containsExactly(LookUpAnswer.FOUND);
  }

  @Test
  void theProviderIsToldWhichAttemptIsMeant() {
    first.tells(query -> found(query, ReceiptStatus.DELIVERED, ReasonClass.NONE));
    NotificationId id = accept();
    Timeline.AttemptEntry attempt = endsIn(id, NotificationState.DELIVERED).attempts().get(0);

    StatusQuery query = first.lookedUp.get(0);
    assertThat(query.attemptId()).isEqualTo(id + "-1");
    assertThat(query.idempotencyKey()).isEqualTo(id.toString());
    assertThat(query.providerMessageId()).isNull();
    assertThat(query.recipient().address()).isEqualTo("a@example.com");
    assertThat(query.attemptedAt().toEpochMilli()).isEqualTo(attempt.startedAtMillis());
    assertThat(attempt.providerMessageId()).isEqualTo("remote-1");
  }

  @Test
  void laterWebhooksFindTheAttemptByTheIdThatTheLookUpHasTold() {
    first.tells(query -> found(query, ReceiptStatus.QUEUED, ReasonClass.NONE));
    NotificationId id = accept();
    endsIn(id, NotificationState.SENT);

    Receipt webhook = receipt(null, "remote-1", ReceiptStatus.DELIVERED, ReasonClass.NONE);
    done(ledger.record(new WebhookBatch("first", clock.millis(), List.of(webhook))));

    endsIn(id, NotificationState.DELIVERED);
  }

  @ParameterizedTest
  @EnumSource(
      value = LookUpAnswer.class,
      names = {"NOT_FOUND", "FAILED", "NOT_ASKED"})
  void withoutAnAnswerThePolicyGoesOnAfterASecondQuestion(LookUpAnswer answer) {
    unknownsWait("4s");
    first.tells(query -> LookedUp.without(answer));

    Timeline timeline = endsIn(accept(), NotificationState.SENT);

    assertThat(timeline.attempts()).hasSize(2);
    assertThat(timeline.attempts().get(1).possibleDuplicate()).isTrue();
    assertThat(first.lookedUp).hasSize(2);
    assertThat(lookups(timeline))
        .containsExactly(
            "first: " + answer.name().toLowerCase(java.util.Locale.ROOT),
            "first: " + answer.name().toLowerCase(java.util.Locale.ROOT));
    assertThat(meter.possibleDuplicates).hasValue(1);
  }

  @Test
  void whatWasFoundOnlyBeforeTheFailoverStopsIt() {
    unknownsWait("4s");
    first.tells(
        query ->
            first.lookedUp.size() < 2
                ? LookedUp.without(LookUpAnswer.NOT_FOUND)
                : found(query, ReceiptStatus.SENT, ReasonClass.NONE));

    Timeline timeline = endsIn(accept(), NotificationState.SENT);

    assertThat(timeline.attempts()).hasSize(1);
    assertThat(lookups(timeline)).containsExactly("first: not_found", "first: sent");
    assertThat(second.asked).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = ReasonClass.class,
      names = {"NONE", "CONFIGURATION"})
  void whatTheProviderCertainlyDidNotSendFailsOverWithoutRiskOfADuplicate(ReasonClass reason) {
    first.tells(query -> found(query, ReceiptStatus.FAILED, reason));

    Timeline timeline = endsIn(accept(), NotificationState.SENT);

    assertThat(timeline.attempts())
        .extracting(Timeline.AttemptEntry::outcome)
        .containsExactly(
            reason == ReasonClass.NONE ? OutcomeKind.TRANSIENT : OutcomeKind.PROVIDER_FAULT,
            OutcomeKind.SENT);
    assertThat(timeline.attempts().get(0).message()).isEqualTo("a look-up says failed");
    assertThat(timeline.attempts().get(1).possibleDuplicate()).isFalse();
    assertThat(lookups(timeline)).containsExactly("first: failed");
    assertThat(meter.possibleDuplicates).hasValue(0);
    assertThat(meter.failovers).hasValue(1);
  }

  @Test
  void whatFailedBecauseOfTheRecipientFailsForGood() {
    first.tells(query -> found(query, ReceiptStatus.BOUNCED, ReasonClass.HARD_BOUNCE));

    Timeline timeline = endsIn(accept(), NotificationState.FAILED);

    assertThat(timeline.reason()).isEqualTo("hard_bounce");
    assertThat(second.asked).isEmpty();
  }

  @Test
  void theProviderIsAskedBeforeAPersonHasToDecide() {
    first.tells(query -> LookedUp.without(LookUpAnswer.NOT_FOUND));
    NotificationId held =
        accept(WorkItems.notification(Priority.NORMAL, OnUnknown.STOP, null), true);
    assertThat(lookups(endsIn(held, NotificationState.HELD))).containsExactly("first: not_found");

    first.tells(query -> found(query, ReceiptStatus.DELIVERED, ReasonClass.NONE));
    NotificationId known =
        accept(WorkItems.notification(Priority.NORMAL, OnUnknown.STOP, null), true);
    endsIn(known, NotificationState.DELIVERED);
    assertThat(second.asked).isEmpty();
  }

  @Test
  void whatTheLedgerCouldNotTakeIsAskedAgain() {
    SqlLedgerOptions options = new SqlLedgerOptions(256, 1_000, 1 << 20, 1, 1_000);
    SqlLedger closed = done(SqliteLedger.open(vertx, dir.resolve("closed.db"), options, json));
    done(closed.close());
    StatusAsker asker = new StatusAsker(bus, meter, clock, Duration.ofSeconds(5));
    bus.listen(Addresses.PROVIDERS, ProviderState.class, asker::update);
    first.tells(query -> found(query, ReceiptStatus.DELIVERED, ReasonClass.NONE));
    await().until(() -> asker.canAsk("first"));
    GatewayConfig config = ConfigLoader.load(Optional.empty(), Map.of(), Map.of());
    UnknownOutcomes unknowns =
        new UnknownOutcomes(
            asker,
            new LookupJournal(closed, meter, clock),
            new OutcomePolicy(config.lookup().unknownAfter()),
            policies);
    WorkItem item =
        WorkItems.tried(
            WorkItems.fresh(), "first", OutcomeKind.UNKNOWN, WorkItems.ACCEPTED_AT + 100);
    long later = WorkItems.ACCEPTED_AT + Duration.ofDays(1).toMillis();
    assertThat(unknowns.wantsAsking(item, later)).isTrue();

    Future<Finding> asked = unknowns.ask(item, later);

    await().until(asked::isComplete);
    assertThat(asked.cause()).isInstanceOf(LedgerUnavailableException.class);
    assertThat(unknowns.wantsAsking(item, later)).isTrue();
  }

  @Test
  void aReceiptThatLacksWhatItMustHaveIsNoAnswer() {
    first.tells(
        query ->
            new LookedUp(LookUpAnswer.FOUND, receipt(null, "remote-1", ReceiptStatus.SENT, null)));

    Timeline timeline = endsIn(accept(), NotificationState.SENT);

    assertThat(timeline.attempts()).hasSize(2);
    assertThat(meter.lookups).containsOnly(LookUpAnswer.FAILED);
  }

  @Test
  void questionsWithoutAUsableAnswerDoNotFloodTheLog() {
    first.tells(
        query ->
            new LookedUp(LookUpAnswer.FOUND, receipt(null, "remote-1", ReceiptStatus.SENT, null)));
    try (CapturedTrail log = new CapturedTrail(StatusAsker.class)) {
      List<NotificationId> all = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        all.add(accept());
      }
      all.forEach(id -> endsIn(id, NotificationState.SENT));

      assertThat(meter.lookups).hasSizeGreaterThanOrEqualTo(10);
      assertThat(log.from(Level.WARN)).hasSize(1);
    }
  }

  @Test
  void aProviderWithoutLookUpIsNotAsked() {
    Timeline timeline = endsIn(accept(), NotificationState.SENT);

    assertThat(lookups(timeline)).isEmpty();
    await().untilAsserted(() -> assertThat(timeline.attempts()).hasSize(2));
    assertThat(meter.lookups).isEmpty();
  }

  private static List<String> lookups(Timeline timeline) {
    return timeline.events().stream()
        .filter(event -> event.event().equals("lookup"))
        .map(event -> String.valueOf(event.detail()))
        .toList();
  }

  private static LookedUp found(StatusQuery query, ReceiptStatus status, ReasonClass reason) {
    String number = query.attemptId().substring(query.attemptId().lastIndexOf('-') + 1);
    return new LookedUp(
        LookUpAnswer.FOUND, receipt(query.attemptId(), "remote-" + number, status, reason));
  }

  private static Receipt receipt(
      String attempt, String message, ReceiptStatus status, ReasonClass reason) {
    return new Receipt(
        "lookup:" + attempt + message + ":" + status,
        attempt,
        message,
        status,
        reason,
        status.wireName(),
        null,
        null,
        null,
        Instant.ofEpochMilli(1));
  }
}

package io.signalbox.gateway.dispatch;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.lookup.LookupVerticle;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.StatusQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Receipts that never come are looked up at certain ages. */
class MissingReceiptTest extends BaseDispatchTest {

  @Test
  void whatHasNoFinalReceiptIsLookedUpAtEachAgeUntilItHas() {
    first.tells(
        query ->
            first.lookedUp.size() < 2
                ? LookedUp.without(LookUpAnswer.NOT_FOUND)
                : found(query, ReceiptStatus.DELIVERED));
    NotificationId id = accept();
    NotificationId told = accept();
    endsIn(told, NotificationState.SENT);
    String message = timeline(told).attempts().get(0).providerMessageId();
    done(
        ledger.record(
            new WebhookBatch(
                "first", 1, List.of(receipt("webhook", message, ReceiptStatus.DELIVERED)))));
    sweep(
        Duration.ofSeconds(2),
        Duration.ofSeconds(4),
        Duration.ofSeconds(8),
        Duration.ofSeconds(20));

    endsIn(id, NotificationState.DELIVERED);

    // The event follows the receipt.
    await()
        .untilAsserted(
            () ->
                assertThat(timeline(id).events())
                    .extracting(event -> event.event() + " " + event.detail())
                    .containsExactly("lookup first: delivered"));
    assertThat(first.lookedUp)
        .extracting(StatusQuery::idempotencyKey)
        .containsOnly(id.toString())
        .hasSize(2);
    assertThat(first.lookedUp.get(0).providerMessageId()).isEqualTo("remote-" + id + "-1");
    assertThat(done(ledger.reports().webhookTimes(1_000))).containsOnly(1L);
  }

  @Test
  void anAnswerThatSaysNothingNewIsWrittenOnce() {
    first.tells(query -> found(query, ReceiptStatus.SENT));
    NotificationId id = accept();
    endsIn(id, NotificationState.SENT);
    // Ages at which it is not looked, because the machine stands still, count for one.
    sweep(
        Duration.ofSeconds(2),
        Duration.ofSeconds(4),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20));

    await().atMost(Duration.ofSeconds(60)).until(() -> first.lookedUp.size() >= 2);
    await().untilAsserted(() -> assertThat(timeline(id).receipts()).hasSize(1));
    await().untilAsserted(() -> assertThat(timeline(id).events()).hasSize(1));
  }

  private void sweep(Duration... ages) {
    GatewayConfig.Lookup config =
        new GatewayConfig.Lookup(5, Duration.ofSeconds(5), Duration.ZERO, List.of(ages));
    done(
        vertx.deployVerticle(
            new LookupVerticle(bus, ledger, ledger.lookups(), config, meter, meter, clock)));
    first.breaker("closed", 0);
  }

  private static LookedUp found(StatusQuery query, ReceiptStatus status) {
    return new LookedUp(
        LookUpAnswer.FOUND,
        receipt("lookup:" + query.attemptId(), query.providerMessageId(), status));
  }

  private static Receipt receipt(String event, String message, ReceiptStatus status) {
    return new Receipt(
        event + status,
        null,
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

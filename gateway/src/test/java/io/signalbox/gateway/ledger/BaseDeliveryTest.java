package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.DeliveryNews.Verdict;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Channel;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a ledger tells scoring of the deliveries of providers, at once and after a restart. */
public abstract class BaseDeliveryTest extends LedgerContract {
  private static final long ENDED = NOW + 100;

  /** Who listens to the ledger under test. */
  protected final HeardEvents heard = new HeardEvents();

  @Override
  protected EventOutlet outlet() {
    return heard;
  }

  @Test
  void aDeliveryIsToldOnceWithTheProvidersTime() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m-1");
    tell(id, ReceiptStatus.SENT, ReasonClass.NONE, ENDED + 10, ENDED + 11);
    assertThat(heard.judged()).extracting(DeliveryNews::verdict).containsExactly(Verdict.NONE);

    tell(id, ReceiptStatus.DELIVERED, ReasonClass.NONE, ENDED + 700, ENDED + 900);
    tell(id, ReceiptStatus.OPENED, ReasonClass.NONE, ENDED + 800, ENDED + 950);

    DeliveryNews news = news(ENDED, Verdict.DELIVERED, ENDED + 700, ENDED + 900);
    assertThat(heard.judged())
        .containsExactly(
            news(ENDED, Verdict.NONE, ENDED + 10, ENDED + 11),
            news,
            news(ENDED, Verdict.NONE, ENDED + 800, ENDED + 950));
    assertThat(await(reports().recentResults(5)).get(0).delivery()).isEqualTo(news);
  }

  @Test
  void aClockThatCannotBeRightIsReplacedByOurs() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m-1");
    tell(id, ReceiptStatus.DELIVERED, ReasonClass.NONE, ENDED - 1, ENDED + 900);
    assertThat(heard.judged())
        .containsExactly(news(ENDED, Verdict.DELIVERED, ENDED + 900, ENDED + 900));
  }

  @Test
  void aBounceIsHeldAgainstTheRecipientAndABlockAgainstTheProvider() throws Exception {
    NotificationId blocked = begun();
    settleSent(blocked, 1, "m-2");
    tell(blocked, ReceiptStatus.FAILED, ReasonClass.BLOCKED, ENDED + 5, ENDED + 5);
    NotificationId bounced = begun();
    settleSent(bounced, 1, "m-3");
    tell(bounced, ReceiptStatus.BOUNCED, ReasonClass.HARD_BOUNCE, ENDED + 5, ENDED + 5);

    DeliveryNews excused = news(ENDED, Verdict.EXCUSED, ENDED + 5, ENDED + 5);
    assertThat(heard.judged())
        .containsExactly(news(ENDED, Verdict.NONE, ENDED + 5, ENDED + 5), excused);
    assertThat(await(reports().recentResults(5)))
        .extracting(PastResult::delivery)
        .containsExactly(null, excused);
  }

  @Test
  void aReceiptBeforeTheProvidersAnswerCountsFromItself() throws Exception {
    NotificationId id = begun();
    tell(id, ReceiptStatus.DELIVERED, ReasonClass.NONE, NOW + 50, NOW + 60);
    assertThat(heard.judged())
        .containsExactly(news(NOW + 60, Verdict.DELIVERED, NOW + 60, NOW + 60));
  }

  @Test
  void whatWasOpenedHasArrivedSomeTimeBefore() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m-1");
    tell(id, ReceiptStatus.OPENED, ReasonClass.NONE, ENDED + 700, ENDED + 900);

    DeliveryNews news = news(ENDED, Verdict.SEEN, ENDED + 700, ENDED + 900);
    assertThat(heard.judged()).containsExactly(news);
    assertThat(await(reports().recentResults(5)).get(0).delivery()).isEqualTo(news);
  }

  @Test
  void onlyTheFirstVerdictOfAMessageThatWasAcceptedCounts() throws Exception {
    NotificationId bounced = begun();
    settleSent(bounced, 1, "m-1");
    tell(bounced, ReceiptStatus.BOUNCED, ReasonClass.SOFT_BOUNCE, ENDED + 5, ENDED + 5);
    tell(bounced, ReceiptStatus.DELIVERED, ReasonClass.NONE, ENDED + 9, ENDED + 9);
    NotificationId unknown = begun();
    settle(unknown, 1, unknown(), new NextStep.Await(NOW + 60_000, "unknown"));
    tell(unknown, ReceiptStatus.DELIVERED, ReasonClass.NONE, ENDED + 9, ENDED + 9);

    assertThat(heard.judged())
        .extracting(DeliveryNews::verdict)
        .containsExactly(Verdict.EXCUSED, Verdict.NONE, Verdict.NONE);
  }

  @Test
  void whatALookUpFoundIsMarkedAndIsNoWebhook() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m-1");
    Receipt found = said(id, ReceiptStatus.DELIVERED, ReasonClass.NONE, ENDED + 700);
    await(
        ledger()
            .record(
                new WebhookBatch(
                    "alpha", ENDED + 900, List.of(found), Set.of(Channel.EMAIL), true)));
    assertThat(await(reports().webhookTimes(1_000))).isEmpty();
    tell(id, ReceiptStatus.OPENED, ReasonClass.NONE, ENDED + 60_000, ENDED + 60_000);

    DeliveryNews lookedUp =
        new DeliveryNews(
            "alpha", Channel.EMAIL, ENDED, Verdict.DELIVERED, ENDED + 700, ENDED + 900, true);
    assertThat(heard.judged())
        .containsExactly(lookedUp, news(ENDED, Verdict.NONE, ENDED + 60_000, ENDED + 60_000));
    assertThat(await(reports().recentResults(5)).get(0).delivery()).isEqualTo(lookedUp);
    assertThat(await(reports().webhookTimes(1_000))).containsOnly(ENDED + 60_000);
  }

  @Test
  void ofEachSpanTheFirstAndTheLastTimeOfAWebhookAreTold() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m-1");
    long span = 60_000;
    long begin = (NOW / span + 1) * span;
    tell(id, ReceiptStatus.SENT, ReasonClass.NONE, begin, begin);
    tell(id, ReceiptStatus.DELIVERED, ReasonClass.NONE, begin, begin + 5);
    tell(id, ReceiptStatus.OPENED, ReasonClass.NONE, begin, begin + 9);
    tell(id, ReceiptStatus.CLICKED, ReasonClass.NONE, begin, begin + 5 * span);

    assertThat(await(reports().webhookTimes(span)))
        .containsExactlyInAnyOrder(begin, begin + 9, begin + 5 * span, begin + 5 * span);
  }

  private static DeliveryNews news(long accepted, Verdict verdict, long at, long heardAt) {
    return new DeliveryNews("alpha", Channel.EMAIL, accepted, verdict, at, heardAt, false);
  }

  private void tell(
      NotificationId id, ReceiptStatus status, ReasonClass reason, long occurredAt, long receivedAt)
      throws Exception {
    Receipt receipt = said(id, status, reason, occurredAt);
    await(
        ledger()
            .record(
                new WebhookBatch("alpha", receivedAt, List.of(receipt), Set.of(Channel.EMAIL))));
  }

  private static Receipt said(
      NotificationId id, ReceiptStatus status, ReasonClass reason, long occurredAt) {
    return new Receipt(
        id + status.wireName(),
        new AttemptId(id, 1).toString(),
        null,
        status,
        reason,
        status.wireName(),
        null,
        null,
        null,
        Instant.ofEpochMilli(occurredAt));
  }
}

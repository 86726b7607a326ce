package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.Suppression.Origin;
import io.signalbox.gateway.ledger.Suppression.Source;
import io.signalbox.gateway.ledger.SuppressionLedger.Listed;
import io.signalbox.gateway.ledger.SuppressionLedger.Wish;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whom every ledger must put on the suppression list and take off it, and how the list is read. */
public abstract class BaseSuppressionListTest extends SuppressionContract {
  @Test
  void aHardBouncePutsTheRecipientOnTheListAndTheNextNotificationFailsAtOnce() throws Exception {
    NotificationId bounced = begun();
    settleSent(bounced, 1, "m-1");
    record(bounced, 1, ReceiptStatus.BOUNCED);

    AcceptRequest next = request("again");
    AcceptResult result = await(ledger().accept(next));

    assertThat(result)
        .isEqualTo(new AcceptResult.Suppressed(next.id(), SuppressionReason.HARD_BOUNCE));
    Timeline timeline = timeline(next.id());
    assertThat(timeline.state()).isEqualTo(NotificationState.FAILED);
    assertThat(timeline.reason()).isEqualTo("suppressed_hard_bounce");
    assertThat(timeline.events())
        .extracting(event -> event.event() + " " + event.detail())
        .containsExactly("failed suppressed_hard_bounce");
    assertThat(dueIds(LANE, NOW)).isEmpty();
    assertThat(timeline(bounced).events())
        .extracting(event -> event.event() + " " + event.detail())
        .containsExactly("recipient_suppressed email: hard_bounce");
    Suppression entry = all().get(0);
    assertThat(entry.addressee()).isEqualTo(new Addressee(TENANT, Channel.EMAIL, MAIL));
    assertThat(entry.origin())
        .isEqualTo(new Origin(Source.RECEIPT, "alpha", bounced.toString(), null, null));
    assertThat(entry.createdAtMillis()).isEqualTo(NOW + 60);
  }

  @Test
  void aRefusalBecauseOfAnUnsubscriptionPutsTheRecipientOnTheList() throws Exception {
    NotificationId id = begun();
    settle(
        id,
        1,
        new Outcome.Rejected(ReasonClass.UNSUBSCRIBED, Evidence.answered(400, "21610", "stop")),
        finish(NotificationState.FAILED));

    assertThat(all())
        .extracting(Suppression::reason, entry -> entry.origin().source())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(SuppressionReason.UNSUBSCRIBED, Source.OUTCOME));
  }

  @Test
  void goodNewsAndSoftBouncesListNobody() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m-1");
    record(id, 1, ReceiptStatus.DELIVERED);
    record("alpha", told("soft", ReceiptStatus.BOUNCED, ReasonClass.SOFT_BOUNCE, NOW, MAIL));

    assertThat(all()).isEmpty();
  }

  @Test
  void aReceiptOfNoKnownAttemptListsWhomItNames() throws Exception {
    Receipt stop =
        told("stop", ReceiptStatus.UNSUBSCRIBED, ReasonClass.UNSUBSCRIBED, NOW, "15558675310");
    List<ReceiptEffect> effects =
        await(
            ledger()
                .record(new WebhookBatch("texts", NOW, List.of(stop, stop), Set.of(Channel.SMS))));

    assertThat(effects.get(0).kind()).isEqualTo(ReceiptEffect.Kind.UNMATCHED);
    assertThat(all())
        .extracting(Suppression::addressee)
        .containsExactly(new Addressee(TENANT, Channel.SMS, PHONE));
    assertThat(await(ledger().accept(sms(false, List.of()))))
        .isInstanceOf(AcceptResult.Suppressed.class);
  }

  @Test
  void aBounceOrComplaintBeforeTheAnswerListsNobodyUntilItsNotificationIsKnown() throws Exception {
    AcceptRequest other = request("other", "mail", null, NOW);
    await(ledger().accept(other));
    await(ledger().begin(start(other.id(), 1)));
    record("alpha", receipt("early", null, "m-1", ReceiptStatus.BOUNCED));
    record("alpha", receipt("late", null, "m-1", ReceiptStatus.COMPLAINED));
    assertThat(all()).isEmpty();

    settleSent(other.id(), 1, "m-1");

    assertThat(all()).isEmpty();
    assertThat(
            await(suppressions().suppressions(SuppressionFilter.all("other"), Long.MAX_VALUE, 100)))
        .hasSize(1);
  }

  @Test
  void whoIsOnTheListAlreadyStaysAsItWas() throws Exception {
    Listed first = list(Channel.EMAIL, MAIL);
    NotificationId id = begun(true);
    record(id, 1, ReceiptStatus.COMPLAINED);
    Listed again = list(Channel.EMAIL, MAIL);

    assertThat(first.added()).isTrue();
    assertThat(again.added()).isFalse();
    assertThat(again.entry()).isEqualTo(first.entry());
    assertThat(all()).containsExactly(first.entry());
  }

  @Test
  void whoWasTakenOffCanBeSentToUntilSomethingNewHappens() throws Exception {
    Suppression entry = list(Channel.EMAIL, MAIL).entry();
    assertThat(await(suppressions().unsuppress("other", entry.id(), "boss", NOW + 40))).isFalse();
    assertThat(await(suppressions().unsuppress(TENANT, entry.id(), "boss", NOW + 40))).isTrue();
    assertThat(await(suppressions().unsuppress(TENANT, entry.id(), "boss", NOW + 41))).isFalse();

    assertThat(await(ledger().accept(request("hello")))).isInstanceOf(AcceptResult.Stored.class);
    NotificationId id = begun();
    record("alpha", about(id, "old", NOW + 39));
    assertThat(all()).isEmpty();
    record("alpha", about(id, "new", NOW + 41));
    assertThat(all()).hasSize(1);
    assertThat(all().get(0).id()).isGreaterThan(entry.id());
  }

  @Test
  void theListOutlivesARestart() throws Exception {
    list(Channel.EMAIL, MAIL);
    reopen();

    assertThat(await(ledger().accept(request("hello"))))
        .isInstanceOf(AcceptResult.Suppressed.class);
  }

  @Test
  void pagesAreNewestFirstAndFiltered() throws Exception {
    List<Wish> wishes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      wishes.add(wish(Channel.EMAIL, i + "@example.org", SuppressionReason.MANUAL));
    }
    wishes.add(wish(Channel.SMS, PHONE, SuppressionReason.UNSUBSCRIBED));
    List<Listed> listed = await(suppressions().suppress(wishes, NOW));
    long middle = listed.get(3).entry().id();

    assertThat(page(SuppressionFilter.all(TENANT), Long.MAX_VALUE, 2))
        .containsExactly(PHONE, "4@example.org");
    assertThat(page(SuppressionFilter.all(TENANT), middle, 2))
        .containsExactly("2@example.org", "1@example.org");
    assertThat(page(new SuppressionFilter(TENANT, Channel.SMS, null, null), Long.MAX_VALUE, 9))
        .containsExactly(PHONE);
    assertThat(page(new SuppressionFilter(TENANT, null, "2@example.org", null), Long.MAX_VALUE, 9))
        .containsExactly("2@example.org");
    assertThat(
            page(
                new SuppressionFilter(TENANT, null, null, SuppressionReason.UNSUBSCRIBED),
                Long.MAX_VALUE,
                9))
        .containsExactly(PHONE);
    assertThat(page(SuppressionFilter.all("other"), Long.MAX_VALUE, 9)).isEmpty();
  }

  private List<String> page(SuppressionFilter filter, long before, int limit) throws Exception {
    return await(suppressions().suppressions(filter, before, limit)).stream()
        .map(entry -> entry.addressee().address())
        .toList();
  }

  private static Receipt about(NotificationId id, String event, long atMillis) {
    return new Receipt(
        event,
        new AttemptId(id, 1).toString(),
        null,
        ReceiptStatus.COMPLAINED,
        ReasonClass.COMPLAINT,
        "raw",
        null,
        null,
        null,
        Instant.ofEpochMilli(atMillis));
  }

  private static Receipt told(
      String event, ReceiptStatus status, ReasonClass reason, long atMillis, String recipient) {
    return new Receipt(
        event,
        null,
        null,
        status,
        reason,
        "raw",
        null,
        null,
        recipient,
        Instant.ofEpochMilli(atMillis));
  }
}

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
import io.signalbox.spi.Content;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every ledger must do with the suppression list. */
public abstract class BaseSuppressionTest extends LedgerContract {
  private static final String MAIL = "someone@example.org";
  private static final String PHONE = "+15558675310";

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
  void anotherChannelAndAnotherTenantAreNotTouched() throws Exception {
    list(Channel.SMS, PHONE);

    assertThat(await(ledger().accept(request("mail")))).isInstanceOf(AcceptResult.Stored.class);
    list(Channel.EMAIL, MAIL);
    assertThat(await(ledger().accept(request("other", "mail", null, NOW))))
        .isInstanceOf(AcceptResult.Stored.class);
  }

  @Test
  void aScheduledNotificationFailsAtOnceToo() throws Exception {
    list(Channel.EMAIL, MAIL);

    assertThat(await(ledger().accept(request(TENANT, "later", null, NOW + 60_000))))
        .isInstanceOf(AcceptResult.Suppressed.class);
  }

  @Test
  void aRepeatedRequestIsAnsweredWithTheFailedOne() throws Exception {
    list(Channel.EMAIL, MAIL);
    AcceptRequest first = request(TENANT, "hello", "key", NOW);
    await(ledger().accept(first));

    assertThat(await(ledger().accept(request(TENANT, "hello", "key", NOW))))
        .isEqualTo(new AcceptResult.Duplicate(first.id(), NotificationState.FAILED));
  }

  @Test
  void withAnOpenFallbackChannelItIsTaken() throws Exception {
    list(Channel.SMS, PHONE);

    assertThat(await(ledger().accept(sms(false, List.of(Channel.EMAIL)))))
        .isInstanceOf(AcceptResult.Stored.class);
    list(Channel.EMAIL, MAIL);
    assertThat(await(ledger().accept(sms(false, List.of(Channel.EMAIL)))))
        .isInstanceOf(AcceptResult.Suppressed.class);
    assertThat(await(ledger().accept(sms(true, List.of(Channel.EMAIL)))))
        .isInstanceOf(AcceptResult.Stored.class);
  }

  @Test
  void anAttemptDoesNotBeginOnceItsRecipientIsOnTheList() throws Exception {
    NotificationId id = accept();
    list(Channel.EMAIL, MAIL);

    Settled begun = await(ledger().begin(start(id, 1)));
    await(ledger().begin(start(id, 1)));

    assertThat(begun)
        .isEqualTo(
            Settled.suppressed(NotificationState.QUEUED, List.of(), SuppressionReason.HARD_BOUNCE));
    assertThat(timeline(id).attempts()).isEmpty();
    assertThat(timeline(id).events())
        .extracting(event -> event.event() + " " + event.detail())
        .containsExactly("channel_suppressed email: hard_bounce");
    assertThat(dueIds(LANE, NOW)).containsExactly(id);
  }

  @Test
  void anAttemptThatIgnoresTheListBeginsAndTheTimelineTells() throws Exception {
    NotificationId id = accept();
    list(Channel.EMAIL, MAIL);

    assertThat(await(ledger().begin(ignoring(start(id, 1)))).applied()).isTrue();
    assertThat(timeline(id).events())
        .extracting(event -> event.event() + " " + event.detail())
        .containsExactly("suppression_ignored email: hard_bounce");
  }

  @Test
  void theNextAttemptDoesNotBeginWithTheEndOfTheOneBefore() throws Exception {
    NotificationId id = begun();
    list(Channel.EMAIL, MAIL);

    Settled settled =
        settle(id, 1, broken(), new NextStep.Attempt(start(id, 2), "failover_transient"));

    assertThat(settled.applied()).isFalse();
    assertThat(settled.suppressed()).isEqualTo(SuppressionReason.HARD_BOUNCE);
    assertThat(settled.state()).isEqualTo(NotificationState.QUEUED);
    assertThat(timeline(id).attempts()).hasSize(1);
    assertThat(timeline(id).attempts().get(0).next())
        .isEqualTo("failover_transient, suppressed_hard_bounce");
    assertThat(dueIds(LANE, NOW + 100)).containsExactly(id);
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

  @Test
  void manyEntriesHitOnlyThoseThatTheyName() throws Exception {
    List<Wish> wishes = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      wishes.add(wish(Channel.EMAIL, "user" + i + "@example.org", SuppressionReason.MANUAL));
    }
    await(suppressions().suppress(wishes, NOW));

    List<AcceptRequest> requests = new ArrayList<>();
    for (int i = 2_000; i < 4_000; i++) {
      requests.add(mail("USER" + i + "@example.org"));
    }
    List<AcceptResult> results = await(ledger().acceptAll(requests));

    for (int i = 0; i < results.size(); i++) {
      assertThat(results.get(i) instanceof AcceptResult.Suppressed)
          .as("user %s", 2_000 + i)
          .isEqualTo(i < 1_000);
    }
  }

  private List<String> page(SuppressionFilter filter, long before, int limit) throws Exception {
    return await(suppressions().suppressions(filter, before, limit)).stream()
        .map(entry -> entry.addressee().address())
        .toList();
  }

  private List<Suppression> all() throws Exception {
    return await(suppressions().suppressions(SuppressionFilter.all(TENANT), Long.MAX_VALUE, 100));
  }

  private Listed list(Channel channel, String address) throws Exception {
    Wish wish = wish(channel, address, SuppressionReason.HARD_BOUNCE);
    return await(suppressions().suppress(List.of(wish), NOW)).get(0);
  }

  private static Wish wish(Channel channel, String address, SuppressionReason reason) {
    return new Wish(new Addressee(TENANT, channel, address), reason, Origin.api("boss", "by hand"));
  }

  /** Accepts a notification that ignores the list, and begins its first attempt. */
  private NotificationId begun(boolean ignoring) throws Exception {
    AcceptRequest request =
        request(
            notification(Channel.EMAIL, List.of(new Recipient.Email(MAIL)), List.of(), ignoring));
    await(ledger().accept(request));
    await(ledger().begin(ignoring(start(request.id(), 1))));
    return request.id();
  }

  private static AttemptStart ignoring(AttemptStart start) {
    return new AttemptStart(
        start.attempt(),
        start.round(),
        start.channel(),
        start.provider(),
        start.generation(),
        start.decision(),
        start.startedAtMillis(),
        start.deadlineAtMillis(),
        start.possibleDuplicate(),
        start.recipient(),
        true);
  }

  private AcceptRequest mail(String address) {
    return request(
        notification(Channel.EMAIL, List.of(new Recipient.Email(address)), List.of(), false));
  }

  private AcceptRequest sms(boolean ignoring, List<Channel> fallback) {
    return request(
        notification(
            Channel.SMS,
            List.of(new Recipient.Phone(PHONE), new Recipient.Email(MAIL)),
            fallback,
            ignoring));
  }

  private AcceptRequest request(SendNotification notification) {
    return new AcceptRequest(
        ids.next(),
        notification,
        new StoredForm().write(notification),
        NotificationState.QUEUED,
        NOW,
        NOW,
        "tester");
  }

  private static SendNotification notification(
      Channel channel, List<Recipient> recipients, List<Channel> fallback, boolean ignoring) {
    return new SendNotification(
        TENANT,
        "greeting",
        channel,
        recipients,
        new Content(null, "hello", null),
        Priority.NORMAL,
        fallback,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        ignoring,
        null);
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

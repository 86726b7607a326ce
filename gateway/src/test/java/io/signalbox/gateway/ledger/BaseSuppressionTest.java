package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.SuppressionLedger.Wish;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Recipient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every ledger must do for recipients on the suppression list. */
public abstract class BaseSuppressionTest extends SuppressionContract {
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
            Settled.suppressed(
                NotificationState.QUEUED,
                NotificationState.QUEUED,
                List.of(),
                SuppressionReason.HARD_BOUNCE));
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

  private AcceptRequest mail(String address) {
    return request(
        notification(Channel.EMAIL, List.of(new Recipient.Email(address)), List.of(), false));
  }
}

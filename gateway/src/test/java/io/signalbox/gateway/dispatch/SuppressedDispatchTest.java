package io.signalbox.gateway.dispatch;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.Addressee;
import io.signalbox.gateway.ledger.Suppression.Origin;
import io.signalbox.gateway.ledger.SuppressionLedger.Wish;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Promise;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What was accepted before its recipient came on the suppression list. */
class SuppressedDispatchTest extends BaseDispatchTest {
  private static final String MAIL = "a@example.com";
  private static final String PHONE = "+15558675310";

  @Test
  void whatWaitsIsNotSentOnceItsRecipientIsSuppressed() throws SQLException {
    NotificationId id = acceptForLater(WorkItems.notification(Priority.NORMAL, null, null));
    suppress(Channel.EMAIL, MAIL);
    makeDue(id);

    Timeline timeline = endsIn(id, NotificationState.FAILED);

    assertThat(timeline.reason()).isEqualTo("suppressed_complaint");
    assertThat(timeline.attempts()).isEmpty();
    assertThat(timeline.events())
        .extracting(event -> event.event() + " " + event.detail())
        .containsExactly("channel_suppressed email: complaint", "failed suppressed_complaint");
    assertThat(first.asked).isEmpty();
    assertThat(meter.suppressed).hasValue(1);
  }

  @Test
  void theNextProviderIsNotAskedOnceTheRecipientIsSuppressed() {
    Promise<Outcome> gate = Promise.promise();
    first.answers(deliver -> gate.future());
    NotificationId id = accept();
    await().until(() -> first.asked.size() == 1);
    suppress(Channel.EMAIL, MAIL);
    gate.complete(TRANSIENT);

    Timeline timeline = endsIn(id, NotificationState.FAILED);

    assertThat(timeline.reason()).isEqualTo("suppressed_complaint");
    assertThat(timeline.attempts()).hasSize(1);
    assertThat(second.asked).isEmpty();
    assertThat(endsIn(acceptTo("other@example.com"), NotificationState.SENT).attempts())
        .isNotEmpty();
  }

  @Test
  void theFallbackChannelIsTakenInstead() throws SQLException {
    withTexts();
    NotificationId id = acceptForLater(mailOrText(false));
    suppress(Channel.EMAIL, MAIL);
    makeDue(id);

    Timeline timeline = endsIn(id, NotificationState.SENT);

    assertThat(timeline.attempts())
        .extracting(Timeline.AttemptEntry::provider)
        .containsExactly("texts");
    assertThat(first.asked).isEmpty();
  }

  @Test
  void withNoChannelLeftItFailsForTheReasonAgainstItsOwn() throws SQLException {
    withTexts();
    NotificationId id = acceptForLater(mailOrText(false));
    suppress(Channel.EMAIL, MAIL);
    suppress(Channel.SMS, PHONE);
    makeDue(id);

    Timeline timeline = endsIn(id, NotificationState.FAILED);

    assertThat(timeline.reason()).isEqualTo("suppressed_complaint");
    assertThat(timeline.attempts()).isEmpty();
  }

  @Test
  void oneThatIgnoresTheListIsSentAndTheTimelineShowsIt() {
    suppress(Channel.EMAIL, MAIL);

    Timeline timeline = endsIn(accept(mailOrText(true), true), NotificationState.SENT);

    assertThat(timeline.attempts()).hasSize(1);
    assertThat(timeline.events())
        .extracting(event -> event.event() + " " + event.detail())
        .containsExactly("suppression_ignored email: complaint");
  }

  /** Due so late that the recipient is on the list by then. */
  private NotificationId acceptForLater(SendNotification notification) {
    NotificationId id = ids.next();
    long now = clock.millis();
    done(
        ledger.accept(
            new AcceptRequest(
                id,
                notification,
                json.write(notification),
                NotificationState.SCHEDULED,
                now,
                now + 3_600_000,
                null)));
    return id;
  }

  private void withTexts() {
    AtomicBoolean ranked = new AtomicBoolean();
    bus.listen(
        Addresses.RANKING,
        Ranked.class,
        ranking -> ranked.set(ranking.channels().containsKey(Channel.SMS)));
    new ScriptedProvider(bus, "texts", Channel.SMS, 1, 10);
    await().untilTrue(ranked);
  }

  private void suppress(Channel channel, String address) {
    Addressee addressee = new Addressee(SendNotification.DEFAULT_TENANT, channel, address);
    Wish wish = new Wish(addressee, SuppressionReason.COMPLAINT, Origin.api("tester", "in a test"));
    done(ledger.suppressions().suppress(List.of(wish), clock.millis()));
  }

  private NotificationId acceptTo(String address) {
    return accept(
        SendNotification.of(
            "t", Channel.EMAIL, new Recipient.Email(address), new Content("t", "m", null)),
        true);
  }

  private static SendNotification mailOrText(boolean ignoreSuppression) {
    return new SendNotification(
        SendNotification.DEFAULT_TENANT,
        "test",
        Channel.EMAIL,
        List.of(new Recipient.Email(MAIL), new Recipient.Phone(PHONE)),
        new Content("t", "m", null),
        Priority.NORMAL,
        List.of(Channel.SMS),
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
        ignoreSuppression,
        null);
  }
}

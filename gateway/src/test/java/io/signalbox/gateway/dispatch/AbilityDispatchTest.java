package io.signalbox.gateway.dispatch;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.ExplainMessages.Explain;
import io.signalbox.gateway.bus.ExplainMessages.Explained;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.ledger.Timeline.AttemptEntry;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.policy.Policies;
import io.signalbox.gateway.policy.SamplePolicies;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.Feature;
import io.signalbox.spi.MailAddress;
import io.signalbox.spi.MailOptions;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a notification asks for, only providers get that can do it. */
class AbilityDispatchTest extends BaseDispatchTest {
  private static final Set<Feature> BOTH = Set.of(Feature.SENDER, Feature.REPLY_TO);
  private static final MailOptions FROM =
      new MailOptions("orders@Shop.example", "Orders", List.of());
  private static final MailOptions ANSWERS =
      new MailOptions(null, null, List.of(new MailAddress("help@example.com", "Help")));

  @Test
  void itGoesToTheOneThatCanAndTheDecisionSaysWhyNotToTheOther() {
    second.can(BOTH, "shop.example");
    awaitReasons(FROM, "lacks_sender", null);

    Timeline timeline = endsIn(accept(mail(FROM), true), NotificationState.SENT);

    assertThat(timeline.attempts()).extracting(AttemptEntry::provider).containsExactly("second");
    assertThat(timeline.attempts().get(0).decision().excluded())
        .extracting(excluded -> excluded.provider() + " " + excluded.reason())
        .containsExactly("first lacks_sender");
    assertThat(second.asked.get(0).request().mail()).isEqualTo(FROM);
    assertThat(first.asked).isEmpty();
  }

  @Test
  void anAddressGoesOnlyWhereItMayBeSentFrom() {
    first.can(BOTH, "orders@shop.example");
    second.can(BOTH, "other.example", "info@shop.example");
    awaitReasons(FROM, null, "not_its_sender");
    awaitReasons(new MailOptions("info@shop.example", null, List.of()), "not_its_sender", null);
    awaitReasons(
        new MailOptions("a@sub.other.example", null, List.of()),
        "not_its_sender",
        "not_its_sender");
    awaitReasons(new MailOptions(null, "A name alone", List.of()), null, null);
  }

  @Test
  void answersGoElsewhereOnlyOverThoseThatCanSayIt() {
    first.can(Set.of(Feature.SENDER));
    second.can(Set.of(Feature.REPLY_TO));
    awaitReasons(ANSWERS, "lacks_reply_to", null);
  }

  @Test
  void whatAsksForNothingIsNotConcerned() {
    endsIn(accept(), NotificationState.SENT);

    assertThat(first.asked.get(0).request().mail()).isNull();
  }

  @Test
  void whereNobodyCanAFallbackChannelTakesItAtOnce() {
    AtomicBoolean ranked = new AtomicBoolean();
    bus.listen(
        Addresses.RANKING,
        Ranked.class,
        ranking -> ranked.set(ranking.channels().containsKey(Channel.SMS)));
    ScriptedProvider texts = new ScriptedProvider(bus, "texts", Channel.SMS, 1, 10);
    await().untilTrue(ranked);
    policies.replace(
        new Policies(List.of(SamplePolicies.policy("sample", Map.of("fallback_channels", "sms")))));

    Timeline timeline = endsIn(accept(mail("sample", ANSWERS), true), NotificationState.SENT);

    assertThat(timeline.attempts()).extracting(AttemptEntry::provider).containsExactly("texts");
    assertThat(texts.asked.get(0).request().mail()).isNull();
  }

  @Test
  void whereNobodyCanAtAllItEndsWithItsTimeAndSaysWhy() {
    policies.replace(
        new Policies(
            List.of(SamplePolicies.policy("sample", Map.of("notification_timeout", "6s")))));

    Timeline timeline = endsIn(accept(mail("sample", ANSWERS), true), NotificationState.EXPIRED);

    assertThat(timeline.attempts()).isEmpty();
    assertThat(timeline.events())
        .anySatisfy(
            event ->
                assertThat(event.detail())
                    .contains("first: lacks_reply_to", "second: lacks_reply_to"));
    assertThat(first.asked).isEmpty();
    assertThat(second.asked).isEmpty();
  }

  private void awaitReasons(MailOptions asked, String ofFirst, String ofSecond) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(reasonAgainst("first", asked)).isEqualTo(ofFirst);
              assertThat(reasonAgainst("second", asked)).isEqualTo(ofSecond);
            });
  }

  private String reasonAgainst(String provider, MailOptions asked) {
    Explained explained =
        done(
            bus.request(
                Addresses.EXPLAIN,
                new Explain(mail(asked), Map.of()),
                Explained.class,
                Duration.ofSeconds(30)));
    return explained.channels().get(0).candidates().stream()
        .filter(candidate -> candidate.ranked().provider().equals(provider))
        .findFirst()
        .orElseThrow()
        .reasonAgainst();
  }

  private static SendNotification mail(MailOptions asked) {
    return WorkItems.notification(Priority.NORMAL, null, null).withMail(asked);
  }

  private static SendNotification mail(String policy, MailOptions asked) {
    return new SendNotification(
        SendNotification.DEFAULT_TENANT,
        "test",
        Channel.EMAIL,
        List.of(new Recipient.Email("a@example.com"), new Recipient.Phone("+15558675309")),
        new Content("t", "m", null),
        Priority.NORMAL,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        policy,
        null,
        null,
        Map.of(),
        Map.of(),
        false,
        null,
        asked);
  }
}

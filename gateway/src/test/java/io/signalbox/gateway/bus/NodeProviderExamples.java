package io.signalbox.gateway.bus;

import io.signalbox.gateway.bus.NodeProviderMessages.AskHad;
import io.signalbox.gateway.bus.NodeProviderMessages.DeliverThere;
import io.signalbox.gateway.bus.NodeProviderMessages.DeliveredThere;
import io.signalbox.gateway.bus.NodeProviderMessages.Had;
import io.signalbox.gateway.bus.NodeProviderMessages.LookUpThere;
import io.signalbox.gateway.bus.NodeProviderMessages.LookedUpThere;
import io.signalbox.gateway.bus.NodeProviderMessages.ProvidersHere;
import io.signalbox.gateway.bus.NodeProviderMessages.ReceiveThere;
import io.signalbox.gateway.bus.NodeProviderMessages.ReceivedThere;
import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.loader.Senders;
import io.signalbox.spi.BookingChange;
import io.signalbox.spi.BookingState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Feature;
import io.signalbox.spi.MailAddress;
import io.signalbox.spi.MailOptions;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.RentalNews;
import io.signalbox.spi.StatusQuery;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages about providers between nodes, with every kind of value in them. */
public final class NodeProviderExamples {
  private static final NotificationId ID = new NotificationIds(Clock.systemUTC(), 0).next();
  private static final AttemptId ATTEMPT = new AttemptId(ID, 3);

  private NodeProviderExamples() {}

  static List<NodeMessage> all() {
    List<NodeMessage> all = new ArrayList<>();
    all.add(new ProvidersHere("n1", 1L << 40, true, List.of(state("mail", 7, Stage.ACTIVE))));
    for (Recipient recipient :
        List.of(
            new Recipient.Email("a@example.com"),
            new Recipient.Phone("+491701234567"),
            new Recipient.TelegramChat(-5))) {
      all.add(new DeliverThere("mail", -7, deliver(recipient, null)));
    }
    all.add(
        new DeliverThere("mail", -7, deliver(new Recipient.Email("b@x.de"), Duration.ofHours(1))));
    Evidence evidence = Evidence.answered(429, "slow", null);
    for (Outcome outcome :
        List.of(
            new Outcome.Sent("m-1", evidence),
            new Outcome.Transient(Evidence.unanswered(Progress.NOT_CONNECTED, "c", "text")),
            new Outcome.Throttled(Duration.ofSeconds(3), evidence),
            new Outcome.Throttled(null, evidence),
            new Outcome.ProviderFault(evidence),
            new Outcome.Rejected(ReasonClass.HARD_BOUNCE, evidence),
            new Outcome.Unknown(evidence))) {
      all.add(new DeliveredThere(new Delivered(ATTEMPT, outcome, 12)));
    }
    all.add(new LookUpThere("mail", query("m-1")));
    all.add(new LookUpThere("mail", query(null)));
    all.add(new LookedUpThere(found()));
    all.add(new LookedUpThere(LookedUp.without(LookUpAnswer.NOT_FOUND)));
    all.add(ReceiveThere.of("mail", webhook()));
    Receipt receipt = Objects.requireNonNull(found().receipt());
    for (WebhookResult result :
        List.of(
            new WebhookResult.Verified(List.of(receipt, receipt)),
            new WebhookResult.Verified(List.of(), List.of(moved(), cancelled())),
            new WebhookResult.Verified(
                List.of(),
                List.of(),
                List.of(
                    new RentalNews("e-1", "r-1", "123456", null, Instant.ofEpochSecond(3)),
                    new RentalNews("e-2", "r-1", null, "code 1", Instant.ofEpochSecond(4)))),
            new WebhookResult.Answer("text/plain", "challenge"),
            new WebhookResult.Refused(WebhookResult.Refusal.STALE, "too old"))) {
      all.add(new ReceivedThere(result));
    }
    all.add(new AskHad(Set.of(ATTEMPT)));
    all.add(new Had(Set.of()));
    return all;
  }

  private static BookingChange moved() {
    Instant start = Instant.ofEpochMilli(1_800_000_000_000L);
    return new BookingChange(
        "MOVED/new",
        ATTEMPT.toString(),
        "new",
        "old",
        BookingState.ACCEPTED,
        start,
        start.plusSeconds(3_600),
        "MOVED",
        "another day",
        Instant.ofEpochMilli(1_700_000_000_123L));
  }

  private static BookingChange cancelled() {
    return new BookingChange(
        "CANCELLED/old",
        null,
        "old",
        null,
        BookingState.CANCELLED,
        null,
        null,
        "CANCELLED",
        null,
        Instant.ofEpochMilli(1_700_000_000_124L));
  }

  /** A question about an attempt. */
  public static StatusQuery query(@Nullable String messageId) {
    return new StatusQuery(
        ATTEMPT.toString(),
        "key",
        messageId,
        Channel.EMAIL,
        new Recipient.Email("a@example.com"),
        Instant.ofEpochMilli(1_700_000_000_123L),
        Duration.ofSeconds(5));
  }

  /** What a provider may have sent. */
  public static WebhookRequest webhook() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.add("X-Token", "t").add("Accept", "a").add("Accept", "b");
    return new WebhookRequest(
        "POST",
        "https://example.com/webhooks/mail?a=1",
        "a=1",
        headers,
        Buffer.buffer(new byte[] {0, -1, 7}),
        Instant.ofEpochMilli(1_700_000_000_789L));
  }

  /** What may be answered. */
  public static LookedUp found() {
    return new LookedUp(
        LookUpAnswer.FOUND,
        new Receipt(
            "e-1",
            null,
            "m-1",
            ReceiptStatus.DELIVERED,
            ReasonClass.NONE,
            "Grüße",
            "30003",
            null,
            "a@example.com",
            Instant.ofEpochMilli(1_700_000_000_456L)));
  }

  /** An attempt of one notification. */
  public static Deliver attempt(int number) {
    return deliver(new AttemptId(ID, number), new Recipient.Email("a@example.com"), null);
  }

  private static Deliver deliver(Recipient recipient, @Nullable Duration validFor) {
    return deliver(ATTEMPT, recipient, validFor);
  }

  private static Deliver deliver(
      AttemptId attempt, Recipient recipient, @Nullable Duration validFor) {
    return new Deliver(
        attempt,
        new DeliveryRequest(
            attempt.toString(),
            "key",
            Channel.EMAIL,
            "welcome",
            recipient,
            new Content("Grüße", "text", null),
            Duration.ofSeconds(10),
            validFor,
            Map.of("tag", "value"),
            validFor == null ? null : "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            validFor == null
                ? null
                : new MailOptions(
                    "orders@example.com",
                    null,
                    List.of(
                        new MailAddress("help@example.com", "Help, ü"),
                        new MailAddress("more@example.com", null)))),
        true);
  }

  /** What the provider can do. */
  public static final ProviderAbilities ABILITIES =
      new ProviderAbilities(
          Set.of(Feature.SENDER, Feature.REPLY_TO),
          Senders.of(List.of("a.example", "b@c.example")));

  /** How a provider stands. */
  public static ProviderState state(String id, long generation, Stage stage) {
    return new ProviderState(
        id,
        "plugin",
        "1.0",
        generation,
        Set.of(Channel.EMAIL),
        1,
        100,
        ProviderLimits.of(50, 2.5),
        null,
        Duration.ofSeconds(10),
        true,
        ABILITIES,
        stage,
        new BreakerView("closed", 4, 0, 1, false, "new", 9),
        List.of(),
        "5f3a09c1-0a0b0c0d");
  }
}

package io.signalbox.testkit;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Feature;
import io.signalbox.spi.MailAddress;
import io.signalbox.spi.MailOptions;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.StatusQuery;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests to try a provider with. */
public final class SampleRequests {
  /** The id of the sample attempts. */
  public static final String ATTEMPT_ID = "0192f0c1-7b1e-7c3a-9d5e-0a1b2c3d4e5f-1";

  /** The idempotency key of the sample notification. */
  public static final String IDEMPOTENCY_KEY = "0192f0c1-7b1e-7c3a-9d5e-0a1b2c3d4e5f";

  private SampleRequests() {}

  /** A mail with text and HTML. */
  public static DeliveryRequest email() {
    return of(
        Channel.EMAIL,
        new Recipient.Email("alex@example.com"),
        new Content("Hello", "Grüße, Alex 😀", "<p>Grüße, Alex 😀</p>"));
  }

  /**
   * What mails may ask for, by what it is.
   *
   * @param can what the plugin can do
   */
  public static Map<String, MailOptions> mailOptions(Set<Feature> can) {
    Map<String, MailOptions> all = new LinkedHashMap<>();
    List<MailAddress> answers =
        List.of(
            new MailAddress("help@example.org", null),
            new MailAddress("o'neil+x@example.net", null));
    List<MailAddress> named =
        List.of(
            new MailAddress("help@example.org", "Acme, \"B\\C\" <x@y.example>"),
            new MailAddress("o'neil+x@example.net", null),
            new MailAddress("de@example.org", "Größe 😀 ".repeat(7).strip()));
    if (can.contains(Feature.SENDER)) {
      all.put("address", new MailOptions("billing@example.org", null, List.of()));
      all.put("name", new MailOptions(null, "Billing", List.of()));
      all.put(
          "quoted name",
          new MailOptions("b@example.org", "Acme, \"B\\C\" <x@y.example>", List.of()));
      all.put("long name", new MailOptions(null, "Größe 😀 ".repeat(14).strip(), List.of()));
    }
    if (can.contains(Feature.REPLY_TO)) {
      all.put("one for answers", new MailOptions(null, null, answers.subList(0, 1)));
      all.put("two for answers", new MailOptions(null, null, answers));
      all.put("a name for answers", new MailOptions(null, null, named.subList(0, 1)));
      all.put("names for answers", new MailOptions(null, null, named));
    }
    if (can.containsAll(Set.of(Feature.SENDER, Feature.REPLY_TO))) {
      all.put("all", new MailOptions("billing@example.org", "Billing", answers));
    }
    return all;
  }

  /** A text message. */
  public static DeliveryRequest sms() {
    return of(
        Channel.SMS,
        new Recipient.Phone("+15558675310"),
        new Content(null, "Your code is 123456", null));
  }

  /** A Telegram message. */
  public static DeliveryRequest telegram() {
    return of(
        Channel.TELEGRAM,
        new Recipient.TelegramChat(123456789L),
        new Content("Test Notification", "Production pipeline test", null));
  }

  /** A request of any kind. */
  public static DeliveryRequest of(Channel channel, Recipient recipient, Content content) {
    return new DeliveryRequest(
        ATTEMPT_ID,
        IDEMPOTENCY_KEY,
        channel,
        "status_changed",
        recipient,
        content,
        Duration.ofSeconds(10),
        null,
        Map.of());
  }

  /**
   * The question what became of an attempt at this request, ten seconds after it.
   *
   * @param providerMessageId null if the provider's answer never came
   */
  public static StatusQuery query(DeliveryRequest request, @Nullable String providerMessageId) {
    return new StatusQuery(
        request.attemptId(),
        request.idempotencyKey(),
        providerMessageId,
        request.channel(),
        request.recipient(),
        BaseProviderTest.NOW.minusSeconds(10),
        request.timeout());
  }

  /** The same with another timeout. */
  public static DeliveryRequest withTimeout(DeliveryRequest request, Duration timeout) {
    return new DeliveryRequest(
        request.attemptId(),
        request.idempotencyKey(),
        request.channel(),
        request.notificationType(),
        request.recipient(),
        request.content(),
        timeout,
        request.validFor(),
        request.tags(),
        request.traceparent(),
        request.mail());
  }

  /** The same notification at another attempt. */
  public static DeliveryRequest withAttempt(DeliveryRequest request, String attemptId) {
    return new DeliveryRequest(
        attemptId,
        request.idempotencyKey(),
        request.channel(),
        request.notificationType(),
        request.recipient(),
        request.content(),
        request.timeout(),
        request.validFor(),
        request.tags(),
        request.traceparent(),
        request.mail());
  }

  /** The same with another content. */
  public static DeliveryRequest withContent(DeliveryRequest request, Content content) {
    return new DeliveryRequest(
        request.attemptId(),
        request.idempotencyKey(),
        request.channel(),
        request.notificationType(),
        request.recipient(),
        content,
        request.timeout(),
        request.validFor(),
        request.tags(),
        request.traceparent(),
        request.mail());
  }

  /** The same with a text alone. */
  public static DeliveryRequest withText(DeliveryRequest request, String text) {
    return withContent(request, new Content(null, text, null));
  }

  /** The same with labels, and with an end of its use. */
  public static DeliveryRequest withLabels(
      DeliveryRequest request, @Nullable Duration validFor, Map<String, String> tags) {
    return new DeliveryRequest(
        request.attemptId(),
        request.idempotencyKey(),
        request.channel(),
        request.notificationType(),
        request.recipient(),
        request.content(),
        request.timeout(),
        validFor,
        tags,
        request.traceparent(),
        request.mail());
  }

  /** The same, of use for so long only. */
  public static DeliveryRequest withValidFor(DeliveryRequest request, Duration validFor) {
    return withLabels(request, validFor, request.tags());
  }
}

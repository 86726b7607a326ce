package io.signalbox.provider.webhook;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Recipient;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a notification offers to placeholders.
 *
 * @param webhookUrl null if the gateway has no public URL
 */
record Values(DeliveryRequest request, @Nullable String webhookUrl) {
  static final String TAG_PREFIX = "tags.";

  /** The placeholder of all tags at once. */
  static final String ALL_TAGS = "tags";

  /** Our own ids: of a form that may stand anywhere. */
  static final Set<String> IDS = Set.of("attempt_id", "idempotency_key");

  private static final Set<String> NAMES =
      Set.of(
          "attempt_id",
          "channel",
          "html",
          "idempotency_key",
          "message",
          "notification_type",
          "recipient",
          "recipient_digits",
          "text",
          "title",
          "valid_seconds",
          "webhook_url");

  /** Whether there is a placeholder of that name for a text. */
  static boolean isName(String name) {
    return NAMES.contains(name)
        || (name.startsWith(TAG_PREFIX) && name.length() > TAG_PREFIX.length());
  }

  /** The value of a placeholder; null if this notification has none. */
  @Nullable String text(String name) {
    return switch (name) {
      case "attempt_id" -> request.attemptId();
      case "channel" -> request.channel().wireName();
      case "html" -> request.content().html();
      case "idempotency_key" -> request.idempotencyKey();
      case "message" -> request.content().message();
      case "notification_type" -> request.notificationType();
      case "recipient" -> request.recipient().address();
      case "recipient_digits" ->
          request.recipient() instanceof Recipient.Phone phone
              ? phone.digits()
              : request.recipient().address();
      case "text" -> request.content().plainText();
      case "title" -> request.content().title();
      case "valid_seconds" -> seconds(request.validFor());
      case "webhook_url" -> webhookUrl;
      default -> request.tags().get(name.substring(TAG_PREFIX.length()));
    };
  }

  private static @Nullable String seconds(@Nullable Duration duration) {
    return duration == null ? null : Long.toString(Math.max(1, duration.toSeconds()));
  }

  @Override
  public String toString() {
    return "Values[masked]";
  }
}

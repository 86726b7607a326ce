package io.signalbox.gateway.notification;

import io.signalbox.spi.Channel;
import io.signalbox.spi.MailAddress;
import io.signalbox.spi.intake.OnUnknown;
import io.signalbox.spi.intake.Priority;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of a JSON object as they are read, before the rules across fields. */
final class NotificationDraft {
  @Nullable String type;
  @Nullable Channel channel;
  @Nullable String email;
  @Nullable String phone;
  long telegramId;
  @Nullable String title;
  @Nullable String message;
  @Nullable String html;
  @Nullable String fromEmail;
  @Nullable String fromName;
  List<MailAddress> replyTo = List.of();
  @Nullable String template;
  @Nullable Integer templateVersion;
  @Nullable String locale;
  Map<String, Object> data = Map.of();
  Priority priority = Priority.NORMAL;
  List<Channel> fallbackChannels = List.of();
  @Nullable Instant sendAt;
  @Nullable Instant expiresAt;
  long ttlSeconds;
  long confirmWithinSeconds;
  @Nullable OnUnknown onUnknown;
  @Nullable String provider;
  @Nullable String policy;
  @Nullable Integer maxAttempts;
  Map<String, Object> metadata = Map.of();
  Map<String, String> tags = Map.of();
  @Nullable String country;
  boolean ignoreSuppression;

  private final Set<NotificationField> given = EnumSet.noneOf(NotificationField.class);

  /** Notes that a field is there; false if it was there before. */
  boolean give(NotificationField field) {
    return given.add(field);
  }

  /** Notes that a field is there with the value null, which is as good as not there. */
  void takeBack(NotificationField field) {
    given.remove(field);
  }

  /** Whether the field is there, be it right or wrong. */
  boolean has(NotificationField field) {
    return given.contains(field);
  }

  /** Whether the address that a channel needs is there, be it right or wrong. */
  boolean hasAddressFor(Channel wanted) {
    return has(addressField(wanted));
  }

  /** The field that holds the address of a channel that carries messages. */
  static NotificationField addressField(Channel channel) {
    return switch (channel) {
      case SMS, WHATSAPP -> NotificationField.RECIPIENT_PHONE;
      case TELEGRAM -> NotificationField.RECIPIENT_TELEGRAM_ID;
      case EMAIL, NUMBER, BOOKING -> NotificationField.RECIPIENT_EMAIL;
    };
  }
}

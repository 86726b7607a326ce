package io.signalbox.gateway.notification;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of a notification's JSON object; the API's name is the lower-case one. */
enum NotificationField {
  NOTIFICATION_TYPE,
  CHANNEL,
  RECIPIENT_EMAIL,
  RECIPIENT_PHONE,
  RECIPIENT_TELEGRAM_ID,
  TITLE,
  MESSAGE,
  HTML,
  FROM_EMAIL,
  FROM_NAME,
  REPLY_TO,
  TEMPLATE,
  TEMPLATE_VERSION,
  LOCALE,
  DATA,
  PRIORITY,
  FALLBACK_CHANNELS,
  SEND_AT,
  EXPIRES_AT,
  TTL_SECONDS,
  CONFIRM_WITHIN_SECONDS,
  ON_UNKNOWN,
  PROVIDER,
  POLICY,
  MAX_ATTEMPTS,
  METADATA,
  TAGS,
  COUNTRY,
  IGNORE_SUPPRESSION;

  private static final Map<String, NotificationField> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(f -> f.wireName, Function.identity()));

  private final String wireName = name().toLowerCase(Locale.ROOT);
  private final String pointer = "/" + wireName;

  /** The name in the JSON object. */
  String wireName() {
    return wireName;
  }

  /** The JSON pointer of the field. */
  String pointer() {
    return pointer;
  }

  static @Nullable NotificationField find(String wireName) {
    return BY_NAME.get(wireName);
  }

  static List<String> names() {
    return Arrays.stream(values()).map(NotificationField::wireName).toList();
  }
}

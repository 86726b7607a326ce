package io.signalbox.gateway.security;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A part of what can be done here, as credentials name it: an area, and whether it is read or
 * changed. Changing does not include reading.
 */
public enum Scope {
  NOTIFICATIONS_READ,
  /** Sending and calling back. */
  NOTIFICATIONS_WRITE,
  NUMBERS_READ,
  /** Renting numbers, and ending that. */
  NUMBERS_WRITE,
  BOOKINGS_READ,
  /** Making bookings, moving them and calling them off. */
  BOOKINGS_WRITE,
  DEAD_LETTERS_READ,
  DEAD_LETTERS_WRITE,
  SUPPRESSIONS_READ,
  SUPPRESSIONS_WRITE,
  /** What became of orders to forget a recipient. */
  ERASURES_READ,
  ERASURES_WRITE,
  CALLBACKS_READ,
  CALLBACKS_WRITE,
  PROVIDERS_READ,
  PROVIDERS_WRITE,
  PREFERENCES_READ,
  PREFERENCES_WRITE,
  PLUGINS_READ,
  PLUGINS_WRITE,
  POLICIES_READ,
  TEMPLATES_READ,
  TEMPLATES_WRITE,
  DRILLS_READ,
  DRILLS_WRITE,
  API_KEYS_READ,
  API_KEYS_WRITE,
  AUDIT_READ,
  /** How the gateway is. */
  REPORTS_READ,
  METRICS_READ,
  QUOTAS_READ,
  LOGGERS_READ,
  LOGGERS_WRITE;

  private final String area;
  private final String wireName;

  Scope() {
    int verb = name().lastIndexOf('_');
    area = name().substring(0, verb).toLowerCase(Locale.ROOT).replace('_', '-');
    wireName = area + ":" + name().substring(verb + 1).toLowerCase(Locale.ROOT);
  }

  /** As it stands in credentials, such as {@code notifications:write}. */
  public String wireName() {
    return wireName;
  }

  /** Finds the scope of a wire name. */
  public static Optional<Scope> find(String wireName) {
    return Stream.of(values()).filter(each -> each.wireName.equals(wireName)).findFirst();
  }

  /** Whether a word begins like one of these: {@code Notifications:}, and whatever follows. */
  static boolean isOfOurs(String word) {
    int colon = word.indexOf(':');
    return colon > 0
        && Stream.of(values())
            .anyMatch(each -> word.substring(0, colon).equalsIgnoreCase(each.area));
  }
}

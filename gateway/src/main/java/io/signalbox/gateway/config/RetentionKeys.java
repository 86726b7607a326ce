package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.decimal;
import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.optional;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The keys of the section {@code retention}. */
final class RetentionKeys {
  static final KeyGroup GROUP = new KeyGroup("retention");

  static final ConfigKey<Duration> NOTIFICATIONS =
      GROUP.key(
          "notifications",
          duration("1d", "3650d"),
          "30d",
          "How long finished notifications are kept, with their contents, attempts, receipts and"
              + " events, since their acceptance and their last change. What is not finished (open,"
              + " held, dead letters) stays.");

  static final ConfigKey<Map<String, Duration>> TENANTS =
      GROUP.key(
          "tenants",
          ValueTypes.type(
              "list",
              "tenant=duration, each 1d to 3650d",
              "must be a list of tenants with a duration from 1d to 3650d each, such as shop=7d, and"
                  + " each once",
              RetentionKeys::tenants),
          "",
          "Tenants whose notifications are kept for another time, such as `shop=7d, bank=3650d`; the"
              + " same on all gateways that share a ledger.");
  static final ConfigKey<Optional<Duration>> CONTENTS =
      GROUP.key(
          "contents",
          optional(duration("1h", "3650d")),
          "",
          "How long the contents of finished notifications are kept, recipients and texts, if they"
              + " are to go before the rest. Empty: as long as the notifications.");

  static final ConfigKey<Duration> IDEMPOTENCY_KEYS =
      GROUP.key(
          "idempotency_keys",
          duration("1m", "3650d"),
          "30d",
          "How long an idempotency key of a notification is known; not longer than its notification"
              + " in any case.");

  static final ConfigKey<Duration> REQUEST_KEYS =
      GROUP.key(
          "request_keys",
          duration("10m", "365d"),
          "24h",
          "How long the first answer to an idempotency key of any other call is kept, and given"
              + " again.");

  static final ConfigKey<Duration> BREAKER_EVENTS =
      GROUP.key(
          "breaker_events",
          duration("1m", "3650d"),
          "30d",
          "How long transitions of circuit breakers are kept; the last one of each stays.");

  static final ConfigKey<Optional<Duration>> AUDIT =
      GROUP.key(
          "audit",
          optional(duration("1d", "36500d")),
          "",
          "How long lines of the audit log are kept; empty: for ever. Up to a day longer, to remove"
              + " many at once.");

  static final ConfigKey<Duration> INTERVAL =
      GROUP.key("interval", duration("1s", "24h"), "10m", "How often older ones are looked for.");

  static final ConfigKey<Double> MAX_SHARE =
      GROUP.key(
          "max_share",
          decimal(0.01, 1.0),
          "0.2",
          "Share of the time that may be spent on removing: after each step comes a pause.");

  private RetentionKeys() {}

  static RetentionSettings read(ConfigValues v) {
    return new RetentionSettings(
        v.get(NOTIFICATIONS),
        v.get(TENANTS),
        v.get(CONTENTS),
        v.get(IDEMPOTENCY_KEYS),
        v.get(REQUEST_KEYS),
        v.get(BREAKER_EVENTS),
        v.get(AUDIT),
        v.get(INTERVAL),
        v.get(MAX_SHARE));
  }

  private static Optional<Map<String, Duration>> tenants(String text) {
    Map<String, Duration> tenants = new LinkedHashMap<>();
    for (String item : text.isBlank() ? new String[0] : text.split(",", -1)) {
      int equals = item.indexOf('=');
      String tenant = equals < 0 ? "" : item.substring(0, equals).strip();
      Optional<Duration> time = duration("1d", "3650d").parse(item.substring(equals + 1).strip());
      if (tenant.isEmpty() || time.isEmpty() || tenants.put(tenant, time.get()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(tenants);
  }
}

package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.texts;
import static io.signalbox.gateway.config.ValueTypes.type;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The keys of the section {@code numbers}. */
final class NumbersKeys {
  static final KeyGroup GROUP = new KeyGroup("numbers");

  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  static final ConfigKey<Duration> SYNC_INTERVAL =
      GROUP.key(
          "sync_interval",
          duration("1m", "7d"),
          "6h",
          "How often number providers are asked for all they have, give or take a tenth.");

  static final ConfigKey<String> CURRENCY_KEY =
      GROUP.key(
          "currency",
          type(
              "currency",
              "ISO 4217",
              "must be three capital letters of ISO 4217, such as USD",
              text -> CURRENCY.matcher(text).matches() ? Optional.of(text) : Optional.empty()),
          "USD",
          "The currency of max_price, and in which prices are compared.");

  static final ConfigKey<List<String>> FREE_PRICE =
      GROUP.key(
          "free_price",
          texts("provider ids, or *", "smsactivate"),
          "*",
          "Providers that may first pick any price up to the limit; * for all that can.");

  static final ConfigKey<Duration> POLL_AFTER =
      GROUP.key(
          "poll_after",
          duration("50ms", "1m"),
          "2s",
          "When a rental is first asked for its code; then more and more seldom.");

  static final ConfigKey<Duration> POLL_MAX =
      GROUP.key(
          "poll_max",
          duration("50ms", "5m"),
          "10s",
          "Longest time between two questions for a code.");

  private NumbersKeys() {}

  static NumbersSettings read(ConfigValues v) {
    return new NumbersSettings(
        v.get(SYNC_INTERVAL),
        v.get(CURRENCY_KEY),
        Set.copyOf(v.get(FREE_PRICE)),
        v.get(POLL_AFTER),
        v.get(POLL_MAX));
  }
}

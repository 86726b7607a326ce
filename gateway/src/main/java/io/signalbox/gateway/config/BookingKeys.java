package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.duration;

import java.time.Duration;

/** The keys of the section {@code bookings}. */
final class BookingKeys {
  static final KeyGroup GROUP = new KeyGroup("bookings");

  static final ConfigKey<Duration> FRESH_FOR =
      GROUP.key(
          "fresh_for",
          duration("0s", "1h"),
          "5s",
          "For how long what a provider said of a booking is told without asking it again.");

  static final ConfigKey<Duration> STALE_FOR =
      GROUP.key(
          "stale_for",
          duration("0s", "30d"),
          "24h",
          "How old the last known state of a booking may be that is told, marked as stale, while its"
              + " provider cannot be asked; past it the answer is 503.");

  static final ConfigKey<Duration> QUEUE_FOR =
      GROUP.key(
          "queue_for",
          duration("1s", "30d"),
          "24h",
          "How long a booking with queue_if_unavailable waits for a provider, if it does not say;"
              + " never past its begin.");

  static final ConfigKey<Duration> QUEUE_FOR_MOST =
      GROUP.key(
          "queue_for_most",
          duration("1s", "90d"),
          "7d",
          "The most that a booking may ask for with queue_for_seconds.");

  private BookingKeys() {}

  static BookingSettings read(ConfigValues v) {
    return new BookingSettings(
        v.get(FRESH_FOR), v.get(STALE_FOR), v.get(QUEUE_FOR), v.get(QUEUE_FOR_MOST));
  }
}

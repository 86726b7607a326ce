package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.bytes;
import static io.signalbox.gateway.config.ValueTypes.decimal;
import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.integer;
import static io.signalbox.gateway.config.ValueTypes.sentence;

import java.time.Duration;

/** The keys of the section {@code degradation}. */
final class DegradationKeys {
  static final KeyGroup GROUP = new KeyGroup("degradation");

  static final ConfigKey<Duration> ENTER_AFTER =
      GROUP.key(
          "enter_after",
          duration("0s", "10m"),
          "2s",
          "How long the facts must be bad without a break before a mode is entered.");

  static final ConfigKey<Duration> LEAVE_AFTER =
      GROUP.key(
          "leave_after",
          duration("0s", "1h"),
          "30s",
          "How long the facts must be better without a break before a mode is left.");

  static final ConfigKey<Double> MIN_SUCCESS_RATE =
      GROUP.key(
          "min_success_rate",
          decimal(0.0, 1.0),
          "0.5",
          "Share of a channel's attempts in the last minute below which the channel is degraded.");

  static final ConfigKey<Integer> MIN_ATTEMPTS =
      GROUP.key(
          "min_attempts",
          integer(1, 1_000_000),
          "20",
          "Attempts on a channel in the last minute before that share counts.");

  static final ConfigKey<Double> MAX_FALLBACK_SHARE =
      GROUP.key(
          "max_fallback_share",
          decimal(0.0, 1.0),
          "0.1",
          "Share of the last minute's attempts for a channel that may go over fallback channels"
              + " before the mode is partial.");

  static final ConfigKey<Duration> MAX_BACKLOG_AGE_URGENT =
      GROUP.key(
          "max_backlog_age_urgent",
          duration("1s", "24h"),
          "15s",
          "How long an urgent notification may be due before its channel is degraded.");

  static final ConfigKey<Duration> MAX_BACKLOG_AGE =
      GROUP.key(
          "max_backlog_age",
          duration("1s", "24h"),
          "2m",
          "The same for notifications of high and normal priority.");

  static final ConfigKey<Duration> MAX_BACKLOG_AGE_LOW =
      GROUP.key(
          "max_backlog_age_low",
          duration("1s", "30d"),
          "1h",
          "The same for notifications of low priority and for items of batches.");

  static final ConfigKey<Long> LOW_DISK_BYTES =
      GROUP.key(
          "low_disk_bytes",
          bytes(0, 1L << 40),
          "256MiB",
          "Below this much free space in the data directory the mode is partial.");

  static final ConfigKey<Duration> SLOW_COMMIT =
      GROUP.key(
          "slow_commit",
          duration("10ms", "30s"),
          "2s",
          "A commit of the ledger that takes longer makes the mode partial.");

  static final ConfigKey<Duration> METRICS_INTERVAL =
      GROUP.key(
          "metrics_interval",
          duration("1s", "1h"),
          "60s",
          "How often a row for each busy provider is written to failure_metrics.");

  static final ConfigKey<Duration> RETENTION =
      GROUP.key(
          "retention",
          duration("1m", "3650d"),
          "30d",
          "How long failure_metrics and degradation_events are kept.");

  static final ConfigKey<String> TEXT_REDUCED =
      GROUP.key(
          "text_reduced",
          sentence("channel"),
          "{channel} works with its reserve at the moment; your message is stored and may arrive a"
              + " little later than usual.",
          "What an answer says while a channel is in mode partial.");

  static final ConfigKey<String> TEXT_DELAYED =
      GROUP.key(
          "text_delayed",
          sentence("channel"),
          "{channel} is delayed at the moment; your message is stored and will be sent as soon as"
              + " possible.",
          "What an answer says while a channel is degraded.");

  static final ConfigKey<String> TEXT_FALLBACK =
      GROUP.key(
          "text_fallback",
          sentence("channel", "fallback"),
          "{channel} is not available at the moment; your message is sent by {fallback} instead.",
          "What an answer says while a fallback channel takes over.");

  static final ConfigKey<String> TEXT_REFUSED =
      GROUP.key(
          "text_refused",
          sentence(),
          "Messages cannot be taken at the moment; please try again in a few minutes.",
          "What an answer says when a notification could not be taken.");

  private DegradationKeys() {}

  static DegradationSettings read(ConfigValues v) {
    return new DegradationSettings(
        v.get(ENTER_AFTER),
        v.get(LEAVE_AFTER),
        v.get(MIN_SUCCESS_RATE),
        v.get(MIN_ATTEMPTS),
        v.get(MAX_FALLBACK_SHARE),
        v.get(MAX_BACKLOG_AGE_URGENT),
        v.get(MAX_BACKLOG_AGE),
        v.get(MAX_BACKLOG_AGE_LOW),
        v.get(LOW_DISK_BYTES),
        v.get(SLOW_COMMIT),
        v.get(METRICS_INTERVAL),
        v.get(RETENTION),
        new NoticeTexts(
            v.get(TEXT_REDUCED), v.get(TEXT_DELAYED), v.get(TEXT_FALLBACK), v.get(TEXT_REFUSED)));
  }
}

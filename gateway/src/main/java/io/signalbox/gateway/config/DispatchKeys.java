package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.bytes;
import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.integer;

import java.time.Duration;

/** The keys of the section {@code dispatch}. */
final class DispatchKeys {
  static final KeyGroup GROUP = new KeyGroup("dispatch");

  static final ConfigKey<Integer> LANE_WINDOW =
      GROUP.key(
          "lane_window",
          integer(1, 1_000_000),
          "2000",
          "How many notifications of one lane are held in memory at most.");

  static final ConfigKey<Long> LANE_WINDOW_BYTES =
      GROUP.key(
          "lane_window_bytes",
          bytes(1 << 20, 1L << 36),
          "64MiB",
          "How many bytes of content all lanes together hold in memory at most.");

  static final ConfigKey<Integer> MAX_IN_FLIGHT =
      GROUP.key(
          "max_in_flight",
          integer(1, 100_000),
          "1024",
          "How many attempts may be under way at most, over all providers.");

  static final ConfigKey<Duration> SWEEP_INTERVAL =
      GROUP.key(
          "sweep_interval",
          duration("10ms", "1m"),
          "1s",
          "How often the ledger is asked for what the bell missed.");

  static final ConfigKey<Integer> MAX_ATTEMPTS =
      GROUP.key(
          "max_attempts",
          integer(1, 999),
          "30",
          "How many attempts at providers one notification may take; those that were throttled or"
              + " never made are not counted.");

  static final ConfigKey<Duration> STALLED_INTERVAL =
      GROUP.key(
          "stalled_interval",
          duration("100ms", "1h"),
          "30s",
          "How often the ledger is searched for stalled work: attempts past their deadline without"
              + " an end, and notifications in no queue.");

  static final ConfigKey<Integer> MAX_ROUNDS =
      GROUP.key(
          "max_rounds",
          integer(1, 100),
          "3",
          "How many rounds over all candidates before a notification is a dead letter.");

  static final ConfigKey<Duration> RETRY_BASE =
      GROUP.key(
          "retry_base",
          duration("1ms", "1h"),
          "1s",
          "Wait before the second round; doubles with each round, with full jitter.");

  static final ConfigKey<Duration> RETRY_MAX =
      GROUP.key("retry_max", duration("1ms", "24h"), "15m", "Longest wait between rounds.");

  static final ConfigKey<Duration> COOL_DOWN_MIN =
      GROUP.key(
          "cool_down_min",
          duration("10ms", "1h"),
          "1s",
          "How long a provider that has no capacity gets no work at least, and if it does not say.");

  static final ConfigKey<Duration> COOL_DOWN_MAX =
      GROUP.key(
          "cool_down_max",
          duration("10ms", "24h"),
          "5m",
          "The same at most, whatever its Retry-After says.");

  static final ConfigKey<Duration> WINDOW =
      GROUP.key(
          "window",
          duration("1s", "30d"),
          "24h",
          "How long after its acceptance a notification may still be tried.");

  private DispatchKeys() {}

  static GatewayConfig.Dispatch read(ConfigValues v) {
    return new GatewayConfig.Dispatch(
        v.get(LANE_WINDOW),
        v.get(LANE_WINDOW_BYTES),
        v.get(MAX_IN_FLIGHT),
        v.get(SWEEP_INTERVAL),
        v.get(MAX_ATTEMPTS),
        v.get(STALLED_INTERVAL),
        v.get(MAX_ROUNDS),
        v.get(RETRY_BASE),
        v.get(RETRY_MAX),
        v.get(COOL_DOWN_MIN),
        v.get(COOL_DOWN_MAX),
        v.get(WINDOW));
  }
}

package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.bytes;
import static io.signalbox.gateway.config.ValueTypes.count;
import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.integer;

import java.time.Duration;

/** The keys of the section {@code intake}. */
final class IntakeKeys {
  static final KeyGroup GROUP = new KeyGroup("intake");

  static final ConfigKey<Long> BACKLOG_LIMIT =
      GROUP.key(
          "backlog_limit",
          count(1, 1_000_000_000),
          "1000000",
          "How many notifications may wait before intake answers 503. Those of low priority are"
              + " refused from 80% of that on, normal ones from 90%, high ones from 95%. Of gateways"
              + " that share a ledger each knows by itself, while more than 50000 wait, only what it"
              + " does: what the others did shows within ten seconds.");

  static final ConfigKey<Long> MIN_FREE_DISK_BYTES =
      GROUP.key(
          "min_free_disk_bytes",
          bytes(0, 1L << 40),
          "64MiB",
          "Below this much free space in the data directory intake answers 503, and so do rents and"
              + " bookings.");

  static final ConfigKey<Integer> BATCH_LIMIT =
      GROUP.key(
          "batch_limit",
          integer(1, 10_000),
          "1000",
          "How many notifications one array of a batch may hold.");

  static final ConfigKey<Long> BATCH_BYTES =
      GROUP.key(
          "batch_bytes",
          bytes(16 << 20, 1L << 36),
          "64MiB",
          "How many bytes of arrays of batches are held at once before a batch is answered 503; as"
              + " many again of what templates make of their items, and of what becomes of requests"
              + " in other providers' APIs.");

  static final ConfigKey<Duration> MAX_LOOP_LAG =
      GROUP.key(
          "max_loop_lag",
          duration("10ms", "1m"),
          "2s",
          "How late event loops may be, over about a second, before all but urgent notifications"
              + " are answered 503; the less urgent earlier, as with backlog_limit.");

  private IntakeKeys() {}

  static GatewayConfig.Intake read(ConfigValues v) {
    return new GatewayConfig.Intake(
        v.get(BACKLOG_LIMIT),
        v.get(MIN_FREE_DISK_BYTES),
        v.get(BATCH_LIMIT),
        v.get(BATCH_BYTES),
        v.get(MAX_LOOP_LAG));
  }
}

package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.bytes;
import static io.signalbox.gateway.config.ValueTypes.count;
import static io.signalbox.gateway.config.ValueTypes.integer;

/** The keys of the section {@code intake}. */
final class IntakeKeys {
  static final KeyGroup GROUP = new KeyGroup("intake");

  static final ConfigKey<Long> BACKLOG_LIMIT =
      GROUP.key(
          "backlog_limit",
          count(1, 1_000_000_000),
          "1000000",
          "How many notifications may wait before intake answers 503.");

  static final ConfigKey<Long> MIN_FREE_DISK_BYTES =
      GROUP.key(
          "min_free_disk_bytes",
          bytes(0, 1L << 40),
          "64MiB",
          "Below this much free space in the data directory intake answers 503.");

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
          "How many bytes of arrays of batches are held at once before a batch is answered 503.");

  private IntakeKeys() {}

  static GatewayConfig.Intake read(ConfigValues v) {
    return new GatewayConfig.Intake(
        v.get(BACKLOG_LIMIT), v.get(MIN_FREE_DISK_BYTES), v.get(BATCH_LIMIT), v.get(BATCH_BYTES));
  }
}

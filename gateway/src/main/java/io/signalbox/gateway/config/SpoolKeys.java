package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.bytes;
import static io.signalbox.gateway.config.ValueTypes.count;
import static io.signalbox.gateway.config.ValueTypes.duration;

import java.time.Duration;

/** The keys of the section {@code spool}. */
final class SpoolKeys {
  static final KeyGroup GROUP = new KeyGroup("spool");

  static final ConfigKey<Long> MAX_ENTRIES =
      GROUP.key(
          "max_entries",
          count(0, 100_000_000),
          "500000",
          "How many notifications may wait in the data directory while PostgreSQL is away, before"
              + " intake answers 503; 0 for no spool.");

  static final ConfigKey<Long> MAX_BYTES =
      GROUP.key(
          "max_bytes",
          bytes(1 << 20, 1L << 40),
          "1GiB",
          "How much they may be: their content, and 512 bytes for each.");

  static final ConfigKey<Duration> PATIENCE =
      GROUP.key(
          "patience",
          duration("50ms", "1m"),
          "1s",
          "How long a notification waits for PostgreSQL's answer before it goes into the spool, and"
              + " all others with it.");

  static final ConfigKey<Duration> RETRY_INTERVAL =
      GROUP.key(
          "retry_interval",
          duration("50ms", "1m"),
          "1s",
          "How often PostgreSQL is tried while the spool is in use.");

  private SpoolKeys() {}

  static SpoolSettings read(ConfigValues v) {
    return new SpoolSettings(
        v.get(MAX_ENTRIES), v.get(MAX_BYTES), v.get(PATIENCE), v.get(RETRY_INTERVAL));
  }
}

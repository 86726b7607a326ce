package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.bytes;
import static io.signalbox.gateway.config.ValueTypes.integer;
import static io.signalbox.gateway.config.ValueTypes.oneOf;

import java.util.Locale;

/** The keys of the section {@code ledger}. */
final class LedgerKeys {
  static final KeyGroup GROUP = new KeyGroup("ledger");

  static final ConfigKey<String> ENGINE =
      GROUP.key(
          "engine",
          oneOf("sqlite", "postgres"),
          "sqlite",
          "Where the ledger lives: in a file of the data directory, or in PostgreSQL, see postgres.*.");

  static final ConfigKey<Integer> MAX_COMMIT_BATCH =
      GROUP.key(
          "max_commit_batch",
          integer(1, 10_000),
          "256",
          "How many changes share one commit at most.");

  static final ConfigKey<Integer> MAX_WAITING_CHANGES =
      GROUP.key(
          "max_waiting_changes",
          integer(1, 1_000_000),
          "20000",
          "How many changes may wait for a commit before callers are refused.");

  static final ConfigKey<Long> MAX_WAITING_BYTES =
      GROUP.key(
          "max_waiting_bytes",
          bytes(1 << 20, 1L << 36),
          "64MiB",
          "How many bytes of content may wait for a commit before callers are refused.");

  private LedgerKeys() {}

  static GatewayConfig.Ledger read(ConfigValues v) {
    return new GatewayConfig.Ledger(
        GatewayConfig.Ledger.Engine.valueOf(v.get(ENGINE).toUpperCase(Locale.ROOT)),
        v.get(MAX_COMMIT_BATCH),
        v.get(MAX_WAITING_CHANGES),
        v.get(MAX_WAITING_BYTES));
  }
}

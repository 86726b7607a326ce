package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.integer;
import static io.signalbox.gateway.config.ValueTypes.oneOf;
import static io.signalbox.gateway.config.ValueTypes.optional;
import static io.signalbox.gateway.config.ValueTypes.path;
import static io.signalbox.gateway.config.ValueTypes.secret;
import static io.signalbox.gateway.config.ValueTypes.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The keys of the section {@code postgres}. */
final class PostgresKeys {
  static final KeyGroup GROUP = new KeyGroup("postgres");

  static final ConfigKey<String> HOST =
      GROUP.key(
          "host", text(), "localhost", "Where PostgreSQL is; used by ledger.engine postgres.");

  static final ConfigKey<Integer> PORT = GROUP.key("port", integer(1, 65_535), "5432", "Its port.");

  static final ConfigKey<String> DATABASE =
      GROUP.key(
          "database", text(), "signalbox", "The database, for the ledger alone; tables are made.");

  static final ConfigKey<String> USER =
      GROUP.key("user", text(), "signalbox", "The database user.");

  static final ConfigKey<Optional<SecretReference>> PASSWORD =
      GROUP.key(
          "password",
          optional(secret()),
          "",
          "Where the user's password is; read again for each connection. Empty for none.");

  static final ConfigKey<String> TLS =
      GROUP.key(
          "tls",
          oneOf("disable", "prefer", "require", "verify-ca", "verify-full"),
          "prefer",
          "Whether connections are encrypted, and whether the server must prove who it is.");

  static final ConfigKey<Optional<Path>> CA_FILE =
      GROUP.key(
          "ca_file",
          optional(path()),
          "",
          "PEM file of the authorities that vouch for the server; empty for those of the JVM.");

  static final ConfigKey<Duration> NODE_TIMEOUT =
      GROUP.key(
          "node_timeout",
          duration("1s", "10m"),
          "7s",
          "A gateway that shares the ledger and gives no sign of life for so long is taken for dead:"
              + " others take over its work. The same on all. One that was killed is noticed at"
              + " once.");

  static final ConfigKey<Integer> MIN_CONNECTIONS =
      GROUP.key(
          "min_connections",
          integer(0, 100),
          "2",
          "How many connections are kept open in the pool.");

  static final ConfigKey<Integer> MAX_CONNECTIONS =
      GROUP.key(
          "max_connections",
          integer(2, 100),
          "8",
          "How many there are at most. One of them writes, the others read; one more tells"
              + " the other gateways that this one lives.");

  static final ConfigKey<Duration> ACQUIRE_TIMEOUT =
      GROUP.key(
          "acquire_timeout",
          duration("10ms", "1m"),
          "2s",
          "How long a call waits for a connection.");

  static final ConfigKey<Duration> IDLE_TIMEOUT =
      GROUP.key(
          "idle_timeout",
          duration("1s", "1d"),
          "5m",
          "After how long an unused connection beyond the minimum is closed.");

  static final ConfigKey<Duration> CONNECT_TIMEOUT =
      GROUP.key(
          "connect_timeout",
          duration("10ms", "1m"),
          "3s",
          "How long making a connection may take.");

  static final ConfigKey<Duration> STATEMENT_TIMEOUT =
      GROUP.key(
          "statement_timeout",
          duration("100ms", "10m"),
          "10s",
          "How long a statement, or its wait for a lock, may take; the server ends it then.");

  static final ConfigKey<Duration> VALIDATE_AFTER =
      GROUP.key(
          "validate_after",
          duration("0ms", "1h"),
          "1s",
          "A connection that was unused for so long is tried before it is used.");

  private PostgresKeys() {}

  static PostgresSettings read(ConfigValues v) {
    return new PostgresSettings(
        v.get(HOST),
        v.get(PORT),
        v.get(DATABASE),
        v.get(USER),
        v.get(PASSWORD),
        v.get(TLS),
        v.get(CA_FILE),
        v.get(NODE_TIMEOUT),
        new PostgresSettings.Pool(
            Math.min(v.get(MIN_CONNECTIONS), v.get(MAX_CONNECTIONS)),
            v.get(MAX_CONNECTIONS),
            v.get(ACQUIRE_TIMEOUT),
            v.get(IDLE_TIMEOUT),
            v.get(CONNECT_TIMEOUT),
            v.get(STATEMENT_TIMEOUT),
            v.get(VALIDATE_AFTER)));
  }
}

package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.bytes;
import static io.signalbox.gateway.config.ValueTypes.decimal;
import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.flag;
import static io.signalbox.gateway.config.ValueTypes.integer;
import static io.signalbox.gateway.config.ValueTypes.path;
import static io.signalbox.gateway.config.ValueTypes.texts;

import io.signalbox.loader.check.PluginTrust;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The keys of the section {@code plugins}. */
final class PluginsKeys {
  static final KeyGroup GROUP = new KeyGroup("plugins");

  static final ConfigKey<Path> DIR =
      GROUP.key(
          "dir",
          path(),
          "${home}/plugins",
          "Folder of plugin jars and provider files; see [plugins](plugins.md).");

  static final ConfigKey<Set<String>> ALLOW =
      GROUP.key(
          "allow",
          Sha256Digests.type(),
          "",
          "SHA-256 digests of the jars that may run; empty allows all.");

  static final ConfigKey<List<String>> SIGNERS =
      GROUP.key(
          "signers",
          texts("SHA-256 fingerprints and paths of PEM files", "/etc/signalbox/signer.pem"),
          "",
          "Certificates whose owners must have signed a jar, or issued its signer's certificate;"
              + " empty asks for no signature.");

  static final ConfigKey<Duration> CHECK_TIMEOUT =
      GROUP.key(
          "check_timeout",
          duration("100ms", "10s"),
          "6s",
          "How long a provider's self-check may take. A replacement that does not pass it while the"
              + " provider before does is kept back.");

  static final ConfigKey<Duration> RETRY_INTERVAL =
      GROUP.key(
          "retry_interval",
          duration("1s", "1h"),
          "30s",
          "When a replacement that was kept back is tried again; doubles each time, to ten times as"
              + " long at most.");

  static final ConfigKey<Duration> DRAIN_TIMEOUT =
      GROUP.key(
          "drain_timeout",
          duration("0s", "10m"),
          "30s",
          "How long a provider that was replaced or removed may end what it has begun. What has not"
              + " ended by then is broken off and its outcome is unknown.");

  static final ConfigKey<Double> CANARY_SHARE =
      GROUP.key(
          "canary_share",
          decimal(0, 0.5),
          "0",
          "Share of a provider's attempts that its replacement gets on trial, before it takes over or"
              + " is rolled back by what comes of them; 0 for no trial. See"
              + " [plugins](plugins.md#trials).");

  static final ConfigKey<Duration> CANARY_FOR =
      GROUP.key("canary_for", duration("1s", "1h"), "60s", "How long a trial lasts at least.");

  static final ConfigKey<Integer> CANARY_MIN_ATTEMPTS =
      GROUP.key(
          "canary_min_attempts",
          integer(1, 100_000),
          "50",
          "How many attempts a replacement on trial has at least; where there is too little traffic,"
              + " a trial ends after ten times its length.");

  static final ConfigKey<Boolean> UPLOAD =
      GROUP.key(
          "upload",
          flag(),
          "false",
          "Whether admins may upload, remove and roll back plugins over HTTP: whoever has an admin's"
              + " token can then run code as the gateway.");

  static final ConfigKey<Integer> KEEP_VERSIONS =
      GROUP.key(
          "keep_versions",
          integer(1, 100),
          "5",
          "How many former jars of each plugin are kept for a rollback, in data.dir.");

  static final ConfigKey<Long> KEEP_BYTES =
      GROUP.key(
          "keep_bytes",
          bytes(1 << 20, 1L << 40),
          "1GiB",
          "How many bytes the kept jars of all plugins may have; the oldest go first.");

  static final ConfigKey<Boolean> LITERAL_SECRETS =
      GROUP.key(
          "literal_secrets",
          flag(),
          "false",
          "Whether secrets may stand in provider files themselves, for trials; else each must be"
              + " `${env:NAME}` or `${file:/path}`.");

  static final ConfigKey<Duration> BLOCKED_AFTER =
      GROUP.key(
          "blocked_after",
          duration("500ms", "1m"),
          "2s",
          "How long a provider's thread may be busy in its plugin before it counts as blocked: its"
              + " breaker is opened, and nothing is given to it until the thread runs again.");

  static final ConfigKey<Duration> BLOCKED_LIMIT =
      GROUP.key(
          "blocked_limit",
          duration("1s", "1h"),
          "30s",
          "How long a provider's thread may be blocked before the provider is stopped; it is started"
              + " again when its file or jar changes.");

  static final ConfigKey<Duration> UNLOAD_PROOF =
      GROUP.key(
          "unload_proof",
          duration("0s", "24h"),
          "60s",
          "How long after a plugin was unloaded the JVM may take to collect its classes by itself; then"
              + " a collection is asked for, three times at most. `0s` never asks, and a leak shows"
              + " when the JVM comes to it.");

  private PluginsKeys() {}

  static PluginsSettings read(ConfigValues v) {
    return new PluginsSettings(
        v.get(DIR),
        new PluginTrust(v.get(ALLOW), v.get(SIGNERS)),
        v.get(CHECK_TIMEOUT),
        v.get(RETRY_INTERVAL),
        v.get(DRAIN_TIMEOUT),
        new PluginsSettings.Canary(
            v.get(CANARY_SHARE), v.get(CANARY_FOR), v.get(CANARY_MIN_ATTEMPTS)),
        new PluginChanges(v.get(UPLOAD), v.get(KEEP_VERSIONS), v.get(KEEP_BYTES)),
        v.get(LITERAL_SECRETS),
        v.get(BLOCKED_AFTER),
        v.get(BLOCKED_LIMIT),
        v.get(UNLOAD_PROOF));
  }
}

package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.bytes;
import static io.signalbox.gateway.config.ValueTypes.count;
import static io.signalbox.gateway.config.ValueTypes.decimal;
import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.durations;
import static io.signalbox.gateway.config.ValueTypes.flag;
import static io.signalbox.gateway.config.ValueTypes.growingDurations;
import static io.signalbox.gateway.config.ValueTypes.integer;
import static io.signalbox.gateway.config.ValueTypes.networks;
import static io.signalbox.gateway.config.ValueTypes.oneOf;
import static io.signalbox.gateway.config.ValueTypes.path;
import static io.signalbox.gateway.config.ValueTypes.sha256s;
import static io.signalbox.gateway.config.ValueTypes.text;
import static io.signalbox.gateway.config.ValueTypes.url;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every key of the configuration, in the order of the documentation. */
final class ConfigKeys {
  private static final Map<String, ConfigKey<?>> ALL = new LinkedHashMap<>();

  static final ConfigKey<String> HTTP_HOST =
      key("http.host", text(), "127.0.0.1", "Address to listen on.");

  static final ConfigKey<Integer> HTTP_PORT =
      key(
          "http.port",
          integer(0, 65_535),
          "8080",
          "Port to listen on; 0 takes a free one, which is printed.");

  static final ConfigKey<Integer> HTTP_INSTANCES =
      key("http.instances", integer(1, 64), "${cores}", "How many event loops serve HTTP.");

  static final ConfigKey<Duration> HTTP_DRAIN_TIMEOUT =
      key(
          "http.drain_timeout",
          duration("0s", "10m"),
          "10s",
          "How long a stop waits for requests and attempts under way.");

  static final ConfigKey<Path> DATA_DIR =
      key("data.dir", path(), "./data", "The data directory: ledger, keys, staged plugins.");

  static final ConfigKey<Path> PLUGINS_DIR =
      key("plugins.dir", path(), "${home}/plugins", "Folder of plugin jars and provider files.");

  static final ConfigKey<Set<String>> PLUGINS_ALLOWED_SHA256 =
      key(
          "plugins.allowed_sha256",
          sha256s(),
          "",
          "Digests of the jars that may run; empty allows all.");

  static final ConfigKey<Boolean> SANDBOX_ENABLED =
      key(
          "sandbox.enabled",
          flag(),
          "false",
          "Whether the sandbox's providers are configured; also the flag --sandbox.");

  static final ConfigKey<Integer> SANDBOX_PORT =
      key(
          "sandbox.port",
          integer(0, 65_535),
          "8090",
          "Control port of the simulator that is started in this process; 0 takes a free one.");

  static final ConfigKey<Optional<String>> SANDBOX_URL =
      key(
          "sandbox.url",
          url(),
          "",
          "Control URL of a simulator that runs elsewhere; empty starts one in this process.");

  static final ConfigKey<Path> SANDBOX_PROVIDERS_DIR =
      key(
          "sandbox.providers_dir",
          path(),
          "${home}/conf/sandbox",
          "Provider files for the sandbox.");

  static final ConfigKey<Long> INTAKE_BACKLOG_LIMIT =
      key(
          "intake.backlog_limit",
          count(1, 1_000_000_000),
          "1000000",
          "How many notifications may wait before intake answers 503.");

  static final ConfigKey<Long> INTAKE_MIN_FREE_DISK_BYTES =
      key(
          "intake.min_free_disk_bytes",
          bytes(0, 1L << 40),
          "64MiB",
          "Below this much free space in the data directory intake answers 503.");

  static final ConfigKey<Integer> INTAKE_BATCH_LIMIT =
      key(
          "intake.batch_limit",
          integer(1, 10_000),
          "1000",
          "How many notifications one array of a batch may hold.");

  static final ConfigKey<Long> INTAKE_BATCH_BYTES =
      key(
          "intake.batch_bytes",
          bytes(16 << 20, 1L << 36),
          "64MiB",
          "How many bytes of arrays of batches are held at once before a batch is answered 503.");

  static final ConfigKey<Integer> LEDGER_MAX_COMMIT_BATCH =
      key(
          "ledger.max_commit_batch",
          integer(1, 10_000),
          "256",
          "How many changes share one commit at most.");

  static final ConfigKey<Integer> LEDGER_MAX_WAITING_CHANGES =
      key(
          "ledger.max_waiting_changes",
          integer(1, 1_000_000),
          "20000",
          "How many changes may wait for a commit before callers are refused.");

  static final ConfigKey<Long> LEDGER_MAX_WAITING_BYTES =
      key(
          "ledger.max_waiting_bytes",
          bytes(1 << 20, 1L << 36),
          "64MiB",
          "How many bytes of content may wait for a commit before callers are refused.");

  static final ConfigKey<Integer> DISPATCH_LANE_WINDOW =
      key(
          "dispatch.lane_window",
          integer(1, 1_000_000),
          "2000",
          "How many notifications of one lane are held in memory at most.");

  static final ConfigKey<Long> DISPATCH_LANE_WINDOW_BYTES =
      key(
          "dispatch.lane_window_bytes",
          bytes(1 << 20, 1L << 36),
          "64MiB",
          "How many bytes of content all lanes together hold in memory at most.");

  static final ConfigKey<Integer> DISPATCH_MAX_IN_FLIGHT =
      key(
          "dispatch.max_in_flight",
          integer(1, 100_000),
          "1024",
          "How many attempts may be under way at most, over all providers.");

  static final ConfigKey<Duration> DISPATCH_SWEEP_INTERVAL =
      key(
          "dispatch.sweep_interval",
          duration("10ms", "1m"),
          "1s",
          "How often the ledger is asked for what the bell missed.");

  static final ConfigKey<Integer> DISPATCH_MAX_ROUNDS =
      key(
          "dispatch.max_rounds",
          integer(1, 100),
          "3",
          "How many rounds over all candidates before a notification is a dead letter.");

  static final ConfigKey<Duration> DISPATCH_RETRY_BASE =
      key(
          "dispatch.retry_base",
          duration("1ms", "1h"),
          "1s",
          "Wait before the second round; doubles with each round, with full jitter.");

  static final ConfigKey<Duration> DISPATCH_RETRY_MAX =
      key("dispatch.retry_max", duration("1ms", "24h"), "15m", "Longest wait between rounds.");

  static final ConfigKey<Duration> DISPATCH_WINDOW =
      key(
          "dispatch.window",
          duration("1s", "30d"),
          "24h",
          "How long after its acceptance a notification may still be tried.");

  static final ConfigKey<Duration> UNKNOWN_FAILOVER_AFTER =
      key(
          "unknown.failover_after",
          duration("0s", "1h"),
          "5s",
          "How long the policy failover waits for a receipt after an unknown outcome.");

  static final ConfigKey<Duration> UNKNOWN_WAIT_FOR =
      key(
          "unknown.wait_for",
          duration("0s", "24h"),
          "30s",
          "How long the policy wait waits for a receipt before it fails over.");

  static final ConfigKey<Double> LOOKUP_RATE_PER_SECOND =
      key(
          "lookup.rate_per_second",
          decimal(0.01, 1_000),
          "5",
          "How many questions about statuses one provider is asked in a second at most.");

  static final ConfigKey<Duration> LOOKUP_TIMEOUT =
      key("lookup.timeout", duration("100ms", "1m"), "5s", "How long one such answer may take.");

  static final ConfigKey<Duration> LOOKUP_UNKNOWN_AFTER =
      key(
          "lookup.unknown_after",
          duration("0s", "1h"),
          "1s",
          "When a provider is first asked about an unknown outcome; again before a failover.");

  static final ConfigKey<List<Duration>> LOOKUP_RECEIPT_AFTER =
      key(
          "lookup.receipt_after",
          growingDurations("1s", "7d"),
          "10m, 1h, 24h",
          "Ages at which a provider is asked about what has no final receipt; empty for never.");

  static final ConfigKey<Integer> BREAKER_FAILURE_THRESHOLD =
      key(
          "breaker.failure_threshold",
          integer(1, 10_000),
          "5",
          "Failures in the window that open a breaker.");

  static final ConfigKey<Double> BREAKER_FAILURE_RATE =
      key(
          "breaker.failure_rate",
          decimal(0.01, 1.0),
          "0.5",
          "Share of failures in the window that opens a breaker, from minimum_calls on.");

  static final ConfigKey<Integer> BREAKER_MINIMUM_CALLS =
      key(
          "breaker.minimum_calls",
          integer(1, 100_000),
          "20",
          "Calls in the window before the rate counts.");

  static final ConfigKey<Duration> BREAKER_WINDOW =
      key("breaker.window", duration("1s", "1h"), "60s", "Length of the rolling window.");

  static final ConfigKey<Duration> BREAKER_RECOVERY_TIMEOUT =
      key(
          "breaker.recovery_timeout",
          duration("10ms", "24h"),
          "60s",
          "How long a breaker stays open; doubles each time a trial fails.");

  static final ConfigKey<Duration> BREAKER_MAX_RECOVERY_TIMEOUT =
      key(
          "breaker.max_recovery_timeout",
          duration("10ms", "24h"),
          "300s",
          "Longest time a breaker stays open.");

  static final ConfigKey<Integer> BREAKER_SUCCESSES_TO_CLOSE =
      key(
          "breaker.successes_to_close",
          integer(1, 1_000),
          "3",
          "Successful trials that close a breaker.");

  static final ConfigKey<Integer> BREAKER_HALF_OPEN_TRIALS =
      key(
          "breaker.half_open_trials",
          integer(1, 1_000),
          "1",
          "Trials under way at a time while half-open.");

  static final ConfigKey<String> SCORING_POLICY =
      key(
          "scoring.policy",
          oneOf("weighted", "adjusted", "cheapest"),
          "weighted",
          "How providers are scored.");

  static final ConfigKey<String> SCORING_STRATEGY =
      key(
          "scoring.strategy",
          oneOf("best", "weighted"),
          "best",
          "How one is chosen from the ranking.");

  static final ConfigKey<Integer> SCORING_WINDOW =
      key("scoring.window", integer(10, 10_000), "100", "How many attempts a health window holds.");

  static final ConfigKey<Double> SCORING_EXPLORATION =
      key(
          "scoring.exploration",
          decimal(0.0, 1.0),
          "0.01",
          "Share of choices that try the candidate tried least recently.");

  static final ConfigKey<Duration> SCORING_MAX_RESPONSE_TIME =
      key(
          "scoring.max_response_time",
          duration("1ms", "10m"),
          "5s",
          "Response time that scores 0.");

  static final ConfigKey<Double> SCORING_MIN_SUCCESS_RATE =
      key(
          "scoring.min_success_rate",
          decimal(0.0, 1.0),
          "0.8",
          "Success rate below which a provider is degraded.");

  static final ConfigKey<Duration> SCORING_PUBLISH_INTERVAL =
      key(
          "scoring.publish_interval",
          duration("10ms", "1m"),
          "200ms",
          "How often a changed ranking is published.");

  static final ConfigKey<Optional<String>> WEBHOOKS_PUBLIC_URL =
      key(
          "webhooks.public_url",
          url(),
          "",
          "How providers reach this gateway from outside; empty: the address that the request names.");

  static final ConfigKey<Long> WEBHOOKS_MAX_BODY_BYTES =
      key("webhooks.max_body_bytes", bytes(1024, 64L << 20), "1MiB", "Largest body of a webhook.");

  static final ConfigKey<Long> WEBHOOKS_MAX_BYTES_UNDER_WAY =
      key(
          "webhooks.max_bytes_under_way",
          bytes(1 << 20, 1L << 36),
          "32MiB",
          "How many bytes of webhooks are held at once before one is answered 503.");

  static final ConfigKey<Duration> WEBHOOKS_BODY_TIMEOUT =
      key(
          "webhooks.body_timeout",
          duration("100ms", "10m"),
          "10s",
          "How long the body of a webhook may take to come in before its connection is closed.");

  static final ConfigKey<Duration> WEBHOOKS_RETENTION =
      key(
          "webhooks.retention",
          duration("1s", "3650d"),
          "30d",
          "How long webhooks are kept as they came in; what they said stays with its notification.");

  static final ConfigKey<Duration> WEBHOOKS_RETENTION_INTERVAL =
      key(
          "webhooks.retention_interval",
          duration("1s", "24h"),
          "10m",
          "How often older ones are looked for, to be deleted.");

  static final ConfigKey<Boolean> CALLBACKS_ALLOW_HTTP =
      key(
          "callbacks.allow_http",
          flag(),
          "false",
          "Whether callback endpoints may have URLs without TLS.");

  static final ConfigKey<List<IpNetwork>> CALLBACKS_ALLOWED_NETWORKS =
      key(
          "callbacks.allowed_networks",
          networks(),
          "",
          "Private networks that callbacks may go to; all others that are not public are refused.");

  static final ConfigKey<Duration> CALLBACKS_TIMEOUT =
      key(
          "callbacks.timeout",
          duration("100ms", "60s"),
          "15s",
          "How long an endpoint may take to answer.");

  static final ConfigKey<List<Duration>> CALLBACKS_RETRY_DELAYS =
      key(
          "callbacks.retry_delays",
          durations("1ms", "7d"),
          "5s, 5m, 30m, 2h, 5h, 10h, 10h",
          "Waits before each further attempt of a callback, up to a tenth more or less at random.");

  static final ConfigKey<Integer> CALLBACKS_CONCURRENCY =
      key(
          "callbacks.concurrency",
          integer(1, 256),
          "8",
          "Callbacks under way at a time to one endpoint.");

  static final ConfigKey<Duration> CALLBACKS_DISABLE_AFTER =
      key(
          "callbacks.disable_after",
          duration("1s", "365d"),
          "5d",
          "An endpoint at which nothing has succeeded for so long is disabled.");

  static final ConfigKey<Duration> CALLBACKS_SECRET_OVERLAP =
      key(
          "callbacks.secret_overlap",
          duration("0s", "30d"),
          "24h",
          "How long the old secret of an endpoint also signs after a rotation.");

  static final ConfigKey<Duration> CALLBACKS_RETENTION =
      key(
          "callbacks.retention",
          duration("1s", "3650d"),
          "30d",
          "How long events and delivery logs are kept, and can be delivered once more.");

  static final ConfigKey<Path> SECURITY_JWT_KEY_FILE =
      key(
          "security.jwt_key_file",
          path(),
          "${data.dir}/jwt.key",
          "File with the key that signs tokens; made at the first start.");

  static final ConfigKey<Duration> SECURITY_TOKEN_TTL =
      key(
          "security.token_ttl",
          duration("1m", "3650d"),
          "30d",
          "How long tokens live that this gateway makes.");

  static final ConfigKey<String> LOG_LEVEL =
      key(
          "log.level",
          oneOf("auto", "error", "warn", "info", "debug"),
          "auto",
          "Least level that is written; auto: warn where the format is chosen to be text, else info.");

  static final ConfigKey<String> LOG_FORMAT =
      key(
          "log.format",
          oneOf("auto", "json", "text"),
          "auto",
          "Json to stdout or text to stderr; auto: text at a terminal or with --sandbox, else json.");

  private ConfigKeys() {}

  /** All keys by their names. */
  static Map<String, ConfigKey<?>> all() {
    return Collections.unmodifiableMap(ALL);
  }

  private static <T> ConfigKey<T> key(
      String name, ValueType<T> type, String defaultText, String description) {
    ConfigKey<T> key = new ConfigKey<>(name, type, defaultText, description);
    ALL.put(name, key);
    return key;
  }
}

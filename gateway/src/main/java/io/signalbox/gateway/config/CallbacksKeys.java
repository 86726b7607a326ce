package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.durations;
import static io.signalbox.gateway.config.ValueTypes.flag;
import static io.signalbox.gateway.config.ValueTypes.integer;
import static io.signalbox.gateway.config.ValueTypes.networks;
import static io.signalbox.gateway.config.ValueTypes.oneOf;

import io.signalbox.gateway.config.CallbackSettings.PerMessage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The keys of the section {@code callbacks}. */
final class CallbacksKeys {
  static final KeyGroup GROUP = new KeyGroup("callbacks");

  static final ConfigKey<Boolean> ALLOW_HTTP =
      GROUP.key(
          "allow_http", flag(), "false", "Whether callback endpoints may have URLs without TLS.");

  static final ConfigKey<List<IpNetwork>> ALLOWED_NETWORKS =
      GROUP.key(
          "allowed_networks",
          networks(),
          "",
          "Private networks that callbacks may go to; all others that are not public are refused.");

  static final ConfigKey<String> PER_MESSAGE =
      GROUP.key(
          "per_message",
          oneOf("on", "sealed", "off"),
          "on",
          "Whether requests in a provider's API can name an address that hears of their message; their"
              + " API key is stored for that, which signs. sealed: only while contents are sealed.");

  static final ConfigKey<Duration> TIMEOUT =
      GROUP.key(
          "timeout", duration("100ms", "60s"), "15s", "How long an endpoint may take to answer.");

  static final ConfigKey<List<Duration>> RETRY_DELAYS =
      GROUP.key(
          "retry_delays",
          durations("1ms", "7d"),
          "5s, 5m, 30m, 2h, 5h, 10h, 10h",
          "Waits before each further attempt of a callback, up to a tenth more or less at random.");

  static final ConfigKey<Integer> CONCURRENCY =
      GROUP.key(
          "concurrency", integer(1, 256), "8", "Callbacks under way at a time to one endpoint.");

  static final ConfigKey<Duration> DISABLE_AFTER =
      GROUP.key(
          "disable_after",
          duration("1s", "365d"),
          "5d",
          "An endpoint at which nothing has succeeded for so long is disabled.");

  static final ConfigKey<Duration> SECRET_OVERLAP =
      GROUP.key(
          "secret_overlap",
          duration("0s", "30d"),
          "24h",
          "How long the old secret of an endpoint also signs after a rotation.");

  static final ConfigKey<Duration> RETENTION =
      GROUP.key(
          "retention",
          duration("1s", "3650d"),
          "30d",
          "How long events and delivery logs are kept, and can be delivered once more.");

  private CallbacksKeys() {}

  static CallbackSettings read(ConfigValues v) {
    return new CallbackSettings(
        v.get(ALLOW_HTTP),
        v.get(ALLOWED_NETWORKS),
        PerMessage.valueOf(v.get(PER_MESSAGE).toUpperCase(Locale.ROOT)),
        v.get(TIMEOUT),
        v.get(RETRY_DELAYS),
        v.get(CONCURRENCY),
        v.get(DISABLE_AFTER),
        v.get(SECRET_OVERLAP),
        v.get(RETENTION));
  }
}

package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.decimal;
import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.flag;
import static io.signalbox.gateway.config.ValueTypes.integer;
import static io.signalbox.gateway.config.ValueTypes.text;
import static io.signalbox.gateway.config.ValueTypes.url;

import io.signalbox.gateway.config.TracingSettings.Header;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of the section {@code tracing}. */
final class TracingKeys {
  static final KeyGroup GROUP = new KeyGroup("tracing");

  private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9-]{1,100})=(\\S+)");

  static final ConfigKey<Boolean> ENABLED =
      GROUP.key(
          "enabled",
          flag(),
          "false",
          "Whether spans are recorded and sent to an OpenTelemetry collector. Correlation ids do not"
              + " depend on it.");

  static final ConfigKey<Optional<String>> OTLP_ENDPOINT =
      GROUP.key(
          "otlp_endpoint",
          url(),
          "http://127.0.0.1:4318/v1/traces",
          "Where the collector takes spans by OTLP over HTTP, in protobuf; the whole URL.");

  static final ConfigKey<List<Header>> OTLP_HEADERS =
      GROUP.key(
          "otlp_headers",
          ValueTypes.type(
              "list",
              "NAME=env:NAME or NAME=file:/path",
              "must be a list of headers with the places of their values, such as"
                  + " Authorization=env:OTLP_AUTHORIZATION",
              text -> ValueTypes.list(text, TracingKeys::header)),
          "",
          "Headers that the collector wants, with the places where their values are; read again for"
              + " each request.");

  static final ConfigKey<Double> SAMPLE_RATIO =
      GROUP.key(
          "sample_ratio",
          decimal(0, 1),
          "1",
          "Share of the traces begun here that is recorded. For a trace of the caller's its"
              + " traceparent says whether it is.");

  static final ConfigKey<String> SERVICE_NAME =
      GROUP.key("service_name", text(), "signalbox", "What this service is called (service.name).");

  static final ConfigKey<Integer> MAX_QUEUE =
      GROUP.key(
          "max_queue",
          integer(1, 1_000_000),
          "8192",
          "How many ended spans may wait to be sent; further ones are dropped.");

  static final ConfigKey<Duration> EXPORT_INTERVAL =
      GROUP.key(
          "export_interval",
          duration("10ms", "60s"),
          "2s",
          "How often what waits is sent; sooner where 512 wait.");

  static final ConfigKey<Duration> EXPORT_TIMEOUT =
      GROUP.key(
          "export_timeout",
          duration("100ms", "60s"),
          "5s",
          "How long the collector may take before what was sent is given up.");

  private TracingKeys() {}

  static TracingSettings read(ConfigValues v) {
    boolean enabled = v.get(ENABLED);
    Optional<String> endpoint = v.get(OTLP_ENDPOINT);
    if (enabled && endpoint.isEmpty()) {
      v.mistake(OTLP_ENDPOINT, "must be given where tracing.enabled is true");
    }
    return new TracingSettings(
        enabled,
        endpoint.orElse(""),
        v.get(OTLP_HEADERS),
        v.get(SAMPLE_RATIO),
        v.get(SERVICE_NAME),
        v.get(MAX_QUEUE),
        v.get(EXPORT_INTERVAL),
        v.get(EXPORT_TIMEOUT));
  }

  private static Optional<Header> header(String text) {
    Matcher matcher = HEADER.matcher(text);
    return matcher.matches()
        ? SecretReference.parse(matcher.group(2)).map(value -> new Header(matcher.group(1), value))
        : Optional.empty();
  }
}

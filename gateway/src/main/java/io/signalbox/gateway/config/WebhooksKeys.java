package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.bytes;
import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.url;

import java.time.Duration;
import java.util.Optional;

/** The keys of the section {@code webhooks}. */
final class WebhooksKeys {
  static final KeyGroup GROUP = new KeyGroup("webhooks");

  static final ConfigKey<Optional<String>> PUBLIC_URL =
      GROUP.key(
          "public_url",
          url(),
          "",
          "How providers reach this gateway from outside; empty: the address that the request"
              + " names.");

  static final ConfigKey<Long> MAX_BODY_BYTES =
      GROUP.key("max_body_bytes", bytes(1024, 64L << 20), "1MiB", "Largest body of a webhook.");

  static final ConfigKey<Long> MAX_BYTES_UNDER_WAY =
      GROUP.key(
          "max_bytes_under_way",
          bytes(1 << 20, 1L << 36),
          "32MiB",
          "How many bytes of webhooks are held at once before one is answered 503; as many of those"
              + " that other nodes of the cluster hand over.");

  static final ConfigKey<Duration> BODY_TIMEOUT =
      GROUP.key(
          "body_timeout",
          duration("100ms", "10m"),
          "10s",
          "How long the body of a webhook, or another of a stranger, may take to come in before its"
              + " connection is closed.");

  static final ConfigKey<Duration> RETENTION =
      GROUP.key(
          "retention",
          duration("1s", "3650d"),
          "30d",
          "How long webhooks are kept as they came in; what they said stays with its"
              + " notification.");

  static final ConfigKey<Duration> RETENTION_INTERVAL =
      GROUP.key(
          "retention_interval",
          duration("1s", "24h"),
          "10m",
          "How often older ones are looked for, to be deleted.");

  private WebhooksKeys() {}

  static GatewayConfig.Webhooks read(ConfigValues v) {
    return new GatewayConfig.Webhooks(
        v.get(PUBLIC_URL),
        Math.toIntExact(v.get(MAX_BODY_BYTES)),
        v.get(MAX_BYTES_UNDER_WAY),
        v.get(BODY_TIMEOUT),
        v.get(RETENTION),
        v.get(RETENTION_INTERVAL));
  }
}

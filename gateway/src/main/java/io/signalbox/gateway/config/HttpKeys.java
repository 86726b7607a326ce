package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.bytes;
import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.integer;
import static io.signalbox.gateway.config.ValueTypes.networks;
import static io.signalbox.gateway.config.ValueTypes.oneOf;
import static io.signalbox.gateway.config.ValueTypes.optional;
import static io.signalbox.gateway.config.ValueTypes.path;
import static io.signalbox.gateway.config.ValueTypes.text;

import io.signalbox.gateway.config.HttpSettings.ClientAuth;
import io.signalbox.gateway.config.HttpSettings.ForwardedHeader;
import io.signalbox.gateway.config.HttpSettings.Limits;
import io.signalbox.gateway.config.HttpSettings.Place;
import io.signalbox.gateway.config.HttpSettings.Proxies;
import io.signalbox.gateway.config.HttpSettings.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The keys of the section {@code http}. */
final class HttpKeys {
  static final KeyGroup GROUP = new KeyGroup("http");

  static final ConfigKey<String> HOST =
      GROUP.key("host", text(), "127.0.0.1", "Address to listen on.");

  static final ConfigKey<Integer> PORT =
      GROUP.key(
          "port",
          integer(0, 65_535),
          "8080",
          "Port to listen on; 0 takes a free one, which is printed.");

  static final ConfigKey<Integer> INSTANCES =
      GROUP.key("instances", integer(1, 64), "${cores}", "How many event loops serve HTTP.");

  static final ConfigKey<Duration> DRAIN_TIMEOUT =
      GROUP.key(
          "drain_timeout",
          duration("0s", "10m"),
          "10s",
          "How long a stop waits for attempts under way; for requests under way 5s of it at most.");

  static final ConfigKey<Optional<Path>> TLS_CERT_FILE =
      GROUP.key(
          "tls_cert_file",
          optional(path()),
          "",
          "PEM file with the server's certificate and those between it and its authority, for"
              + " HTTPS; with tls_key_file. Read again on change.");

  static final ConfigKey<Optional<Path>> TLS_KEY_FILE =
      GROUP.key(
          "tls_key_file",
          optional(path()),
          "",
          "PEM file with the certificate's key, RSA or EC, not encrypted. Read again on change.");

  static final ConfigKey<String> TLS_CLIENT_AUTH =
      GROUP.key(
          "tls_client_auth",
          oneOf("none", "request", "required"),
          "none",
          "Whether clients may (request) or must (required) show a certificate of"
              + " tls_client_ca_file. With required also providers that send webhooks, probes,"
              + " Prometheus and commands need one; only metrics_port asks nobody.");

  static final ConfigKey<Optional<Path>> TLS_CLIENT_CA_FILE =
      GROUP.key(
          "tls_client_ca_file",
          optional(path()),
          "",
          "PEM file of the authorities that vouch for clients. Read again on change.");

  static final ConfigKey<Optional<Integer>> ADMIN_PORT =
      GROUP.key(
          "admin_port",
          optional(integer(0, 65_535)),
          "",
          "Port for the calls of those who run the gateway, which are then not served on port; 0"
              + " takes a free one. Empty for one port for all.");

  static final ConfigKey<Optional<String>> ADMIN_HOST =
      GROUP.key(
          "admin_host", optional(text()), "", "Address of admin_port; empty for that of host.");

  static final ConfigKey<Optional<Integer>> METRICS_PORT =
      GROUP.key(
          "metrics_port",
          optional(integer(0, 65_535)),
          "",
          "Port on which /metrics is read without a token, beside the probes, and nowhere else;"
              + " such as 9003. 0 takes a free one. Empty: with a token, on admin_port or port.");

  static final ConfigKey<Optional<String>> METRICS_HOST =
      GROUP.key(
          "metrics_host", optional(text()), "", "Address of metrics_port; empty for that of host.");

  static final ConfigKey<Integer> MAX_CONNECTIONS =
      GROUP.key(
          "max_connections",
          integer(10, 1_000_000),
          "12000",
          "How many connections each port takes; never more than three quarters of the files that"
              + " the process may have open. What is more is closed at once.");

  static final ConfigKey<Integer> MAX_CONNECTIONS_PER_ADDRESS =
      GROUP.key(
          "max_connections_per_address",
          integer(1, 1_000_000),
          "2000",
          "How many of them may be of one address (with IPv6, of one /64 network); a proxy in"
              + " front counts as one.");

  static final ConfigKey<Duration> HEAD_TIMEOUT =
      GROUP.key(
          "head_timeout",
          duration("100ms", "5m"),
          "10s",
          "How long a request's head may take, with the TLS handshake of a new connection; and a"
              + " body before min_body_rate counts.");

  static final ConfigKey<Duration> IDLE_TIMEOUT =
      GROUP.key(
          "idle_timeout",
          duration("1s", "1h"),
          "75s",
          "How long a connection may be without a request.");

  static final ConfigKey<Long> MIN_BODY_RATE =
      GROUP.key(
          "min_body_rate",
          bytes(0, 1L << 30),
          "1KiB",
          "How much of a body must come in a second on average; a slower one is answered with 408."
              + " 0 for any.");

  static final ConfigKey<Long> MAX_HEADER_BYTES =
      GROUP.key(
          "max_header_bytes",
          bytes(1 << 10, 1 << 20),
          "16KiB",
          "How large the headers of a request may be, all together.");

  static final ConfigKey<Integer> MAX_HEADERS =
      GROUP.key("max_headers", integer(10, 10_000), "100", "How many headers a request may have.");

  static final ConfigKey<List<IpNetwork>> TRUSTED_PROXIES =
      GROUP.key(
          "trusted_proxies",
          networks(),
          "",
          "Networks of the proxies in front. Where a request comes from, as the audit log and the"
              + " limit of refused sign-ins have it, is then what they say in forwarded_header;"
              + " nobody else is believed.");

  static final ConfigKey<String> FORWARDED_HEADER =
      GROUP.key(
          "forwarded_header",
          oneOf("x-forwarded-for", "forwarded"),
          "x-forwarded-for",
          "The header to which the trusted proxies add where they were called from (forwarded: RFC"
              + " 7239). The other one is not looked at.");

  private HttpKeys() {}

  static HttpSettings read(ConfigValues v) {
    String host = v.get(HOST);
    noHostWithoutPort(v, ADMIN_HOST, ADMIN_PORT);
    noHostWithoutPort(v, METRICS_HOST, METRICS_PORT);
    int main = v.get(PORT);
    Optional<Integer> admin = v.get(ADMIN_PORT);
    Optional<Integer> metrics = v.get(METRICS_PORT);
    apart(v, ADMIN_PORT, admin, PORT, main);
    apart(v, METRICS_PORT, metrics, PORT, main);
    admin.ifPresent(port -> apart(v, METRICS_PORT, metrics, ADMIN_PORT, port));
    return new HttpSettings(
        new Place(host, main),
        admin.map(port -> new Place(v.get(ADMIN_HOST).orElse(host), port)),
        metrics.map(port -> new Place(v.get(METRICS_HOST).orElse(host), port)),
        v.get(INSTANCES),
        v.get(DRAIN_TIMEOUT),
        tls(v),
        new Limits(
            v.get(MAX_CONNECTIONS),
            v.get(MAX_CONNECTIONS_PER_ADDRESS),
            v.get(HEAD_TIMEOUT),
            v.get(IDLE_TIMEOUT),
            v.get(MIN_BODY_RATE),
            v.get(MAX_HEADER_BYTES).intValue(),
            v.get(MAX_HEADERS)),
        new Proxies(
            v.get(TRUSTED_PROXIES),
            v.get(FORWARDED_HEADER).equals(ForwardedHeader.FORWARDED.headerName())
                ? ForwardedHeader.FORWARDED
                : ForwardedHeader.X_FORWARDED_FOR));
  }

  private static void noHostWithoutPort(
      ConfigValues v, ConfigKey<Optional<String>> host, ConfigKey<Optional<Integer>> port) {
    if (v.get(host).isPresent() && v.get(port).isEmpty()) {
      v.mistake(host, "needs " + port.name());
    }
  }

  /** Two servers on one port would share it, and answer each other's requests. */
  static void apart(
      ConfigValues v, ConfigKey<?> key, Optional<Integer> port, ConfigKey<?> other, int taken) {
    if (taken != 0 && port.isPresent() && port.get() == taken) {
      v.mistake(key, "must be another port than " + other.name() + ", also on another address");
    }
  }

  private static Optional<Tls> tls(ConfigValues v) {
    Optional<Path> certificate = v.get(TLS_CERT_FILE);
    Optional<Path> key = v.get(TLS_KEY_FILE);
    Optional<Path> authority = v.get(TLS_CLIENT_CA_FILE);
    ClientAuth clients = ClientAuth.valueOf(v.get(TLS_CLIENT_AUTH).toUpperCase(Locale.ROOT));
    if (certificate.isPresent() != key.isPresent()) {
      v.mistake(
          certificate.isPresent() ? TLS_CERT_FILE : TLS_KEY_FILE,
          "needs " + (certificate.isPresent() ? TLS_KEY_FILE : TLS_CERT_FILE).name());
    }
    if (clients != ClientAuth.NONE && certificate.isEmpty()) {
      v.mistake(TLS_CLIENT_AUTH, "needs " + TLS_CERT_FILE.name());
    }
    if ((clients != ClientAuth.NONE) != authority.isPresent()) {
      v.mistake(
          TLS_CLIENT_CA_FILE,
          "must be given where " + TLS_CLIENT_AUTH.name() + " is not none, and only there");
    }
    return certificate.flatMap(
        file -> key.map(secret -> new Tls(file, secret, clients, authority)));
  }
}

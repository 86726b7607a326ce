package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.integer;
import static io.signalbox.gateway.config.ValueTypes.oneOf;
import static io.signalbox.gateway.config.ValueTypes.optional;
import static io.signalbox.gateway.config.ValueTypes.path;
import static io.signalbox.gateway.config.ValueTypes.text;

import io.signalbox.gateway.config.HttpSettings.ClientAuth;
import io.signalbox.gateway.config.HttpSettings.Tls;
import java.nio.file.Path;
import java.time.Duration;
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
          "How long a stop waits for requests and attempts under way.");

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
              + " tls_client_ca_file.");

  static final ConfigKey<Optional<Path>> TLS_CLIENT_CA_FILE =
      GROUP.key(
          "tls_client_ca_file",
          optional(path()),
          "",
          "PEM file of the authorities that vouch for clients. Read again on change.");

  private HttpKeys() {}

  static HttpSettings read(ConfigValues v) {
    return new HttpSettings(
        v.get(HOST), v.get(PORT), v.get(INSTANCES), v.get(DRAIN_TIMEOUT), tls(v));
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

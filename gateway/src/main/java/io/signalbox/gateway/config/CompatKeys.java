package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.integer;
import static io.signalbox.gateway.config.ValueTypes.oneOf;
import static io.signalbox.gateway.config.ValueTypes.optional;
import static io.signalbox.gateway.config.ValueTypes.path;
import static io.signalbox.gateway.config.ValueTypes.text;

import io.signalbox.gateway.config.CompatSettings.Port;
import io.signalbox.gateway.config.CompatSettings.Transparent;
import io.signalbox.gateway.config.HttpSettings.ClientAuth;
import io.signalbox.gateway.config.HttpSettings.Place;
import io.signalbox.gateway.config.HttpSettings.Tls;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The keys of the section {@code compat}. */
final class CompatKeys {
  static final KeyGroup GROUP = new KeyGroup("compat");

  /** All dialects that there are, by name. */
  static final List<String> NAMES =
      List.of("mailgun", "postmark", "resend", "sendgrid", "telegram", "twilio", "vonage");

  private static final String REFUSE = "refuse";
  private static final String WAIT = "wait";

  private static final Pattern HOST_NAME =
      Pattern.compile("(?!-)[a-z0-9-]{1,63}(?<!-)(\\.(?!-)[a-z0-9-]{1,63}(?<!-))*");

  static final ConfigKey<List<String>> DIALECTS =
      GROUP.key(
          "dialects",
          MappingTypes.words(NAMES),
          String.join(", ", NAMES),
          "Providers' APIs that are spoken, each under /compat/ and its name, to whoever has an API"
              + " key. Empty for none.");

  static final ConfigKey<Map<String, String>> HOSTS =
      GROUP.key(
          "hosts",
          MappingTypes.mapping(
              "host names with a dialect each",
              "{mail.example.com: sendgrid}",
              host ->
                  Optional.of(host.toLowerCase(Locale.ROOT))
                      .filter(name -> HOST_NAME.matcher(name).matches()),
              CompatKeys::dialect),
          "",
          "Names of this server whose requests are in a dialect, without a prefix of the path; for"
              + " SDKs that can change the host alone.");

  static final ConfigKey<Map<Integer, String>> PORTS =
      GROUP.key(
          "ports",
          MappingTypes.mapping(
              "ports with a dialect each",
              "{8091: twilio}",
              integer(0, 65_535)::parse,
              CompatKeys::dialect),
          "",
          "More ports to listen on, each for one dialect, without a prefix of the path, and with the"
              + " TLS of http.");

  static final ConfigKey<Optional<String>> PORTS_HOST =
      GROUP.key(
          "ports_host", optional(text()), "", "Address of ports; empty for that of http.host.");

  static final ConfigKey<String> UNKNOWN_SENDERS =
      GROUP.key(
          "unknown_senders",
          oneOf(WAIT, REFUSE),
          WAIT,
          "What becomes of mails from a sender that no provider has under senders: they wait for such"
              + " a provider, or are refused as by the API itself, as far as this gateway knows all"
              + " providers (compatibility.md).");

  static final ConfigKey<Optional<Integer>> TRANSPARENT_PORT =
      GROUP.key(
          "transparent_port",
          optional(integer(0, 65_535)),
          "",
          "Port on which dialects answer with TLS in their providers' own host names, such as 443;"
              + " for applications that cannot be changed. 0 takes a free one. Empty for none.");

  static final ConfigKey<Optional<String>> TRANSPARENT_HOST =
      GROUP.key(
          "transparent_host",
          optional(text()),
          "",
          "Address of transparent_port; empty for that of http.host.");

  static final ConfigKey<Optional<Path>> TRANSPARENT_CERT_FILE =
      GROUP.key(
          "transparent_cert_file",
          optional(path()),
          "",
          "PEM file with a certificate of the providers' host names, as signalbox compat ca makes"
              + " it. Read again on change.");

  static final ConfigKey<Optional<Path>> TRANSPARENT_KEY_FILE =
      GROUP.key(
          "transparent_key_file",
          optional(path()),
          "",
          "PEM file with the key of transparent_cert_file. Read again on change.");

  private CompatKeys() {}

  private static Optional<String> dialect(String name) {
    return Optional.of(name).filter(NAMES::contains);
  }

  /**
   * Reads the section.
   *
   * @param http what else is listened on
   */
  static CompatSettings read(ConfigValues v, HttpSettings http) {
    List<String> dialects = v.get(DIALECTS);
    Map<String, String> hosts = v.get(HOSTS);
    Map<Integer, String> ports = v.get(PORTS);
    spoken(v, HOSTS, hosts.values(), dialects);
    spoken(v, PORTS, ports.values(), dialects);
    ports.keySet().forEach(port -> apart(v, PORTS, port, http));
    if (v.get(PORTS_HOST).isPresent() && ports.isEmpty()) {
      v.mistake(PORTS_HOST, "needs " + PORTS.name());
    }
    String portsHost = v.get(PORTS_HOST).orElse(http.main().host());
    return new CompatSettings(
        Set.copyOf(dialects),
        hosts,
        ports.entrySet().stream()
            .map(each -> new Port(new Place(portsHost, each.getKey()), each.getValue()))
            .toList(),
        v.get(UNKNOWN_SENDERS).equals(REFUSE),
        transparent(v, http, ports));
  }

  private static void spoken(
      ConfigValues v, ConfigKey<?> key, Collection<String> used, List<String> dialects) {
    used.stream()
        .filter(name -> !dialects.contains(name))
        .findFirst()
        .ifPresent(
            name -> v.mistake(key, "must have dialects of " + DIALECTS.name() + ", not " + name));
  }

  private static void apart(ConfigValues v, ConfigKey<?> key, int port, HttpSettings http) {
    HttpKeys.apart(v, key, Optional.of(port), HttpKeys.PORT, http.main().port());
    http.admin()
        .ifPresent(
            place -> HttpKeys.apart(v, key, Optional.of(port), HttpKeys.ADMIN_PORT, place.port()));
    http.metrics()
        .ifPresent(
            place ->
                HttpKeys.apart(v, key, Optional.of(port), HttpKeys.METRICS_PORT, place.port()));
  }

  private static Optional<Transparent> transparent(
      ConfigValues v, HttpSettings http, Map<Integer, String> ports) {
    Optional<Integer> port = v.get(TRANSPARENT_PORT);
    Optional<Path> certificate = v.get(TRANSPARENT_CERT_FILE);
    Optional<Path> secret = v.get(TRANSPARENT_KEY_FILE);
    if (port.isEmpty()) {
      for (ConfigKey<? extends Optional<?>> key :
          List.of(TRANSPARENT_HOST, TRANSPARENT_CERT_FILE, TRANSPARENT_KEY_FILE)) {
        if (v.get(key).isPresent()) {
          v.mistake(key, "needs " + TRANSPARENT_PORT.name());
        }
      }
      return Optional.empty();
    }
    apart(v, TRANSPARENT_PORT, port.get(), http);
    if (ports.containsKey(port.get()) && port.get() != 0) {
      v.mistake(TRANSPARENT_PORT, "must not stand in " + PORTS.name());
    }
    if (certificate.isEmpty() || secret.isEmpty()) {
      v.mistake(
          TRANSPARENT_PORT,
          "needs "
              + (certificate.isEmpty() ? TRANSPARENT_CERT_FILE : TRANSPARENT_KEY_FILE).name()
              + "; signalbox compat ca makes the files");
      return Optional.empty();
    }
    return Optional.of(
        new Transparent(
            new Place(v.get(TRANSPARENT_HOST).orElse(http.main().host()), port.get()),
            new Tls(certificate.get(), secret.get(), ClientAuth.NONE, Optional.empty())));
  }
}

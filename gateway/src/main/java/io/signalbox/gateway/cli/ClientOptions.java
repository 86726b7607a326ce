package io.signalbox.gateway.cli;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.config.HttpSettings;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.Role;
import io.signalbox.spi.intake.SendNotification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a command reaches the server, and as whom. */
final class ClientOptions {
  private static final Duration OWN_TOKEN_TTL = Duration.ofMinutes(5);

  @Mixin private ConfigOptions configOptions = new ConfigOptions();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "the server; without it SIGNALBOX_URL, or http.host and http.port (with http.admin_port,"
              + " that one)")
  private @Nullable String url;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "without it SIGNALBOX_TOKEN, or one made with the key in data.dir")
  private @Nullable String token;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description =
          "PEM file of the authorities that vouch for the server; without it SIGNALBOX_CA_FILE,"
              + " http.tls_cert_file if the server is that of the configuration, or those of the"
              + " JDK")
  private @Nullable Path authorities;

  @Option(
      names = "--cert-file",
      paramLabel = "FILE",
      description = "PEM file of a certificate to show to the server; with --key-file")
  private @Nullable Path certificate;

  @Option(names = "--key-file", paramLabel = "FILE", description = "PEM file of its key")
  private @Nullable Path key;

  /** A way to call the server; a token that has to be made gets that role. */
  HttpCall call(Role role) {
    String givenUrl = url != null ? url : System.getenv("SIGNALBOX_URL");
    String givenToken = token != null ? token : System.getenv("SIGNALBOX_TOKEN");
    KeyManager[] own = ClientTls.own(certificate, key);
    Optional<SSLContext> tls = authorities().map(file -> ClientTls.trusting(file, own));
    if (tls.isEmpty() && own.length > 0 && givenUrl != null) {
      tls = Optional.of(ClientTls.ofTheJdk(own));
    }
    if (givenUrl != null && givenToken != null) {
      return new HttpCall(givenUrl, Optional.of(givenToken), tls);
    }
    GatewayConfig config = configOptions.load(Map.of());
    HttpSettings http = config.http();
    if (tls.isEmpty() && givenUrl == null) {
      tls = http.tls().map(files -> ClientTls.ownServer(files.certificate(), own));
    }
    String bearer =
        givenToken != null
            ? givenToken
            : LocalTokens.issue(
                config,
                new Caller("cli", SendNotification.DEFAULT_TENANT, Set.of(role)),
                OWN_TOKEN_TTL);
    return new HttpCall(givenUrl != null ? givenUrl : ownUrl(http), Optional.of(bearer), tls);
  }

  private static String ownUrl(HttpSettings http) {
    HttpSettings.Place place = http.administration();
    return place.url(http.tls().isPresent(), place.port());
  }

  private Optional<Path> authorities() {
    return Optional.ofNullable(authorities)
        .or(() -> Optional.ofNullable(System.getenv("SIGNALBOX_CA_FILE")).map(Path::of));
  }
}

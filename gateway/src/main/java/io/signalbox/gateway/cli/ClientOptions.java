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
import java.util.function.Supplier;
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
          "the server; without it SIGNALBOX_URL, url of the client file, or http.host and http.port"
              + " (with http.admin_port, that one)")
  private @Nullable String url;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "others may see it in the list of processes; without it --token-file, SIGNALBOX_TOKEN,"
              + " SIGNALBOX_TOKEN_FILE, the client file's, or one made with the key in data.dir")
  private @Nullable String token;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "a file with nothing but the token or API key; - for stdin")
  private @Nullable Path tokenFile;

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

  /**
   * A way to call the server. What is typed counts most, then the environment, then the client
   * file, at last the configuration.
   *
   * @param role what a token that has to be made may do
   */
  HttpCall call(Role role) {
    Map<String, String> environment = System.getenv();
    ClientFile file = ClientFile.of(environment);
    Optional<String> givenUrl = given(url, environment.get("SIGNALBOX_URL")).or(file::url);
    boolean fits = givenUrl.map(file::isFor).orElse(true);
    Optional<String> givenToken =
        givenToken(environment, fits ? Optional.of(file) : Optional.empty());
    KeyManager[] own = ClientTls.own(certificate, key);
    Optional<SSLContext> tls =
        authorities(environment, file).map(authority -> ClientTls.trusting(authority, own));
    if (tls.isEmpty() && own.length > 0 && givenUrl.isPresent()) {
      tls = Optional.of(ClientTls.ofTheJdk(own));
    }
    if (givenUrl.isPresent() && givenToken.isPresent()) {
      return new HttpCall(givenUrl.get(), () -> givenToken, tls);
    }
    GatewayConfig config = configOptions.load(Map.of());
    HttpSettings http = config.http();
    if (tls.isEmpty() && givenUrl.isEmpty()) {
      tls = http.tls().map(files -> ClientTls.ownServer(files.certificate(), own));
    }
    Caller caller = new Caller("cli", SendNotification.DEFAULT_TENANT, Set.of(role));
    // Made for each request: a live view, or a long drill, outlasts one token.
    Supplier<Optional<String>> bearer =
        givenToken.isPresent()
            ? () -> givenToken
            : () -> Optional.of(LocalTokens.ofServer(config, caller, OWN_TOKEN_TTL));
    return new HttpCall(givenUrl.orElseGet(() -> ownUrl(http)), bearer, tls);
  }

  private static Optional<String> given(@Nullable String typed, @Nullable String otherwise) {
    return Optional.ofNullable(typed).or(() -> Optional.ofNullable(otherwise));
  }

  private Optional<String> givenToken(Map<String, String> environment, Optional<ClientFile> file) {
    if (token != null) {
      return Optional.of(token);
    }
    if (tokenFile != null) {
      return Optional.of(TokenFile.read(tokenFile));
    }
    String ofEnvironment = environment.get("SIGNALBOX_TOKEN");
    if (ofEnvironment != null) {
      return Optional.of(ofEnvironment);
    }
    String named = environment.get("SIGNALBOX_TOKEN_FILE");
    if (named != null) {
      return Optional.of(TokenFile.read(Path.of(named)));
    }
    return file.flatMap(one -> one.token().or(() -> one.tokenFile().map(TokenFile::read)));
  }

  private static String ownUrl(HttpSettings http) {
    HttpSettings.Place place = http.administration();
    return place.url(http.tls().isPresent(), place.port());
  }

  private Optional<Path> authorities(Map<String, String> environment, ClientFile file) {
    return Optional.ofNullable(authorities)
        .or(() -> Optional.ofNullable(environment.get("SIGNALBOX_CA_FILE")).map(Path::of))
        .or(file::authorities);
  }
}

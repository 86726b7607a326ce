package io.signalbox.gateway.cli;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.Role;
import io.signalbox.spi.intake.SendNotification;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
      description = "the server; without it SIGNALBOX_URL, or http.host and http.port")
  private @Nullable String url;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "without it SIGNALBOX_TOKEN, or one made with the key in data.dir")
  private @Nullable String token;

  /** A way to call the server; a token that has to be made gets that role. */
  HttpCall call(Role role) {
    String givenUrl = url != null ? url : System.getenv("SIGNALBOX_URL");
    String givenToken = token != null ? token : System.getenv("SIGNALBOX_TOKEN");
    if (givenUrl != null && givenToken != null) {
      return new HttpCall(givenUrl, Optional.of(givenToken));
    }
    GatewayConfig config = configOptions.load(Map.of());
    String target =
        givenUrl != null ? givenUrl : "http://" + config.http().host() + ":" + config.http().port();
    String bearer =
        givenToken != null
            ? givenToken
            : LocalTokens.issue(
                config,
                new Caller("cli", SendNotification.DEFAULT_TENANT, Set.of(role)),
                OWN_TOKEN_TTL);
    return new HttpCall(target, Optional.of(bearer));
  }
}

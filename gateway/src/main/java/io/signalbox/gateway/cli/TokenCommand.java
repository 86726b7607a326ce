package io.signalbox.gateway.cli;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.Role;
import io.signalbox.gateway.security.Scopes;
import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Makes a token with the key in the data directory.")
final class TokenCommand implements Callable<Integer> {
  private static final Duration LONGEST = Duration.ofDays(3650);

  @Mixin private Output output = new Output();
  @Mixin private ConfigOptions configOptions = new ConfigOptions();

  @Option(
      names = "--role",
      required = true,
      split = ",",
      paramLabel = "ROLE",
      description = "admin, manager, sender or viewer; several with commas")
  private List<String> roleNames = List.of();

  @Option(
      names = "--scope",
      split = ",",
      paramLabel = "SCOPE",
      description =
          "to what of its roles' rights it is narrowed, such as notifications:write; several with"
              + " commas")
  private List<String> scopeNames = List.of();

  @Option(names = "--tenant", paramLabel = "NAME", description = "default: ${DEFAULT-VALUE}")
  private String tenant = SendNotification.DEFAULT_TENANT;

  @Option(
      names = "--subject",
      paramLabel = "NAME",
      description = "whom the token names; default: ${DEFAULT-VALUE}")
  private String subject = "cli";

  @Option(
      names = "--ttl",
      paramLabel = "DURATION",
      description = "how long it lives, such as 12h or 30d; default: security.token_ttl")
  private @Nullable String ttlText;

  @Override
  public Integer call() {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : roleNames) {
      roles.add(
          Role.find(name)
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          ExitCodes.BAD_DATA, "--role must be admin, manager, sender or viewer")));
    }
    GatewayConfig config = configOptions.load(Map.of());
    Duration ttl = ttlText == null ? config.security().tokenTtl() : ttl(ttlText);
    Scopes scopes = scopeNames.isEmpty() ? Scopes.ALL : scopes();
    String token = LocalTokens.issue(config, new Caller(subject, tenant, roles, scopes), ttl);
    JsonArray names = new JsonArray();
    roles.forEach(role -> names.add(role.wireName()));
    output.result(
        new JsonObject()
            .put("token", token)
            .put("roles", names)
            .put("scopes", new JsonArray(scopes.words()))
            .put("tenant", tenant)
            .put("subject", subject)
            .put("expires_in_seconds", ttl.toSeconds()),
        result -> output.line(token));
    return 0;
  }

  private Scopes scopes() {
    for (String name : scopeNames) {
      if (!Scopes.isOne(name)) {
        throw new CommandFailure(ExitCodes.BAD_DATA, "--scope: " + name + " is no scope");
      }
    }
    return Scopes.of(scopeNames);
  }

  private static Duration ttl(String text) {
    return ConfigReader.parseDuration(text)
        .filter(ttl -> ttl.toSeconds() >= 1 && ttl.compareTo(LONGEST) <= 0)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCodes.BAD_DATA, "--ttl must be a duration from 1s to 3650d"));
  }
}

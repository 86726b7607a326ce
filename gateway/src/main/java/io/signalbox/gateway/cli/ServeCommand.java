package io.signalbox.gateway.cli;

import io.signalbox.gateway.api.HttpApi;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.Role;
import io.signalbox.gateway.server.GatewayServer;
import io.signalbox.gateway.server.GatewayServer.NotWantedException;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs the gateway until it is told to stop (SIGTERM, Ctrl-C).")
final class ServeCommand implements Callable<Integer> {
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_RESERVE = Duration.ofSeconds(15);

  @Mixin private Output output = new Output();
  @Mixin private ConfigOptions configOptions = new ConfigOptions();

  @Option(names = "--host", paramLabel = "HOST", description = "same as --set http.host=HOST")
  private @Nullable String host;

  @Option(names = "--port", paramLabel = "PORT", description = "same as --set http.port=PORT")
  private @Nullable String port;

  @Option(
      names = "--sandbox",
      description = "also start the simulator, and configure real plugins against it")
  private boolean sandbox;

  @Option(
      names = "--check-config",
      description = "only say whether the configuration has mistakes; nothing is started")
  private boolean checkOnly;

  @Override
  public Integer call() throws InterruptedException {
    GatewayConfig config = configOptions.load(overrides());
    if (checkOnly) {
      output.result(
          new JsonObject().put("valid", true),
          json -> output.line("The configuration has no mistakes."));
      return 0;
    }
    ShutdownWait wait = ShutdownWait.hear();
    LogSettings.apply(config.log(), sandbox || Terminal.isStdout());
    Duration stopLimit = config.http().drainTimeout().plus(STOP_RESERVE);
    Future<GatewayServer> start = GatewayServer.start(config, wait.wish());
    wait.orStarted(START_LIMIT, start);
    if (wait.wish().isComplete()) {
      Waiting.upTo(stopLimit, start.transform(ServeCommand::stopped));
      return 0;
    }
    GatewayServer server = Waiting.upTo(START_LIMIT, start);
    announce(config, server.http());
    wait.untilStopped(server::stop, stopLimit);
    return 0;
  }

  /** A start that fails leaves nothing running; that it failed for a cause of its own is told. */
  private static Future<Void> stopped(AsyncResult<GatewayServer> start) {
    if (start.succeeded()) {
      return start.result().stop();
    }
    return start.cause() instanceof NotWantedException
        ? Future.succeededFuture()
        : Future.failedFuture(start.cause());
  }

  private Map<String, String> overrides() {
    Map<String, String> overrides = new LinkedHashMap<>();
    if (host != null) {
      overrides.put("http.host", host);
    }
    if (port != null) {
      overrides.put("http.port", port);
    }
    if (sandbox) {
      overrides.put("sandbox.enabled", "true");
    }
    return overrides;
  }

  private void announce(GatewayConfig config, HttpApi api) {
    String url = api.url();
    long millis = millisSinceStart();
    JsonObject ready = new JsonObject().put("url", url).put("ready_ms", millis);
    api.adminUrl().ifPresent(admin -> ready.put("admin_url", admin));
    api.metricsUrl().ifPresent(metrics -> ready.put("metrics_url", metrics));
    if (!api.dialectUrls().isEmpty()) {
      ready.put("dialect_urls", new JsonObject(Map.copyOf(api.dialectUrls())));
    }
    api.transparentUrl().ifPresent(it -> ready.put("transparent_url", it));
    String token = config.sandbox().enabled() ? sandboxToken(config) : "";
    if (!token.isEmpty()) {
      ready.put("token", token);
    }
    output.result(
        ready,
        json -> {
          output.line("Signalbox ready on " + url + " in " + millis + " ms");
          api.adminUrl().ifPresent(admin -> output.line("administration: " + admin));
          api.metricsUrl().ifPresent(metrics -> output.line("metrics: " + metrics + "/metrics"));
          api.dialectUrls().forEach((at, dialect) -> output.line(dialect + ": " + at));
          api.transparentUrl().ifPresent(it -> output.line("transparent: " + it));
          if (!token.isEmpty()) {
            output.line("token: " + token);
            output.line(curl(config, url, token));
          }
        });
  }

  private static String sandboxToken(GatewayConfig config) {
    return LocalTokens.issue(
        config,
        new Caller("sandbox", SendNotification.DEFAULT_TENANT, Set.of(Role.ADMIN)),
        config.security().tokenTtl());
  }

  private static String curl(GatewayConfig config, String url, String token) {
    return "curl -sS "
        + config.http().tls().map(files -> "--cacert " + files.certificate() + " ").orElse("")
        + url
        + "/api/v1/notifications/send -H 'authorization: Bearer "
        + token
        + "' -H 'content-type: application/json' -d '"
        + "{\"notification_type\":\"welcome\",\"channel\":\"email\","
        + "\"recipient_email\":\"alex@example.com\","
        + "\"title\":\"Hello\",\"message\":\"Hello from Signalbox\"}'";
  }

  private static long millisSinceStart() {
    // Not the process's start: a launcher that was replaced by this program counts as the same one.
    return Clock.systemUTC().millis() - ManagementFactory.getRuntimeMXBean().getStartTime();
  }
}

package io.signalbox.gateway.cli;

import io.signalbox.spi.sandbox.Sandbox;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description =
        "Gives a simulated provider a fault, such as simulate sendgrid error --rate 0.5; or runs the"
            + " simulator alone (--serve).")
final class SimulateCommand implements Callable<Integer> {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  @Mixin private Output output = new Output();

  @Parameters(index = "0", arity = "0..1", paramLabel = "PLUGIN", description = "such as sendgrid")
  private @Nullable String plugin;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "MODE",
      description =
          "ok, refuse, error, unavailable, throttle, hang, cut, slow, brownout, silent, swallow or"
              + " reject")
  private @Nullable String mode;

  @Option(names = "--rate", paramLabel = "SHARE", description = "share of requests, 0 to 1")
  private @Nullable Double rate;

  @Option(names = "--latency-ms", paramLabel = "MS", description = "time before each answer")
  private @Nullable Integer latencyMillis;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "the simulator; default: ${DEFAULT-VALUE}")
  private String url = "http://127.0.0.1:8090";

  @Option(names = "--serve", description = "run the simulator in this process")
  private boolean serve;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "with --serve; default: ${DEFAULT-VALUE}")
  private int port = 8090;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "with --serve: a name or an address of this machine to listen on and to tell to clients;"
              + " whoever reaches it can steer it; default: ${DEFAULT-VALUE}")
  private String host = Sandbox.LOOPBACK;

  @Override
  public Integer call() throws InterruptedException {
    if (serve) {
      return serve();
    }
    HttpCall control = new HttpCall(url, Optional.empty());
    if (plugin == null) {
      output.result(control.get("/_control"), answer -> output.line(answer.encodePrettily()));
      return 0;
    }
    String path = "/_control/" + plugin;
    JsonObject wish = new JsonObject();
    if (mode != null) {
      wish.put("mode", mode);
    }
    if (rate != null) {
      wish.put("rate", rate);
    }
    if (latencyMillis != null) {
      wish.put("latency_ms", latencyMillis);
    }
    JsonObject answer = wish.isEmpty() ? control.get(path) : control.post(path, wish.encode());
    output.result(answer, settings -> output.line(plugin + ": " + settings.encode()));
    return 0;
  }

  private int serve() throws InterruptedException {
    ShutdownWait wait = ShutdownWait.hear();
    LogSettings.apply("warn", "text");
    Sandbox sandbox =
        ServiceLoader.load(Sandbox.class)
            .findFirst()
            .orElseThrow(
                () -> new CommandFailure(ExitCodes.FAILED, "no simulator is on the class path"));
    Vertx vertx = Vertx.vertx();
    String control = Waiting.upTo(START_LIMIT, sandbox.start(vertx, host, port));
    output.result(
        new JsonObject().put("url", control),
        answer -> output.line("Simulator ready on " + control));
    wait.untilStopped(sandbox::stop, STOP_LIMIT);
    return 0;
  }
}

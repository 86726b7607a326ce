package io.signalbox.deploy.operation;

import io.signalbox.deploy.ApiClient;
import io.signalbox.deploy.GatewayProcess;
import io.signalbox.deploy.GatewaySettings;
import io.signalbox.deploy.RestartPort;
import io.signalbox.deploy.SimulatorProcess;
import java.nio.file.Path;
import java.util.List;

/** The simulator, which keeps its books, and a gateway that comes back after it was killed. */
final class Stand implements AutoCloseable {
  private final SimulatorProcess simulator;
  private volatile GatewaySettings settings;
  private volatile GatewayProcess gateway;
  private volatile ApiClient api;

  private Stand(SimulatorProcess simulator, GatewaySettings settings) {
    this.simulator = simulator;
    this.settings = settings;
    this.gateway = GatewayProcess.start(calm(settings));
    this.api = gateway.admin();
  }

  /** Starts both, with times so short that what is unknown is settled within seconds. */
  static Stand start(Path data, List<String> providers) {
    SimulatorProcess simulator = SimulatorProcess.start();
    try {
      return new Stand(
          simulator,
          GatewaySettings.in(data)
              .against(simulator, providers)
              .withAttemptTimeout("5s")
              .with("http.port", RestartPort.free())
              .with("operations.call_timeout", "1s")
              .with("operations.look_up_timeout", "1s")
              .with("operations.wait", "5s")
              .with("operations.settle_after", "1s")
              .with("operations.settle_within", "90s")
              .with("operations.watch", "5m")
              .with("numbers.poll_after", "5s")
              .with("numbers.poll_max", "1m")
              .with("breaker.recovery_timeout", "500ms")
              .with("breaker.max_recovery_timeout", "1s")
              .with("breaker.successes_to_close", 1));
    } catch (RuntimeException | AssertionError e) {
      simulator.close();
      throw e;
    }
  }

  SimulatorProcess simulator() {
    return simulator;
  }

  /** Where the ledger is. */
  GatewaySettings settings() {
    return settings;
  }

  /** A client of the gateway that runs now, or ran last. */
  ApiClient api() {
    return api;
  }

  /**
   * Lets the gateway start anew and, from now on, look for an unknown attempt for 6 seconds alone,
   * so that there is something to be undone. Before, it has time enough to tell requests apart that
   * are alike. Its breakers hardly ever open: behind an open one a few hundred requests would need
   * minutes to come to nothing.
   */
  void giveUpSoon() {
    settings = settings.with("operations.settle_within", "6s");
    kill();
    start(false);
  }

  /** Ends the gateway with {@code kill -9}. */
  void kill() {
    gateway.kill();
  }

  /**
   * Starts it again, on its port.
   *
   * @param watchful whether its breakers open as soon as usual, or hardly ever
   */
  void start(boolean watchful) {
    gateway = GatewayProcess.start(watchful ? settings : calm(settings));
    api = gateway.admin();
  }

  private static GatewaySettings calm(GatewaySettings settings) {
    return settings
        .with("breaker.failure_threshold", 10_000)
        .with("breaker.minimum_calls", 100_000);
  }

  /** Ends the gateway, so that its ledger stands still. */
  void endGateway() {
    gateway.close();
  }

  @Override
  public void close() {
    try {
      gateway.close();
    } finally {
      simulator.close();
    }
  }
}

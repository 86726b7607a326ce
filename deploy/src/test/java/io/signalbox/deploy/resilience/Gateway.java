package io.signalbox.deploy.resilience;

import io.signalbox.deploy.GatewayProcess;
import io.signalbox.deploy.GatewaySettings;
import io.signalbox.deploy.RestartPort;
import io.signalbox.deploy.SimulatorProcess;
import java.nio.file.Path;

/** A gateway that comes back on its port, with its data, after it was killed. */
final class Gateway implements AutoCloseable {
  private final GatewaySettings settings;
  private final String token;
  private volatile GatewayProcess process;

  private Gateway(GatewaySettings settings) {
    this.settings = settings;
    this.process = GatewayProcess.start(settings);
    this.token = process.token("admin");
  }

  /** One with the three mail providers of the sandbox against a simulator. */
  static Gateway start(Path data, SimulatorProcess simulator, GatewayOptions options) {
    GatewaySettings settings =
        options.applyTo(
            GatewaySettings.in(data)
                .with("http.port", RestartPort.free())
                .against(simulator, Scenario.ALL));
    return new Gateway(settings);
  }

  String url() {
    return process.url();
  }

  String token() {
    return token;
  }

  LedgerFile ledger() {
    return new LedgerFile(Path.of(settings.values().get("data.dir")).resolve("ledger.db"));
  }

  void killAndRestart() {
    process.kill();
    process = GatewayProcess.start(settings);
  }

  @Override
  public void close() {
    process.close();
  }
}

package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code signalbox simulate} steers a simulator in another process. */
@Timeout(300)
class SimulateCommandIT {
  private static SimulatorProcess simulator;

  @BeforeAll
  static void start() {
    simulator = SimulatorProcess.start();
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @Test
  void switchesAMode() {
    CommandRun run = simulate("sendgrid", "error", "--url", simulator.url());

    assertThat(run.exitCode()).as("%s", run).isZero();
    assertThat(run.out()).contains("sendgrid").contains("error");
    assertThat(simulator.describe("sendgrid").getString("mode")).isEqualTo("error");
  }

  @Test
  void answersInJson() {
    CommandRun run = simulate("twilio", "throttle", "--url", simulator.url(), "--json");

    assertThat(run.exitCode()).as("%s", run).isZero();
    assertThat(new JsonObject(run.out()).getString("mode")).isEqualTo("throttle");
    assertThat(simulator.describe("twilio").getString("mode")).isEqualTo("throttle");
  }

  @Test
  void saysByItsExitCodeWhatWentWrong() {
    CommandRun noSuchMode = simulate("sendgrid", "sulk", "--url", simulator.url());
    CommandRun noSuchPlugin = simulate("pigeon", "ok", "--url", simulator.url());
    CommandRun nobodyThere = simulate("sendgrid", "ok", "--url", "http://127.0.0.1:1");

    assertThat(noSuchMode.exitCode()).as("%s", noSuchMode).isNotZero();
    assertThat(noSuchMode.err()).contains("/mode", "brownout");
    assertThat(noSuchPlugin.exitCode()).as("%s", noSuchPlugin).isNotZero();
    assertThat(noSuchPlugin.err()).contains("sendgrid", "telegram");
    assertThat(nobodyThere.exitCode()).as("%s", nobodyThere).isNotZero();
    assertThat(nobodyThere.err()).contains("127.0.0.1:1");
  }

  private static CommandRun simulate(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "simulate";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return CommandRun.signalbox(Map.of(), command);
  }
}

package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@OnServers
class DrillOnServersIT extends DrillIT {

  /** There it is asked of a gateway: the command reads files. */
  @Override
  @Test
  void theBackTestComparesAnotherPolicyWhileTheServerRuns() throws Exception {
    Path policy = Files.writeString(data.resolve("stop.yaml"), "on_unknown: stop\n");

    CommandRun run = command("replay", "--from", "10m", "--policy", policy.toString());

    assertThat(run.exitCode()).as("%s", run).isEqualTo(65);
    assertThat(run.err()).contains("replay reads the embedded ledger alone");
  }
}

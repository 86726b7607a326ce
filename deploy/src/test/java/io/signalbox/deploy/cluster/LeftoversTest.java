package io.signalbox.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LeftoversTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path directory;

  @Test
  void endsWhatTheDrillHasStartedAndTheServerThatIsNobodysChild() throws Exception {
    Process drill = run("sleep 300 & sleep 300 & wait; sleep 1");
    Process server = run("exec sleep 300");
    try {
      await().atMost(LIMIT).until(() -> drill.descendants().count() == 2);
      List<ProcessHandle> started = drill.descendants().toList();
      Files.writeString(directory.resolve("postmaster.pid"), server.pid() + "\nmore\n");

      new Leftovers(drill.toHandle(), directory).end();

      assertThat(started).noneMatch(ProcessHandle::isAlive);
      assertThat(server.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      drill.destroyForcibly();
      server.destroyForcibly();
    }
  }

  @Test
  void endsNothingWhereNothingWasStarted() throws Exception {
    Process drill = run("exec sleep 300");
    try {
      new Leftovers(drill.toHandle(), directory).end();

      assertThat(drill.isAlive()).isTrue();
    } finally {
      drill.destroyForcibly();
    }
  }

  private static Process run(String line) throws IOException {
    return new ProcessBuilder("sh", "-c", line).start();
  }
}

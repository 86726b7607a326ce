package io.signalbox.deploy.cluster;

import static org.awaitility.Awaitility.await;

import io.signalbox.deploy.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** What a drill that was broken off must not leave behind: its processes. */
final class Leftovers {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final ProcessHandle drill;
  private final Path postgresData;

  /**
   * Of a drill.
   *
   * @param drill the process that started all others
   * @param postgresData where PostgreSQL has its data: it is nobody's child
   */
  Leftovers(ProcessHandle drill, Path postgresData) {
    this.drill = drill;
    this.postgresData = postgresData;
  }

  /** Ends them all, and waits for that; those that are being started meanwhile, too. */
  void end() {
    endBy(Leftovers::ended, () -> drill.descendants().toList());
    endBy(ProcessHandle::destroy, this::postgres);
    endBy(Leftovers::ended, this::postgres);
  }

  private static void ended(ProcessHandle process) {
    process.destroyForcibly();
  }

  /** Asks again and again, until none is left or the time is over. */
  private static void endBy(Ending ending, Found found) {
    try {
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(50))
          // Such as of a file that is being written.
          .ignoreExceptions()
          .until(
              () -> {
                List<ProcessHandle> left = found.processes();
                left.forEach(ending::end);
                return left.isEmpty();
              });
    } catch (ConditionTimeoutException e) {
      Report.print("processes do not end: %s", e.getMessage());
    }
  }

  private List<ProcessHandle> postgres() throws IOException {
    Path file = postgresData.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return List.of();
    }
    long first = Long.parseLong(Files.readAllLines(file).get(0).strip());
    return ProcessHandle.of(first).stream()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .toList();
  }

  @FunctionalInterface
  private interface Ending {
    void end(ProcessHandle process);
  }

  @FunctionalInterface
  private interface Found {
    List<ProcessHandle> processes() throws IOException;
  }
}

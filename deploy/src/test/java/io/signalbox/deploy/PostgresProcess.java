package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A PostgreSQL of a test's own, which can be killed, started again, and stopped in its tracks. */
final class PostgresProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path directory;
  private EmbeddedPostgres server;

  private PostgresProcess(Path directory) throws IOException {
    this.directory = directory;
    this.server = begin(0);
  }

  static PostgresProcess start(Path directory) throws IOException {
    return new PostgresProcess(directory);
  }

  private EmbeddedPostgres begin(int port) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            .setCleanDataDirectory(false)
            // Off by default there: what was committed would not survive a kill.
            .setServerConfig("synchronous_commit", "on")
            .setPGStartupWait(LIMIT);
    return (port == 0 ? builder : builder.setPort(port)).start();
  }

  /** What a gateway is told of it; the password comes in a file. */
  GatewaySettings settings(GatewaySettings others, Path file) throws IOException {
    Files.writeString(file, "postgres\n");
    return others
        .with("ledger.engine", "postgres")
        .with("postgres.host", "127.0.0.1")
        .with("postgres.port", server.getPort())
        .with("postgres.database", "postgres")
        .with("postgres.user", "postgres")
        .with("postgres.password_file", file);
  }

  /** Ends all of its processes with {@code kill -9}. */
  void kill() throws Exception {
    List<ProcessHandle> all = processes();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : all) {
      process.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  /** Starts it again on its port, with what it had committed. */
  void restart() throws IOException {
    int port = server.getPort();
    server.close();
    server = begin(port);
  }

  /** Stops all of its processes where they are. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets them go on. */
  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    String pids =
        processes().stream()
            .map(process -> Long.toString(process.pid()))
            .collect(Collectors.joining(" "));
    Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pids).start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  /** The first of them first, so that it starts no others meanwhile. */
  private List<ProcessHandle> processes() throws IOException {
    long first = Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid")).get(0));
    return ProcessHandle.of(first).stream()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .toList();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

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
public final class PostgresProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final String LOOPBACK = "127.0.0.1";

  private final Path directory;
  private final String host;
  private final boolean syncs;
  private EmbeddedPostgres server;

  private PostgresProcess(Path directory, String host, boolean syncs) throws IOException {
    this.directory = directory;
    this.host = host;
    this.syncs = syncs;
    this.server = begin(RestartPort.free());
  }

  /** Starts one with its data there. */
  static PostgresProcess start(Path directory) throws IOException {
    return new PostgresProcess(directory, LOOPBACK, false);
  }

  /**
   * The same for clients on a network of tests, whom it believes who they are. It syncs its files,
   * as an installation does: what is measured would be too good otherwise.
   */
  public static PostgresProcess start(Path directory, String host) throws IOException {
    return new PostgresProcess(directory, host, true);
  }

  private EmbeddedPostgres begin(int port) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            .setCleanDataDirectory(false)
            // Off by default there: what was committed would not survive a kill.
            .setServerConfig("synchronous_commit", "on")
            // Off too. A kill of its processes takes nothing from the machine's memory.
            .setServerConfig("fsync", syncs ? "on" : "off")
            .setPGStartupWait(LIMIT);
    if (!host.equals(LOOPBACK)) {
      Files.createDirectories(directory);
      Path clients = directory.resolveSibling(directory.getFileName() + "-clients");
      Files.writeString(
          clients,
          "local all all trust\nhost all all 127.0.0.1/32 trust\nhost all all "
              + host
              + "/24 trust\n");
      builder
          .setServerConfig("listen_addresses", LOOPBACK + "," + host)
          .setServerConfig("hba_file", clients.toString());
    }
    return builder.setPort(port).start();
  }

  /** What a gateway is told of it; the password comes in a file. */
  public GatewaySettings settings(GatewaySettings others, Path file) throws IOException {
    Files.writeString(file, "postgres\n");
    return others
        .with("ledger.engine", "postgres")
        .with("postgres.host", host)
        .with("postgres.port", server.getPort())
        .with("postgres.database", "postgres")
        .with("postgres.user", "postgres")
        .with("postgres.password", "file:" + file);
  }

  /** Its address for JDBC. */
  public String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + server.getPort() + "/postgres?user=postgres";
  }

  /** Its address with user and password. */
  public String uri() {
    return "postgresql://postgres:postgres@" + host + ":" + server.getPort() + "/postgres";
  }

  /** Ends all of its processes with {@code kill -9}. */
  void kill() throws Exception {
    List<ProcessHandle> all = processes();
    all.forEach(ProcessHandle::destroyForcibly);
    awaitExit(all);
  }

  /** Starts it again on its port, with what it had committed. */
  public void restart() throws Exception {
    int port = server.getPort();
    List<ProcessHandle> all = processes();
    server.close();
    // That waits five seconds only; the checkpoint of a busy server takes longer.
    awaitExit(all);
    server = begin(port);
  }

  private static void awaitExit(List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle process : processes) {
      process.onExit().get(60, TimeUnit.SECONDS);
    }
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
    assertThat(kill.waitFor(60, TimeUnit.SECONDS)).isTrue();
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

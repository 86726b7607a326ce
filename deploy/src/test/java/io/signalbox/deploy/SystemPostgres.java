package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server of the PostgreSQL that this machine has installed, with its own programs: those that the
 * tests bring along are the server alone, without {@code pg_dump}.
 */
final class SystemPostgres implements AutoCloseable {
  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
  private static final List<String> NEEDED =
      List.of("initdb", "pg_ctl", "pg_dump", "pg_restore", "createdb");
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final Path programs;
  private final Path data;
  private final int port = RestartPort.free();

  private SystemPostgres(Path programs, Path data) {
    this.programs = programs;
    this.data = data;
  }

  /** Where the programs of the newest version are; empty if there is none with all of them. */
  static Optional<Path> programs() {
    if (!Files.isDirectory(VERSIONS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> NEEDED.stream().allMatch(name -> Files.isExecutable(bin.resolve(name))))
          .max(Comparator.comparing(bin -> bin.getParent().getFileName().toString()));
    } catch (IOException e) {
      throw new AssertionError(VERSIONS.toString(), e);
    }
  }

  /** Starts one with its data there, which trusts whoever reaches it on this machine. */
  static SystemPostgres start(Path programs, Path data) {
    SystemPostgres server = new SystemPostgres(programs, data);
    server.run("initdb --username=postgres --auth=trust --no-sync --pgdata=" + data);
    server.run(
        "pg_ctl start --wait --timeout=60 --silent --pgdata="
            + data
            + " --log="
            + data.resolveSibling("postgres.log")
            + " --options=\"-p "
            + server.port
            + " -h 127.0.0.1 -c unix_socket_directories=''\"");
    return server;
  }

  int port() {
    return port;
  }

  /** What a shell needs to find its programs. */
  Map<String, String> path() {
    return Map.of("PATH", programs + ":" + System.getenv("PATH"));
  }

  /** It refuses to run as root, who is nobody in a name space of users of its own. */
  private void run(String command) {
    String line = "[ $(id -u) -ne 0 ] || prefix='unshare -U'; $prefix " + programs + "/" + command;
    CommandRun run = CommandRun.script(line, data.getParent(), path(), LIMIT);
    assertThat(run.exitCode()).as("%s", run).isZero();
  }

  @Override
  public void close() {
    run("pg_ctl stop --mode=fast --silent --pgdata=" + data);
  }
}

package io.signalbox.gateway.redis;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis server on a free port of 127.0.0.1, in a process of its own that tests may kill and
 * freeze. It keeps nothing on disk, so that a restart is one with an empty memory.
 */
public final class TestRedis implements AutoCloseable {
  private static final Path PROGRAM = program();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final String LOOPBACK = "127.0.0.1";
  private static final String CLUSTER = "--cluster-enabled";

  private final Path folder;
  private final String host;
  private final int port;
  private final List<String> arguments;
  private Process process;

  private TestRedis(Path folder, String host, int port, List<String> arguments) {
    this.folder = folder;
    this.host = host;
    this.port = port;
    this.arguments = List.copyOf(arguments);
    this.process = launch();
  }

  /**
   * Starts one.
   *
   * @param folder of its own, for its log and what it writes
   * @param options more arguments of the program
   */
  public static TestRedis start(Path folder, String... options) {
    List<String> all = List.of(options);
    return startOn(all.contains(CLUSTER) ? TestPort.freeWithBus() : freePort(), folder, all);
  }

  /** Starts one on a given port. */
  public static TestRedis startOn(int port, Path folder, List<String> options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--save", "", "--appendonly", "no"));
    arguments.addAll(options);
    return new TestRedis(folder, LOOPBACK, port, arguments);
  }

  /** Starts one for clients on a network of tests, at an address of this machine. */
  public static TestRedis startAt(String host, Path folder) {
    return new TestRedis(
        folder,
        host,
        freePort(),
        List.of("--save", "", "--appendonly", "no", "--protected-mode", "no"));
  }

  /** Starts a sentinel, which writes into its configuration file. */
  public static TestRedis sentinelOn(int port, Path folder, Path configuration) {
    return new TestRedis(folder, LOOPBACK, port, List.of(configuration.toString(), "--sentinel"));
  }

  /** Its address, for {@code redis.urls}. */
  public String url() {
    return "redis://" + host + ":" + port;
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Ends the process at once; what it held is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Starts it again on the same port, empty. */
  public void restart() {
    process = launch();
  }

  /** Stops the process's clock: connections stay open, and nothing is answered. */
  public void freeze() {
    signal("-STOP");
  }

  /** Lets it go on. */
  public void thaw() {
    signal("-CONT");
  }

  @Override
  public void close() {
    kill();
  }

  private Process launch() {
    Path log = folder.resolve("redis.log");
    List<String> command = new ArrayList<>();
    command.add(PROGRAM.toString());
    command.addAll(arguments);
    command.addAll(List.of("--bind", host, "--port", Integer.toString(port)));
    command.addAll(List.of("--dir", folder.toString()));
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(log);
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      await("Redis at " + port)
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> !started.isAlive() || isReady(log));
      if (!started.isAlive()) {
        throw new IllegalStateException("Redis ended: " + Files.readString(log));
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isReady(Path log) throws IOException {
    String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    return said.contains("Ready to accept connections") || said.contains("Sentinel ID is");
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", name, Long.toString(process.pid())).start();
      if (!kill.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new IllegalStateException("kill " + name + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void awaitEnd() {
    await("Redis ends").atMost(LIMIT).until(() -> !process.isAlive());
  }

  /** A port that stays free until somebody of this process takes it. */
  public static int freePort() {
    return TestPort.free();
  }

  private static Path program() {
    try {
      return ExecutableProvider.newJarResourceProvider().get().toPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

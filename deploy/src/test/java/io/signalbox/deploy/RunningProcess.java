package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process whose output goes to a file; ended by its own handle. */
final class RunningProcess implements AutoCloseable {
  private static final AtomicInteger STARTED = new AtomicInteger();
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
  private static final int TAIL_CHARS = 6_000;

  private final Process process;
  private final Path log;

  private RunningProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static RunningProcess start(String name, ProcessBuilder builder) {
    try {
      Files.createDirectories(Distribution.logs());
      String file = name + "-" + ProcessHandle.current().pid() + "-" + STARTED.incrementAndGet();
      Path log = Distribution.logs().resolve(file + ".log");
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      return new RunningProcess(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the output has a match; the process must not end before. */
  Matcher awaitOutput(Pattern pattern, Duration limit) {
    await("output like " + pattern)
        .atMost(limit)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> find(pattern).isPresent() || !process.isAlive());
    return find(pattern)
        .orElseThrow(() -> new AssertionError("ended without " + pattern + "\n" + tail()));
  }

  Optional<Matcher> find(Pattern pattern) {
    Matcher matcher = pattern.matcher(output());
    return matcher.find() ? Optional.of(matcher) : Optional.empty();
  }

  String output() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The end of the output, for messages. */
  String tail() {
    String output = output();
    return log + ":\n" + output.substring(Math.max(0, output.length() - TAIL_CHARS));
  }

  long pid() {
    return process.pid();
  }

  /** Ends the process with no chance to clean up. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Sends it a signal by its name. */
  void signal(String name) {
    CommandRun sent = CommandRun.shell("kill -" + name + " " + process.pid());
    assertThat(sent.exitCode()).as("%s", sent).isZero();
  }

  /** Asks the process to end, and waits; returns its exit code. */
  int stop() {
    process.destroy();
    awaitEnd();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroy();
    if (!ended()) {
      process.destroyForcibly();
      awaitEnd();
    }
  }

  private void awaitEnd() {
    assertThat(ended()).as("process %d ends; %s", process.pid(), tail()).isTrue();
  }

  private boolean ended() {
    try {
      return process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

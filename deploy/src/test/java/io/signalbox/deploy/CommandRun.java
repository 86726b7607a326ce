package io.signalbox.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a command printed, and its exit code. */
public record CommandRun(int exitCode, String out, String err) {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Runs {@code bin/signalbox} to its end. */
  static CommandRun signalbox(Map<String, String> settings, String... arguments) {
    return run(Distribution.launcher(settings, List.of(arguments)), LIMIT);
  }

  /** Runs a line through sh, as if pasted. */
  public static CommandRun shell(String line) {
    return run(new ProcessBuilder("sh", "-c", line), LIMIT);
  }

  /** Runs lines through sh as if pasted, and stops at the first that fails. */
  static CommandRun script(
      String lines, Path folder, Map<String, String> environment, Duration limit) {
    ProcessBuilder builder = new ProcessBuilder("sh", "-e", "-c", lines).directory(folder.toFile());
    builder.environment().putAll(environment);
    return run(builder, limit);
  }

  private static CommandRun run(ProcessBuilder builder, Duration limit) {
    try {
      Path out = Files.createTempFile("signalbox-out", ".txt");
      Path err = Files.createTempFile("signalbox-err", ".txt");
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      process.getOutputStream().close();
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(builder.command() + " did not end:\n" + Files.readString(out));
      }
      CommandRun run =
          new CommandRun(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}

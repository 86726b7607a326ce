package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An application that uses the providers' official SDKs, and calls them as it is told. */
final class SdkProcess implements AutoCloseable {
  private static final Path PROGRAMS = Path.of("sdks").toAbsolutePath();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(5);
  private static final String ENDED = "{\"error\":{\"message\":\"the process ended\"}}";

  private final Process process;
  private final BufferedWriter in;
  private final Path log;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private SdkProcess(ProcessBuilder builder, String name) {
    try {
      Files.createDirectories(Distribution.logs());
      log = Files.createTempFile(Distribution.logs(), name, ".log");
      process = builder.redirectError(log.toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    in =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    Thread reader = new Thread(this::read, name + "-answers");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(answers::add);
    } catch (IOException | UncheckedIOException e) {
      // It has ended, which is told.
    }
    answers.add(ENDED);
  }

  /** Node with the SDKs that npm has installed. */
  static SdkProcess node(Map<String, String> environment, String... options) {
    Path folder = installed("node");
    ProcessBuilder builder = new ProcessBuilder("node");
    builder.command().addAll(List.of(options));
    builder.command().add("drive.js");
    builder.environment().putAll(environment);
    return new SdkProcess(builder.directory(folder.toFile()), "node");
  }

  /** Java with the SDKs that Maven has downloaded. */
  static SdkProcess java(String... options) {
    Path folder = installed("java");
    ProcessBuilder builder =
        new ProcessBuilder(Path.of(JavaUnderTest.home(), "bin", "java").toString());
    builder.command().addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    builder.command().addAll(List.of(options));
    builder.command().addAll(List.of("-cp", "classes:lib/*", "SdkDriver"));
    return new SdkProcess(builder.directory(folder.toFile()), "java");
  }

  /** The folder of all SDKs of a language, installed at the first use. */
  private static Path installed(String language) {
    Path folder = Distribution.home().resolveSibling("sdks").resolve(language);
    CommandRun install =
        CommandRun.script(
            PROGRAMS.resolve(language).resolve("install") + " " + folder,
            PROGRAMS,
            Map.of(
                "MAVEN", Distribution.property("signalbox.maven.home") + "/bin/mvn",
                "JAVAC", JavaUnderTest.home() + "/bin/javac"),
            INSTALL_LIMIT);
    assertThat(install.exitCode())
        .as("the SDKs are installed; ./verify installs what that needs: %s", install)
        .isZero();
    return folder;
  }

  /** An answer: a value, or an error as the application sees it. */
  record Answer(JsonObject json) {
    /** What the SDK returned. */
    JsonObject value() {
      assertThat(json.containsKey("error")).as("%s", json).isFalse();
      return json.getJsonObject("value");
    }

    /** What it threw. */
    JsonObject error() {
      assertThat(json.containsKey("error")).as("%s", json).isTrue();
      return json.getJsonObject("error");
    }
  }

  /** Has an SDK called, and waits for what it says. */
  Answer call(String what, JsonObject with) {
    try {
      in.write(new JsonObject().put("do", what).put("with", with).encode());
      in.newLine();
      in.flush();
      String answer = answers.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(answer).as("%s; the log is %s", what, log).isNotNull();
      return new Answer(new JsonObject(answer));
    } catch (IOException e) {
      throw new AssertionError(what + "; the log is " + log, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.signalbox.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The assembled distribution, and how its launcher is called. */
final class Distribution {
  /** For several processes at a time, each of which lives for seconds, on a busy machine. */
  private static final String JAVA_OPTIONS =
      System.getProperty(
          "signalbox.test.java_opts",
          "-Xmx320m -XX:TieredStopAtLevel=1 -XX:CICompilerCount=1 -XX:+UseSerialGC");

  /** All simulators have the same credentials: making RSA keys takes them seconds. */
  private static final String SIMULATOR_STATE =
      "-Dsignalbox.simulator.state=" + home().resolveSibling("simulator.json");

  private Distribution() {}

  static Path home() {
    return Path.of(property("signalbox.home"));
  }

  /** Where processes write what they print; kept after the tests. */
  static Path logs() {
    return home().resolveSibling("process-tests");
  }

  /** A call of {@code bin/signalbox} with no settings but these, on the JDK under test. */
  static ProcessBuilder launcher(Map<String, String> settings, List<String> arguments) {
    return launcher(home(), settings, arguments);
  }

  /** The same of a distribution that lies elsewhere. */
  static ProcessBuilder launcher(Path home, Map<String, String> settings, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/signalbox").toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("SIGNALBOX_"));
    environment.put("JAVA_HOME", JavaUnderTest.home());
    environment.put("SIGNALBOX_JAVA_OPTS", JAVA_OPTIONS + " " + SIMULATOR_STATE);
    environment.put("XDG_CACHE_HOME", home().resolveSibling("caches").toString());
    environment.putAll(settings);
    return builder;
  }

  /** The same distribution as if unpacked elsewhere, with an empty plugins folder of its own. */
  static Path unpackedIn(Path folder) {
    try {
      Files.createDirectories(folder.resolve("plugins"));
      for (String shared : List.of("lib", "conf", "policies", "sdk")) {
        Files.createSymbolicLink(folder.resolve(shared), home().resolve(shared));
      }
      Path launcher = Files.createDirectories(folder.resolve("bin")).resolve("signalbox");
      Files.copy(home().resolve("bin/signalbox"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies the distribution's plugin jars, for tests that change them. */
  static void copyPlugins(Path target) {
    copyFiles(home().resolve("plugins"), target, any -> true);
  }

  /** Copies provider files of the sandbox, for tests that want only some, or change them. */
  static void copySandboxProviders(Path target, List<String> providers) {
    List<String> names = providers.stream().map(provider -> provider + ".yaml").toList();
    copyFiles(home().resolve("conf/sandbox"), target, names::contains);
  }

  private static void copyFiles(Path from, Path to, Predicate<String> wanted) {
    try (Stream<Path> files = Files.list(from)) {
      Files.createDirectories(to);
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (wanted.test(name)) {
          Files.copy(file, to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String property(String name) {
    return Objects.requireNonNull(
        System.getProperty(name), () -> "run by Maven, which sets -D" + name);
  }
}

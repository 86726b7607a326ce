package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nobody can forget the conformance kit: every provider's folder has its tests of delivery, or of
 * its operations, and of webhooks, and that of look-up where there is one.
 */
class ProviderCoverageTest {
  /** Maven runs tests in the module's folder. */
  private static final Path PROVIDERS = Path.of("..", "providers");

  /** Interfaces of operations, each with the ending of the class that tests it. */
  private static final Map<String, String> OPERATIONS =
      Map.of(
          "io.signalbox.spi.operation.BookingProvider", "BookingTest",
          "io.signalbox.spi.operation.NumberProvider", "RentalTest");

  private static final Pattern KIT_IMPORT =
      Pattern.compile("import io\\.signalbox\\.testkit\\.(?:\\w+\\.)*(\\w+);");

  static List<Path> providerModules() throws IOException {
    try (Stream<Path> folders = Files.list(PROVIDERS)) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve("pom.xml")))
          // The simulator stands on the other side of the wire: it is no provider.
          .filter(folder -> !folder.endsWith("simulator"))
          .sorted()
          .toList();
    }
  }

  @Test
  void findsTheProviders() throws IOException {
    assertThat(providerModules()).hasSizeGreaterThanOrEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("providerModules")
  void whatItDoesIsTestedByTheKit(Path module) throws IOException {
    List<String> endings = new ArrayList<>();
    for (Map.Entry<String, String> operation : OPERATIONS.entrySet()) {
      if (uses(module, operation.getKey())) {
        endings.add(operation.getValue());
      }
    }
    if (endings.isEmpty()) {
      endings.add("DeliveryTest");
    }
    for (String ending : endings) {
      assertKitTest(module, ending);
    }
  }

  @ParameterizedTest
  @MethodSource("providerModules")
  void webhooksAreTestedByTheKitWhereThereAreSome(Path module) throws IOException {
    if (uses(module, "io.signalbox.spi.WebhookReceiver")) {
      assertKitTest(module, "WebhookTest");
    }
  }

  /** The kit itself compares the descriptor with what the provider implements. */
  @ParameterizedTest
  @MethodSource("providerModules")
  void lookUpIsTestedByTheKitWhereThereIsOne(Path module) throws IOException {
    if (uses(module, "io.signalbox.spi.StatusLookup")) {
      assertKitTest(module, "LookupTest");
    }
  }

  private static boolean uses(Path module, String type) throws IOException {
    return sources(module.resolve("src/main/java"), ".java").stream()
        .anyMatch(source -> read(source).contains(type));
  }

  private static void assertKitTest(Path module, String suffix) throws IOException {
    assertThat(sources(module.resolve("src/test/java"), suffix + ".java"))
        .as("classes *%s in %s that extend a class of the testkit", suffix, module)
        .anySatisfy(source -> assertThat(extendsKit(source, suffix)).isTrue());
  }

  private static List<Path> sources(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  private static boolean extendsKit(Path file, String suffix) {
    String source = read(file);
    Matcher imported = KIT_IMPORT.matcher(source);
    while (imported.find()) {
      String declaration = "class \\w+" + suffix + "\\s+extends\\s+" + imported.group(1) + "\\b";
      if (Pattern.compile(declaration).matcher(source).find()) {
        return true;
      }
    }
    return false;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

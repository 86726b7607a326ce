package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gateway accepts each file of {@code examples/}, and the one of the Debian package. */
class ExampleConfigurationsTest {
  static List<Path> configurations() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("examples"))) {
      Stream<Path> examples =
          files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
      return Stream.concat(examples, Stream.of(Path.of("packages", "signalbox.yaml"))).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void isAConfigurationWithoutMistakes(Path file) {
    Map<String, String> environment =
        Map.of(
            "DB_PASSWORD", "x",
            "REDIS_PASSWORD", "x",
            "SIGNALBOX_CLUSTER_HOST", "10.0.0.1");
    assertThat(ConfigLoader.load(Optional.of(file), environment, Map.of())).isNotNull();
  }
}

package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What can be said of {@code deploy/compose.yaml} without an engine: its settings are the
 * gateway's, its parts name each other rightly, and its files are there.
 */
class ComposeTest {
  /** Maven runs tests in the module's folder. */
  private static final Path FILE = Path.of("compose.yaml");

  private static final Path IMAGE = Path.of("image", "Containerfile");
  private static final String VARIABLE_PREFIX = "SIGNALBOX_";

  private final Map<String, Object> compose = yaml(FILE);

  static Stream<Path> yamlFiles() throws IOException {
    List<Path> all = new ArrayList<>(List.of(FILE));
    for (String folder : List.of("compose", "monitoring")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files.filter(file -> file.toString().matches(".*\\.(yaml|json)")).forEach(all::add);
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("yamlFiles")
  void itsFilesAreYaml(Path file) {
    assertThat(yaml(file)).isNotEmpty();
  }

  @Test
  void theGatewayAcceptsItsSettings() {
    for (Map.Entry<String, Map<String, Object>> service : services().entrySet()) {
      Map<String, String> settings = new TreeMap<>();
      map(service.getValue(), "environment")
          .forEach(
              (name, value) -> {
                assertThat(value)
                    .as("%s: text, not a number or flag", name)
                    .isInstanceOf(String.class);
                if (name.startsWith(VARIABLE_PREFIX)) {
                  settings.put(name, String.valueOf(value));
                }
              });
      assertThat(ConfigLoader.load(Optional.empty(), settings, Map.of()))
          .as(service.getKey())
          .isNotNull();
    }
    assertThat(map(service("gateway"), "environment"))
        .containsKeys("SIGNALBOX_POSTGRES_HOST", "SIGNALBOX_REDIS_URLS", "SIGNALBOX_SANDBOX_URL");
  }

  @Test
  void filesThatASettingNamesAreMounted() {
    Set<String> targets =
        list(service("gateway"), "volumes").stream()
            .map(volume -> volume.contains(":") ? volume.split(":", -1)[1] : volume)
            .collect(Collectors.toSet());
    map(service("gateway"), "environment")
        .forEach(
            (name, value) -> {
              if (name.endsWith("_FILE")) {
                assertThat(targets)
                    .as(name)
                    .contains(Path.of(value.toString()).getParent().toString());
              }
            });
  }

  @Test
  void namesEachOtherRightly() {
    Set<String> used = new HashSet<>();
    services()
        .forEach(
            (name, service) -> {
              assertThat(services().keySet())
                  .as(name)
                  .containsAll(map(service, "depends_on").keySet());
              for (String volume : list(service, "volumes")) {
                String source = volume.split(":", -1)[0];
                if (source.startsWith("./")) {
                  assertThat(FILE.toAbsolutePath().resolveSibling(source)).as(name).exists();
                } else if (volume.contains(":")) {
                  used.add(source);
                }
              }
            });
    assertThat(map(compose, "volumes")).containsOnlyKeys(used);
    assertThat(map(service("gateway"), "deploy")).containsEntry("replicas", 3);
  }

  @Test
  void whoIsWaitedForUntilItIsHealthySaysWhetherItIs() {
    services()
        .forEach(
            (name, service) ->
                map(service, "depends_on")
                    .forEach(
                        (other, how) -> {
                          Object condition = ((Map<?, ?>) how).get("condition");
                          if ("service_healthy".equals(condition)) {
                            assertThat(map(service(other), "healthcheck")).as(other).isNotEmpty();
                          } else {
                            assertThat(condition).isEqualTo("service_completed_successfully");
                            assertThat(service(other))
                                .as("%s ends", other)
                                .doesNotContainKey("restart");
                          }
                        }));
  }

  @Test
  void eachIsAskedWhereItListens() throws IOException {
    GatewayConfig defaults = ConfigLoader.load(Optional.empty(), Map.of(), Map.of());
    List<String> simulator = list(service("simulator"), "command");
    Map<String, Set<Integer>> listens =
        Map.of(
            "gateway", Set.of(defaults.http().main().port(), defaults.cluster().port()),
            "simulator", Set.of(Integer.parseInt(simulator.get(simulator.indexOf("--port") + 1))),
            "redis", Set.of(6379),
            "prometheus", Set.of(9090),
            "grafana", Set.of(3000));
    String text = Files.readString(FILE) + Files.readString(Path.of("compose/prometheus.yaml"));
    Matcher asked = Pattern.compile("\\b([a-z]+):(\\d{4,5})\\b").matcher(text);
    Set<String> found = new HashSet<>();
    while (asked.find()) {
      if (listens.containsKey(asked.group(1))) {
        found.add(asked.group(1));
        assertThat(listens.get(asked.group(1)))
            .as(asked.group())
            .contains(Integer.parseInt(asked.group(2)));
      }
    }
    assertThat(found).contains("gateway", "simulator", "redis");
    services()
        .forEach(
            (name, service) ->
                list(service, "ports")
                    .forEach(
                        port -> {
                          assertThat(port).as("of this machine alone").startsWith("127.0.0.1:");
                          int inside = Integer.parseInt(port.substring(port.lastIndexOf(':') + 1));
                          assertThat(listens.get(name)).as(port).contains(inside);
                        }));
    assertThat(list(service("gateway"), "ports"))
        .as("one each")
        .containsExactly("127.0.0.1:8080-8082:8080");
  }

  @Test
  void noImageNamesARegistry() throws IOException {
    Stream<String> used =
        services().values().stream().map(service -> String.valueOf(service.get("image")));
    Stream<String> from =
        Files.readAllLines(IMAGE).stream()
            .filter(line -> line.startsWith("FROM "))
            .map(line -> line.split(" ", -1)[1]);
    assertThat(Stream.concat(used, from))
        .hasSizeGreaterThan(5)
        .noneMatch(image -> image.matches("[^/]*[.:][^/]*/.*|localhost/.*"))
        .allMatch(image -> image.matches(".+:[^/]+"), "has a version")
        .noneMatch(image -> image.endsWith(":latest"));
  }

  @Test
  void theImageRunsAsAUserOfItsOwnAndHearsSignals() throws IOException {
    List<String> lines = Files.readAllLines(IMAGE);
    assertThat(lines)
        .contains("USER 10001:10001", "ENTRYPOINT [\"/opt/signalbox/bin/signalbox\"]")
        .anyMatch(line -> line.startsWith("HEALTHCHECK "));
    assertThat(Files.readString(Path.of("distribution", "bin", "signalbox")))
        .as("the launcher's last line")
        .endsWith("\nexec \"$java\" \"$@\"\n");
  }

  @Test
  void theDashboardsAskTheDataSourceThatIsProvisioned() {
    Map<String, Object> sources = yaml(Path.of("monitoring/grafana/datasources/prometheus.yaml"));
    Object only = ((List<?>) sources.get("datasources")).get(0);
    assertThat(Dashboard.all()).hasSize(4);
    for (Dashboard dashboard : Dashboard.all()) {
      assertThat(dashboard.dataSources())
          .as(dashboard.name())
          .containsExactly((String) ((Map<?, ?>) only).get("uid"));
    }
  }

  private Map<String, Map<String, Object>> services() {
    Map<String, Map<String, Object>> services = new TreeMap<>();
    map(compose, "services").keySet().forEach(name -> services.put(name, service(name)));
    return services;
  }

  private Map<String, Object> service(String name) {
    return map(map(compose, "services"), name);
  }

  /** The block of a name; empty if there is none. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> of, String name) {
    return (Map<String, Object>) of.getOrDefault(name, Map.of());
  }

  @SuppressWarnings("unchecked")
  private static List<String> list(Map<String, Object> of, String name) {
    return (List<String>) of.getOrDefault(name, List.of());
  }

  private static Map<String, Object> yaml(Path file) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try {
      return new Yaml(new SafeConstructor(options)).load(Files.readString(file));
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}

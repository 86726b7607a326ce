package io.signalbox.deploy.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart, rendered by Helm: what comes out is Kubernetes' and the gateway accepts it. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "Helm's library is that")
class HelmChartTest {
  private static final Path EXAMPLES = Path.of("examples", "kubernetes");
  private static final Path EVERYTHING =
      Path.of("src", "test", "resources", "helm", "everything.yaml");

  private static final Path RULES = Path.of("monitoring", "signalbox-rules.yaml");

  /** Kinds of the Prometheus operator, of which Kubernetes knows nothing. */
  private static final Set<String> OPERATORS = Set.of("ServiceMonitor", "PrometheusRule");

  /** What a stop takes beside the drain at most: ServeCommand. */
  private static final Duration STOP_RESERVE = Duration.ofSeconds(15);

  @TempDir private Path folder;

  /** Nothing but the defaults, each example, and all that can be switched on. */
  static List<Arguments> values() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return Stream.concat(
              Stream.of(List.<Path>of(), List.of(EVERYTHING)), files.sorted().map(List::of))
          .map(Arguments::of)
          .toList();
    }
  }

  @Test
  void helmFindsNothingToComplainOf() {
    var result = Chart.lint();
    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("values")
  void everyObjectIsOneThatKubernetesTakes(List<Path> values) {
    Chart chart = Chart.with(values);
    assertThat(chart.objects()).hasSizeGreaterThanOrEqualTo(5);
    Set<String> names = new HashSet<>();
    for (JsonObject object : chart.objects()) {
      String kind = object.getString("kind");
      String name = kind + " " + object.getJsonObject("metadata").getString("name");
      assertThat(names.add(name)).as("%s is there once", name).isTrue();
      assertThat(object.getJsonObject("metadata").getString("namespace"))
          .as(name)
          .isEqualTo(Chart.NAMESPACE);
      if (!OPERATORS.contains(kind)) {
        assertThat(KubernetesTypes.mistake(object)).as(name).isEmpty();
      }
    }
  }

  @Test
  void theCheckOfTypesFindsMistakes() {
    JsonObject service = Chart.with(List.of()).named("Service", "mail-signalbox");
    assertThat(KubernetesTypes.mistake(service)).isEmpty();
    assertThat(KubernetesTypes.mistake(service.copy().put("sepc", 1)).orElseThrow())
        .contains("sepc");
    JsonObject ports = service.copy();
    Chart.list(ports.getJsonObject("spec"), "ports").get(0).put("port", "80");
    assertThat(KubernetesTypes.mistake(ports)).isPresent();
    Chart.list(ports.getJsonObject("spec"), "ports").get(0).remove("port");
    assertThat(KubernetesTypes.mistake(ports).orElseThrow()).contains("`port`");
  }

  @ParameterizedTest
  @MethodSource("values")
  void theGatewayAcceptsItsConfiguration(List<Path> values) throws IOException {
    Chart chart = Chart.with(values);
    Path file = Files.writeString(folder.resolve("signalbox.yaml"), chart.configuration());
    GatewayConfig config =
        ConfigLoader.load(
            Optional.of(file),
            // As the pod has it.
            chart.configuration().contains("cluster.enabled: true")
                ? Map.of("SIGNALBOX_CLUSTER_HOST", "10.1.2.3")
                : Map.of(),
            Map.of());
    assertThat(config.http().main().host()).isEqualTo("0.0.0.0");

    Set<String> mounts =
        Chart.list(chart.container(), "volumeMounts").stream()
            .map(mount -> mount.getString("mountPath"))
            .collect(Collectors.toSet());
    assertThat(mounts).contains(config.data().dir().toString(), "/tmp", "/etc/signalbox");
    chart
        .configuration()
        .lines()
        .filter(line -> line.contains("/run/signalbox/"))
        .map(line -> Path.of(line.substring(line.indexOf('/'))).getParent().toString())
        .forEach(secret -> assertThat(mounts).contains(secret));

    Duration grace =
        Duration.ofSeconds(chart.pod().getInteger("terminationGracePeriodSeconds"))
            .minusSeconds(preStopSeconds(chart));
    assertThat(grace)
        .as("SIGKILL comes after the drain")
        .isGreaterThan(config.http().drainTimeout().plus(STOP_RESERVE));
  }

  private static int preStopSeconds(Chart chart) {
    JsonObject stop = chart.container().getJsonObject("lifecycle").getJsonObject("preStop");
    return Integer.parseInt(stop.getJsonObject("exec").getJsonArray("command").getString(1));
  }

  @ParameterizedTest
  @MethodSource("values")
  void namesEachOtherRightly(List<Path> values) {
    Chart chart = Chart.with(values);
    JsonObject spec = chart.only("StatefulSet").getJsonObject("spec");
    JsonObject labels =
        spec.getJsonObject("template").getJsonObject("metadata").getJsonObject("labels");
    JsonObject selector = spec.getJsonObject("selector").getJsonObject("matchLabels");
    assertThat(labels.getMap()).containsAllEntriesOf(selector.getMap());
    assertThat(chart.named("Service", spec.getString("serviceName"))).isNotNull();

    Set<String> volumes = names(chart.pod(), "volumes");
    volumes.addAll(
        Chart.list(spec, "volumeClaimTemplates").stream()
            .map(claim -> claim.getJsonObject("metadata").getString("name"))
            .toList());
    assertThat(volumes).isEqualTo(names(chart.container(), "volumeMounts"));

    Set<String> ports = names(chart.container(), "ports");
    for (JsonObject service : chart.all("Service")) {
      assertThat(service.getJsonObject("spec").getJsonObject("selector")).isEqualTo(selector);
      Chart.list(service.getJsonObject("spec"), "ports")
          .forEach(port -> assertThat(ports).contains(port.getString("targetPort")));
    }
    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      JsonObject get = chart.container().getJsonObject(probe).getJsonObject("httpGet");
      assertThat(ports).contains(get.getString("port"));
      assertThat(get.getString("path")).matches("/health/(live|ready)");
    }
    for (String restarts : List.of("startupProbe", "livenessProbe")) {
      assertThat(chart.container().getJsonObject(restarts).toString()).contains("/live\"");
    }
  }

  private static Set<String> names(JsonObject of, String list) {
    return Chart.list(of, list).stream()
        .map(each -> each.getString("name"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  @ParameterizedTest
  @MethodSource("values")
  void podsMayDoNothingThatTheyNeedNot(List<Path> values) {
    Chart chart = Chart.with(values);
    JsonObject pod = chart.pod().getJsonObject("securityContext");
    assertThat(pod.getBoolean("runAsNonRoot")).isTrue();
    assertThat(pod.getJsonObject("seccompProfile").getString("type")).isEqualTo("RuntimeDefault");
    Stream.concat(
            Chart.list(chart.pod(), "containers").stream(),
            Chart.list(chart.pod(), "initContainers").stream())
        .map(container -> container.getJsonObject("securityContext"))
        .forEach(
            context -> {
              assertThat(context.getBoolean("allowPrivilegeEscalation")).isFalse();
              assertThat(context.getBoolean("readOnlyRootFilesystem")).isTrue();
              assertThat(context.getJsonObject("capabilities").getJsonArray("drop"))
                  .containsExactly("ALL");
            });
    boolean asksApi = !chart.all("Role").isEmpty();
    assertThat(chart.pod().getBoolean("automountServiceAccountToken")).isEqualTo(asksApi);
  }

  @Test
  void nobodyButPodsOfTheReleaseReachesThePortsOfTheCluster() {
    Chart chart = Chart.with(List.of(EXAMPLES.resolve("cluster.yaml")));
    JsonObject pods =
        new JsonObject()
            .put(
                "podSelector",
                chart.only("StatefulSet").getJsonObject("spec").getJsonObject("selector"));
    for (JsonObject rule :
        Chart.list(chart.only("NetworkPolicy").getJsonObject("spec"), "ingress")) {
      Set<Object> ports =
          Chart.list(rule, "ports").stream()
              .map(port -> port.getValue("port"))
              .collect(Collectors.toSet());
      if (ports.contains("members") || ports.contains("bus")) {
        assertThat(ports).containsExactlyInAnyOrder("members", "bus");
        assertThat(Chart.list(rule, "from")).containsExactly(pods);
      }
    }
    JsonObject target =
        chart.only("HorizontalPodAutoscaler").getJsonObject("spec").getJsonObject("scaleTargetRef");
    assertThat(target.getString("kind")).isEqualTo("StatefulSet");
    assertThat(scaleDown(chart).getString("selectPolicy"))
        .as("a pod that goes while PostgreSQL is away takes its spool along")
        .isEqualTo("Disabled");
    assertThat(chart.only("StatefulSet").getJsonObject("spec").containsKey("replicas"))
        .as("the autoscaler's number is not undone by an upgrade")
        .isFalse();
    assertThat(chart.all("PodDisruptionBudget")).hasSize(1);
  }

  @Test
  void podsAreTakenAwayOnlyIfThatIsWanted() throws IOException {
    Path file =
        Files.writeString(folder.resolve("values.yaml"), "autoscaling: {scaleDown: true}\n");
    Chart chart = Chart.with(List.of(EXAMPLES.resolve("cluster.yaml"), file));
    JsonObject scaler = chart.only("HorizontalPodAutoscaler");
    assertThat(KubernetesTypes.mistake(scaler)).isEmpty();
    assertThat(scaleDown(chart).containsKey("selectPolicy")).isFalse();
    assertThat(scaleDown(chart).getInteger("stabilizationWindowSeconds")).isEqualTo(600);
  }

  private static JsonObject scaleDown(Chart chart) {
    return chart
        .only("HorizontalPodAutoscaler")
        .getJsonObject("spec")
        .getJsonObject("behavior")
        .getJsonObject("scaleDown");
  }

  @Test
  void theAlertsAreThoseThatPrometheusIsTestedWith() throws IOException {
    JsonObject spec = Chart.with(List.of(EVERYTHING)).only("PrometheusRule").getJsonObject("spec");
    String rules =
        Files.readString(RULES)
            .replace(
                "job=\"signalbox\"",
                "job=\"" + Chart.RELEASE + "\",namespace=\"" + Chart.NAMESPACE + "\"");
    assertThat(rules).contains("up{job=\"" + Chart.RELEASE + "\"");
    assertThat(Chart.read(rules).objects()).containsExactly(spec);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replicas: many | replicas",
        "replcias: 2 | replcias",
        "replicas: 65 | replicas",
        "ledger: {engine: mysql} | engine",
        "redis: {urls: [localhost]} | urls",
        "providers: {Mail_EU: {plugin: sendgrid}} | Mail_EU",
        "providers: {mail: {priority: 1}} | plugin",
        "persistence: {size: big} | size",
        "replicas: 2 | ledger.engine",
        "replicas: 2, ledger: {engine: postgres} | security.existingSecret",
        "ledger: {engine: postgres} | postgres.host",
        "config: {http.port: 9090} | config.http.port",
        "config: {http: {port: 9090}} | config.http.port",
        "ingress: {enabled: true} | ingress.host",
        "cluster: {enabled: true} | cluster.enabled",
      })
  void wrongValuesAreRefusedByTheirName(String values, String named) throws IOException {
    Path file = Files.writeString(folder.resolve("values.yaml"), "{" + values + "}\n");
    assertThatThrownBy(() -> Chart.with(List.of(file))).hasMessageContaining(named);
  }
}

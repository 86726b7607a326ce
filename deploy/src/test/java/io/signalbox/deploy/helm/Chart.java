package io.signalbox.deploy.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What Helm makes of the chart with some values. */
record Chart(List<JsonObject> objects) {
  static final String RELEASE = "mail";
  static final String NAMESPACE = "notify";

  /** The oldest Kubernetes for which the chart says it is. */
  private static final String OLDEST = "v1.27.0";

  /** Maven runs tests in the module's folder. */
  private static final Path FOLDER = Path.of("helm", "signalbox");

  static LintResult lint() {
    return new Helm(FOLDER).lint().strict().call();
  }

  /**
   * Renders the chart with the values of files, the last ones first.
   *
   * @throws IllegalStateException with what Helm says, if it refuses
   */
  static Chart with(List<Path> values) {
    var command =
        new Helm(FOLDER)
            .template()
            .withName(RELEASE)
            .withNamespace(NAMESPACE)
            .withKubeVersion(OLDEST);
    values.forEach(command::withValuesFile);
    return read(command.call());
  }

  /** The objects of a text of YAML. */
  static Chart read(String rendered) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<JsonObject> objects = new ArrayList<>();
    for (Object each : new Yaml(new SafeConstructor(options)).loadAll(rendered)) {
      if (each instanceof Map<?, ?> map) {
        objects.add(new JsonObject(new JsonObject(cast(map)).encode()));
      }
    }
    return new Chart(List.copyOf(objects));
  }

  @SuppressWarnings("unchecked") // keys of YAML that became JSON are texts
  private static Map<String, Object> cast(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  /** All of a kind. */
  List<JsonObject> all(String kind) {
    return objects.stream().filter(object -> kind.equals(object.getString("kind"))).toList();
  }

  /** The one of a kind. */
  JsonObject only(String kind) {
    List<JsonObject> all = all(kind);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " of " + kind);
    }
    return all.get(0);
  }

  /** The one of a kind and name. */
  JsonObject named(String kind, String name) {
    return all(kind).stream()
        .filter(object -> name.equals(object.getJsonObject("metadata").getString("name")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
  }

  /** What the pods are. */
  JsonObject pod() {
    return only("StatefulSet")
        .getJsonObject("spec")
        .getJsonObject("template")
        .getJsonObject("spec");
  }

  /** The gateway's container. */
  JsonObject container() {
    return list(pod(), "containers").get(0);
  }

  /** The gateway's configuration file. */
  String configuration() {
    return named("ConfigMap", RELEASE + "-signalbox")
        .getJsonObject("data")
        .getString("signalbox.yaml");
  }

  /** The objects of a list; none if there is no list. */
  static List<JsonObject> list(JsonObject of, String name) {
    return of.getJsonArray(name, new JsonArray()).stream().map(JsonObject.class::cast).toList();
  }
}

package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class OpenApiTest {
  @TempDir private Path dir;

  @Test
  void theDocumentNamesExactlyTheRoutes() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      Router router = gateway.router();
      Set<String> served = new TreeSet<>();
      for (Route route : router.getRoutes()) {
        // The calls of other providers' APIs are documented by them.
        boolean ours = route.getPath() != null && !route.getPath().startsWith("/compat/");
        if (ours && route.methods() != null) {
          route.methods().stream()
              .filter(method -> !method.equals(HttpMethod.HEAD))
              .forEach(method -> served.add(method + " " + pattern(route.getPath())));
        }
      }
      assertThat(documented()).isEqualTo(served);
    }
  }

  @Test
  void everyReferenceHasItsTarget() throws Exception {
    JsonObject document = document();
    String text = document.encode();
    int at = text.indexOf("\"#/");
    assertThat(at).isPositive();
    while (at >= 0) {
      String reference = text.substring(at + 3, text.indexOf('"', at + 1));
      Object target = document;
      for (String step : reference.split("/", -1)) {
        assertThat(target).as(reference).isInstanceOf(JsonObject.class);
        target = ((JsonObject) target).getValue(step);
      }
      assertThat(target).as(reference).isNotNull();
      at = text.indexOf("\"#/", at + 1);
    }
  }

  private static Set<String> documented() throws Exception {
    Set<String> calls = new TreeSet<>();
    JsonObject paths = document().getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      for (String method : paths.getJsonObject(path).fieldNames()) {
        if (path.endsWith("/{command}")) {
          for (String command : Set.of("reset", "open", "drain", "enable", "check")) {
            calls.add("POST " + path.replace("{id}", "{}").replace("{command}", command));
          }
        } else {
          calls.add(method.toUpperCase(Locale.ROOT) + " " + path.replaceAll("\\{[a-z]+\\}", "{}"));
        }
      }
    }
    return calls;
  }

  private static String pattern(String path) {
    return path.replaceAll(":[a-z]+", "{}");
  }

  static JsonObject document() throws Exception {
    try (InputStream in = OpenApiTest.class.getResourceAsStream("/openapi/openapi.yaml")) {
      Map<String, Object> map = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      return new JsonObject(new JsonObject(map).encode());
    }
  }
}

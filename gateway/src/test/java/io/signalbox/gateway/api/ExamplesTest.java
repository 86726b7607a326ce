package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever copies an example of the document gets what the document says. */
class ExamplesTest {
  private static final String JSON = "application/json";

  @TempDir private Path dir;

  @Test
  void eachExampleOfABodyIsTaken() throws Exception {
    List<String> sent = new ArrayList<>();
    try (TestGateway gateway =
        TestGateway.start(dir, Map.of("callbacks.allowed_networks", "192.0.2.0/24"))) {
      Calls calls = new Calls(gateway.url());
      String admin = "Bearer " + gateway.token(Role.ADMIN);
      JsonObject paths = OpenApiTest.document().getJsonObject("paths");
      for (String path : paths.fieldNames()) {
        if (path.endsWith("/explain")) {
          // Takes the same as send, and asks the dispatcher, which is not here.
          continue;
        }
        if (path.endsWith("/rent") || path.startsWith("/api/v1/bookings")) {
          // There is nobody to rent from or to book at.
          continue;
        }
        JsonObject methods = paths.getJsonObject(path);
        for (String method : methods.fieldNames()) {
          for (Object example : examples(methods.getJsonObject(method))) {
            Reply reply =
                calls.send(
                    method.toUpperCase(Locale.ROOT),
                    path.replace("loggers/{name}", "loggers/" + Entrance.class.getName())
                        .replace("{name}", "welcome"),
                    Json.encode(example),
                    "authorization",
                    admin,
                    "content-type",
                    JSON);
            assertThat(reply.status()).as(path + ": " + reply.text()).isBetween(200, 299);
            if (path.endsWith("/batch")) {
              assertThat(reply.json().getInteger("refused")).as(reply.text()).isZero();
            }
            sent.add(path);
          }
        }
      }
    }
    assertThat(sent).hasSizeGreaterThanOrEqualTo(9);
  }

  /** Those of the body itself, and those of its schema. */
  private static List<Object> examples(JsonObject operation) throws Exception {
    JsonObject content =
        operation
            .getJsonObject("requestBody", new JsonObject())
            .getJsonObject("content", new JsonObject())
            .getJsonObject(JSON, new JsonObject());
    List<Object> examples = new ArrayList<>();
    if (content.containsKey("example")) {
      examples.add(content.getValue("example"));
    }
    JsonObject schema = content.getJsonObject("schema", new JsonObject());
    if (schema.getValue("$ref") instanceof String reference) {
      String name = reference.substring(reference.lastIndexOf('/') + 1);
      OpenApiTest.document()
          .getJsonObject("components")
          .getJsonObject("schemas")
          .getJsonObject(name)
          .getJsonArray("examples", new JsonArray())
          .forEach(examples::add);
    }
    return examples;
  }
}

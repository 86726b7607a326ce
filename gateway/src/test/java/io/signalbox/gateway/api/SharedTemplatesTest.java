package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.postgres.PostgresDatabases;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways on one ledger agree about templates. */
class SharedTemplatesTest {
  private static final String PATH = "/api/v1/templates/welcome";

  @TempDir private Path dir;

  @Test
  void whatOneStoresTheOtherUses() throws Exception {
    try (TestGateway here = open();
        TestGateway there = open()) {
      // One that was never read before is there at once.
      put(here, "one");
      assertThat(preview(there).json().getString("message")).isEqualTo("one");
      assertThat(preview(here).json().getString("message")).isEqualTo("one");

      put(there, "two");
      assertThat(preview(there).json().getString("message")).isEqualTo("two");
      awaitAt(here, "two");

      assertThat(call(here, "DELETE", PATH, "").status()).isEqualTo(200);
      assertThat(preview(here).status()).isEqualTo(404);
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> preview(there).status() == 404);
    }
  }

  private static void awaitAt(TestGateway gateway, String text) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> text.equals(preview(gateway).json().getString("message")));
  }

  private TestGateway open() throws Exception {
    return TestGateway.start(
        dir,
        Map.of(),
        (vertx, config) -> PostgresDatabases.ENGINE.open(vertx, dir, EventOutlet.NONE, Seal.NONE));
  }

  private static void put(TestGateway gateway, String text) throws Exception {
    JsonObject document =
        new JsonObject()
            .put("default_locale", "en")
            .put("locales", new JsonObject().put("en", new JsonObject().put("message", text)));
    assertThat(call(gateway, "PUT", PATH, document.encode()).status()).isBetween(200, 201);
  }

  private static Reply preview(TestGateway gateway) throws Exception {
    return call(gateway, "POST", PATH + "/preview", "{}");
  }

  private static Reply call(TestGateway gateway, String method, String path, String body)
      throws Exception {
    return new Calls(gateway.url())
        .send(
            method,
            path,
            body,
            "authorization",
            "Bearer " + gateway.token(Role.ADMIN),
            "content-type",
            "application/json");
  }
}

package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.ProviderMessages.Canary;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.ProviderMessages.Swap;
import io.signalbox.gateway.bus.ProviderMessages.SwapOutcome;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of replacements of a provider. */
class ReplacementApiTest {
  @TempDir private Path dir;
  private TestGateway gateway;
  private Calls calls;

  @BeforeEach
  void start() throws Exception {
    gateway = TestGateway.start(dir, Map.of());
    calls = new Calls(gateway.url());
    gateway.announce("mail", 1, Stage.ACTIVE, "closed");
    eventually(() -> assertThat(providers()).hasSize(1));
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  private void tell(SwapOutcome outcome, String reason) {
    gateway
        .bus()
        .publish(
            Addresses.PROVIDERS_SWAPPED,
            new Swap("mail", "plugin", "1.0", "2.0", outcome, reason, 1_767_225_600_000L));
  }

  private JsonArray providers() throws Exception {
    return calls
        .send(
            "GET",
            "/api/v1/providers",
            "",
            "authorization",
            "Bearer " + gateway.token(Role.MANAGER))
        .json()
        .getJsonArray("providers");
  }

  private JsonObject provider() throws Exception {
    return providers().getJsonObject(0);
  }

  private static void eventually(ThrowingRunnable check) {
    Patience.await().untilAsserted(check);
  }

  @Test
  void whatDidNotTakeOverIsToldUntilSomethingDoes() throws Exception {
    assertThat(provider().containsKey("last_error")).isFalse();
    tell(SwapOutcome.KEPT_BACK, "its self-check failed: no route");
    eventually(
        () ->
            assertThat(provider().getJsonObject("last_error"))
                .isEqualTo(
                    new JsonObject()
                        .put("at", "2026-01-01T00:00:00Z")
                        .put("outcome", "kept_back")
                        .put("plugin_version", "2.0")
                        .put("reason", "its self-check failed: no route")));
    tell(SwapOutcome.CANARY, "");
    tell(SwapOutcome.SWAPPED, "");
    eventually(() -> assertThat(provider().containsKey("last_error")).isFalse());
  }

  @Test
  void aTrialIsToldWhileItLasts() {
    gateway.bus().publish(Addresses.PROVIDERS_CANARY, new Canary("mail", 2, 0.1));
    eventually(
        () ->
            assertThat(provider().getJsonObject("canary"))
                .isEqualTo(new JsonObject().put("generation", 2).put("share", 0.1)));
    gateway.announce("mail", 2, Stage.ACTIVE, "closed");
    eventually(() -> assertThat(provider().containsKey("canary")).isFalse());
  }
}

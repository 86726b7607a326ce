package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.ProviderMessages.Receive;
import io.signalbox.gateway.bus.ProviderMessages.Received;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.gateway.webhook.CountingMeter;
import io.signalbox.gateway.webhook.WebhookVerticle;
import io.signalbox.spi.WebhookResult;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks for a provider of another node, over HTTP: no receipt is lost while that is away. */
class BorrowedWebhookApiTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String PATH = "/webhooks/mail";

  @TempDir Path dir;

  @Test
  void areToBeSentAgainWhileItsNodeIsAway() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      gateway
          .vertx()
          .deployVerticle(
              new WebhookVerticle(
                  gateway.bus(),
                  gateway.ledger().webhooks(),
                  new CountingMeter(),
                  ConfigLoader.load(Optional.empty(), Map.of(), Map.of()).webhooks(),
                  Clock.systemUTC(),
                  Tracing.OFF))
          .toCompletionStage()
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS);
      Calls calls = new Calls(gateway.url());
      assertThat(calls.send("POST", PATH, "x").status()).isEqualTo(404);

      MessageConsumer<Receive> loan = lend(gateway, -3);
      awaitStatus(calls, 200);

      loan.unregister();
      gateway.announce("mail", -3, Stage.STOPPED, "closed");
      awaitStatus(calls, 503);
      assertThat(calls.send("POST", PATH, "x").header("Retry-After")).isNotEmpty();
      assertThat(calls.send("POST", "/webhooks/nobody", "x").status()).isEqualTo(404);

      lend(gateway, -2);
      awaitStatus(calls, 200);
      gateway.announce("mail", 1, Stage.ACTIVE, "closed");
      gateway.announce("mail", -2, Stage.STOPPED, "closed");
      gateway.announce("mail", 1, Stage.STOPPED, "closed");
      awaitStatus(calls, 404);
    }
  }

  private static MessageConsumer<Receive> lend(TestGateway gateway, long generation) {
    MessageConsumer<Receive> loan =
        gateway
            .bus()
            .answer(
                Addresses.provider("mail", generation),
                Receive.class,
                asked ->
                    Future.succeededFuture(new Received(new WebhookResult.Verified(List.of()))));
    gateway.announce("mail", generation, Stage.ACTIVE, "closed");
    return loan;
  }

  private static void awaitStatus(Calls calls, int status) {
    await().atMost(LIMIT).until(() -> calls.send("POST", PATH, "x").status() == status);
  }
}

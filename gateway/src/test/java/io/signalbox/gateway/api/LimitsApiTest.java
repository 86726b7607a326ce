package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.security.Role;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsApiTest {
  private static final String MAIL =
      "{\"notification_type\":\"t\",\"channel\":\"email\",\"recipient_email\":\"a@example.com\","
          + "\"message\":\"m\"}";

  private static final String BATCH = "/api/v1/notifications/batch";

  @TempDir private Path dir;

  @Test
  void answers503WithRetryAfterOverTheBacklogLimit() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of("intake.backlog_limit", "3"))) {
      for (int i = 0; i < 3; i++) {
        assertThat(send(gateway).status()).isEqualTo(202);
      }
      // The limit is soft: what is stored while the backlog is looked at may pass in addition.
      Reply full = send(gateway);
      for (int more = 0; more < 10 && full.status() == 202; more++) {
        full = send(gateway);
      }
      assertThat(full.status()).isEqualTo(503);
      assertThat(full.header("retry-after")).isEqualTo("2");
      assertThat(full.json().getString("detail")).isEqualTo("too many notifications wait");
      assertThat(full.json().getString("notice"))
          .isEqualTo("Messages cannot be taken at the moment; please try again in a few minutes.");
    }
  }

  @Test
  void answers503WhenTheDiskIsNearlyFull() throws Exception {
    try (TestGateway gateway =
        TestGateway.start(dir, Map.of("intake.min_free_disk_bytes", "1TiB"))) {
      assertThat(send(gateway).status()).isEqualTo(503);
    }
  }

  @Test
  void answers503AndIsNotReadyWhenTheLedgerIsClosed() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      TestGateway.await(gateway.ledger().close());
      Reply refused = send(gateway);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("retry-after")).isNotEmpty();
      Awaitility.await()
          .until(() -> new Calls(gateway.url()).send("GET", "/ready", "").status() == 503);
    }
  }

  @Test
  void isNotReadyWhileItDrains() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      gateway.health().draining();
      Calls calls = new Calls(gateway.url());
      assertThat(calls.send("GET", "/ready", "").status()).isEqualTo(503);
      assertThat(calls.send("GET", "/health/live", "").status()).isEqualTo(200);
    }
  }

  @Test
  void answers503WhileTooManyBatchesAreHeld() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of("intake.batch_bytes", "16MiB"))) {
      HttpClient client = gateway.vertx().createHttpClient();
      HttpClientRequest slow =
          TestGateway.await(
              client.request(
                  new RequestOptions()
                      .setMethod(HttpMethod.POST)
                      .setAbsoluteURI(gateway.url() + BATCH)
                      .putHeader("authorization", "Bearer " + gateway.token(Role.SENDER))
                      .putHeader("content-type", "application/json")));
      slow.setChunked(true);
      TestGateway.await(slow.write("[" + " ".repeat(10 << 20)));
      Awaitility.await()
          .untilAsserted(
              () -> {
                Reply refused = batch(gateway, "[" + " ".repeat(10 << 20) + "]");
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("retry-after")).isEqualTo("2");
              });
      assertThat(batch(gateway, "[" + MAIL + "]").status()).isEqualTo(202);

      TestGateway.await(slow.end("]"));
      assertThat(TestGateway.await(slow.response()).statusCode()).isEqualTo(202);
      Awaitility.await()
          .until(() -> batch(gateway, "[" + " ".repeat(10 << 20) + "]").status() == 202);
    }
  }

  @Test
  void answers503WhileTooManyWebhooksAreHeldAndWaitsForNoneTooLong() throws Exception {
    Map<String, String> settings =
        Map.of("webhooks.max_bytes_under_way", "1MiB", "webhooks.body_timeout", "2s");
    try (TestGateway gateway = TestGateway.start(dir, settings)) {
      gateway.serveWebhooks("hooked");
      Calls calls = new Calls(gateway.url());
      String large = "x".repeat(600 << 10);
      HttpClientRequest slow =
          TestGateway.await(
              gateway
                  .vertx()
                  .createHttpClient()
                  .request(
                      new RequestOptions()
                          .setMethod(HttpMethod.POST)
                          .setAbsoluteURI(gateway.url() + "/webhooks/hooked")));
      slow.setChunked(true);
      TestGateway.await(slow.write(large));
      Awaitility.await()
          .untilAsserted(
              () -> {
                Reply refused = calls.send("POST", "/webhooks/hooked", large);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("retry-after")).isEqualTo("2");
              });
      assertThat(calls.send("POST", "/webhooks/hooked", "small").status()).isEqualTo(200);

      // The slow one never ends; its connection is closed, and its room is there again.
      Awaitility.await().until(() -> calls.send("POST", "/webhooks/hooked", large).status() == 200);
      assertThat(slow.response().failed()).isTrue();
    }
  }

  private static Reply batch(TestGateway gateway, String body) throws Exception {
    return new Calls(gateway.url())
        .send(
            "POST",
            BATCH,
            body,
            "authorization",
            "Bearer " + gateway.token(Role.SENDER),
            "content-type",
            "application/json");
  }

  private static Reply send(TestGateway gateway) throws Exception {
    return new Calls(gateway.url())
        .send(
            "POST",
            "/api/v1/notifications/send",
            MAIL,
            "authorization",
            "Bearer " + gateway.token(Role.SENDER),
            "content-type",
            "application/json");
  }
}

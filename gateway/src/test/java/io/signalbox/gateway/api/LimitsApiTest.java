package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.security.Role;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
      Patience.await()
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
      Patience.await()
          .untilAsserted(
              () -> {
                Reply refused = batch(gateway, "[" + " ".repeat(10 << 20) + "]");
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("retry-after")).isEqualTo("2");
              });
      assertThat(batch(gateway, "[" + MAIL + "]").status()).isEqualTo(202);

      TestGateway.await(slow.end("]"));
      assertThat(TestGateway.await(slow.response()).statusCode()).isEqualTo(202);
      Patience.await()
          .until(() -> batch(gateway, "[" + " ".repeat(10 << 20) + "]").status() == 202);
    }
  }

  @Test
  void answers503WhileTooManyWebhooksAreHeld() throws Exception {
    Map<String, String> settings =
        Map.of("webhooks.max_bytes_under_way", "1MiB", "webhooks.body_timeout", "10m");
    try (TestGateway gateway = TestGateway.start(dir, settings)) {
      gateway.serveWebhooks("hooked");
      Calls calls = new Calls(gateway.url());
      String large = "x".repeat(600 << 10);
      HttpClientRequest slow = begun(gateway, large);
      Patience.await()
          .untilAsserted(
              () -> {
                Reply refused = calls.send("POST", "/webhooks/hooked", large);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("retry-after")).isEqualTo("2");
              });
      assertThat(calls.send("POST", "/webhooks/hooked", "small").status()).isEqualTo(200);
      TestGateway.await(slow.end());
      assertThat(TestGateway.await(slow.response()).statusCode()).isEqualTo(200);
      Patience.await().until(() -> calls.send("POST", "/webhooks/hooked", large).status() == 200);
    }
  }

  @Test
  void waitsForNoWebhookTooLongAndItsRoomIsThereAgain() throws Exception {
    // Long enough for a large one that comes on a machine that stands still now and then.
    Map<String, String> settings =
        Map.of("webhooks.max_bytes_under_way", "1MiB", "webhooks.body_timeout", "5s");
    try (TestGateway gateway = TestGateway.start(dir, settings)) {
      gateway.serveWebhooks("hooked");
      String large = "x".repeat(600 << 10);
      HttpClientRequest slow = begun(gateway, large);
      Patience.await().until(() -> slow.response().isComplete());
      assertThat(slow.response().failed()).isTrue();
      Calls calls = new Calls(gateway.url());
      Patience.await()
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> calls.send("POST", "/webhooks/hooked", large).status() == 200);
    }
  }

  /** A webhook whose body begins and does not end. */
  private static HttpClientRequest begun(TestGateway gateway, String body) throws Exception {
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
    TestGateway.await(slow.write(body));
    return slow;
  }

  @Test
  void theLessUrgentIsRefusedFirstAndHealthAnswersAllTheWhile() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      Map<Double, Integer> taken =
          new TreeMap<>(Map.of(0.0, 4, 0.8, 3, 0.9, 2, 0.95, 1, 0.99, 1, 1.0, 0));
      for (Map.Entry<Double, Integer> step : taken.entrySet()) {
        gateway.press(step.getKey());
        int accepted = 0;
        for (String priority : List.of("urgent", "high", "normal", "low")) {
          Reply reply = post(gateway, "/send", of(priority));
          boolean is = reply.status() == 202;
          assertThat(is).as(priority + " at " + step).isEqualTo(accepted < step.getValue());
          accepted += is ? 1 : 0;
          if (!is) {
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("retry-after")).isNotEmpty();
            assertThat(reply.json().getString("detail")).endsWith("of priority " + priority);
            break;
          }
        }
        assertThat(new Calls(gateway.url()).send("GET", "/health", "").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void theItemsOfABatchAreShedOneByOne() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      gateway.press(0.9);
      String items =
          "[" + of("low") + "," + of("urgent") + "," + of("normal") + "," + of("high") + "]";
      JsonObject some = post(gateway, "/batch", items).json();
      assertThat(some.getInteger("accepted")).isEqualTo(2);
      List<Integer> statuses =
          some.getJsonArray("results").stream()
              .map(result -> ((JsonObject) result).getInteger("status"))
              .toList();
      assertThat(statuses).containsExactly(503, 202, 503, 202);
      Reply none = post(gateway, "/batch", "[" + of("low") + "]");
      assertThat(none.status()).isEqualTo(503);
      assertThat(none.header("retry-after")).isNotEmpty();
    }
  }

  private static String of(String priority) {
    return MAIL.replace("\"message\"", "\"priority\":\"" + priority + "\",\"message\"");
  }

  private static Reply post(TestGateway gateway, String path, String body) throws Exception {
    return new Calls(gateway.url())
        .send(
            "POST",
            "/api/v1/notifications" + path,
            body,
            "authorization",
            "Bearer " + gateway.token(Role.SENDER),
            "content-type",
            "application/json");
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

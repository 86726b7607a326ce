package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendApiTest {
  private static final String SEND = "/api/v1/notifications/send";
  private static final String BATCH = "/api/v1/notifications/batch";
  private static final String SAMPLE =
      "{\"notification_type\":\"status_changed\",\"channel\":\"telegram\","
          + "\"recipient_telegram_id\":123456789,\"title\":\"Test Notification\","
          + "\"message\":\"Production pipeline test\",\"priority\":2}";

  @TempDir private static Path dir;
  private static TestGateway gateway;
  private static Calls calls;
  private static String sender;

  @BeforeAll
  static void start() throws Exception {
    gateway = TestGateway.start(dir, Map.of("intake.batch_limit", "5"));
    calls = new Calls(gateway.url());
    sender = "Bearer " + gateway.token(Role.SENDER);
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  @Test
  void acceptsTheSampleAndShowsItsTimeline() throws Exception {
    Reply accepted = send(SAMPLE);
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.json().getString("status")).isEqualTo("queued");
    assertThat(accepted.json().getBoolean("duplicate")).isFalse();
    String id = accepted.json().getString("id");
    assertThat(accepted.header("location")).isEqualTo("/api/v1/notifications/" + id);
    JsonObject timeline = get("/api/v1/notifications/" + id).json();
    assertThat(timeline.getString("state")).isEqualTo("queued");
    assertThat(timeline.getString("subject")).isEqualTo("test");
    assertThat(timeline.getJsonObject("notification")).isEqualTo(new JsonObject(SAMPLE));
    assertThat(timeline.getJsonArray("attempts")).isEmpty();
  }

  @Test
  void schedulesWhatIsForLater() throws Exception {
    String later =
        SAMPLE.replace(
            "}",
            ",\"send_at\":\"" + java.time.Clock.systemUTC().instant().plusSeconds(600) + "\"}");
    assertThat(send(later).json().getString("status")).isEqualTo("scheduled");
  }

  @Test
  void answersARepeatedKeyWithTheFirstIdAndRefusesItForAnotherBody() throws Exception {
    Reply first = send(SAMPLE, "idempotency-key", "order-1");
    Reply again = send(SAMPLE, "idempotency-key", "order-1");
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.json().getString("id")).isEqualTo(first.json().getString("id"));
    assertThat(again.json().getBoolean("duplicate")).isTrue();
    Reply other = send(SAMPLE.replace("Production", "Other"), "idempotency-key", "order-1");
    assertThat(other.status()).isEqualTo(422);
    assertThat(send(SAMPLE, "idempotency-key", "has space").status()).isEqualTo(400);
    assertThat(send(SAMPLE, "idempotency-key", "x".repeat(201)).status()).isEqualTo(400);
  }

  @Test
  void refusesMistakesWithPointers() throws Exception {
    Reply reply = send("{\"channel\":\"sms\",\"mesage\":\"x\"}");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
    assertThat(reply.json().getString("correlation_id")).isNotBlank();
    assertThat(reply.json().getJsonArray("errors"))
        .contains(
            new JsonObject()
                .put("pointer", "/mesage")
                .put("detail", "is not a known field; did you mean message?"));
    assertThat(send("{\"channel\":").status()).isEqualTo(400);
    assertThat(send("").status()).isEqualTo(400);
  }

  @Test
  void refusesOtherMediaTypesAndLargeBodies() throws Exception {
    assertThat(calls.send("POST", SEND, SAMPLE, "authorization", sender).status()).isEqualTo(415);
    assertThat(post(SEND, SAMPLE, "text/plain").status()).isEqualTo(415);
    assertThat(post(SEND, SAMPLE, "application/json; charset=iso-8859-1").status()).isEqualTo(415);
    assertThat(post(SEND, SAMPLE, "Application/JSON; charset=UTF-8").status()).isEqualTo(202);
    String large = SAMPLE.replace("Production", "x".repeat(256 << 10));
    assertThat(send(large).status()).isEqualTo(413);
    HttpRequest.BodyPublisher chunked =
        HttpRequest.BodyPublishers.ofInputStream(
            () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)));
    assertThat(
            calls
                .sendBytes(
                    "POST",
                    SEND,
                    chunked,
                    "authorization",
                    sender,
                    "content-type",
                    "application/json")
                .status())
        .isEqualTo(413);
  }

  @Test
  void wantsATokenWithTheRightRole() throws Exception {
    Reply none = calls.send("POST", SEND, SAMPLE, "content-type", "application/json");
    assertThat(none.status()).isEqualTo(401);
    assertThat(none.header("www-authenticate")).startsWith("Bearer");
    Reply bad = post(SEND, SAMPLE, "application/json", "Bearer nonsense");
    assertThat(bad.status()).isEqualTo(401);
    assertThat(bad.header("www-authenticate")).contains("invalid_token");
    Reply viewer = post(SEND, SAMPLE, "application/json", "Bearer " + gateway.token(Role.VIEWER));
    assertThat(viewer.status()).isEqualTo(403);
    assertThat(viewer.header("content-type")).isEqualTo("application/problem+json");
  }

  @Test
  void keepsTenantsApart() throws Exception {
    String id = send(SAMPLE).json().getString("id");
    String stranger = "Bearer " + gateway.token(Role.SENDER, "acme");
    String path = "/api/v1/notifications/" + id;
    assertThat(calls.send("GET", path, "", "authorization", stranger).status()).isEqualTo(404);
    assertThat(get(path).status()).isEqualTo(200);
  }

  @Test
  void answersUnknownPathsMethodsAndIds() throws Exception {
    assertThat(get("/nothing").status()).isEqualTo(404);
    assertThat(get("/nothing").header("content-type")).isEqualTo("application/problem+json");
    assertThat(get(SEND).status()).isEqualTo(405);
    assertThat(get(SEND).header("allow")).isEqualTo("OPTIONS, POST");
    assertThat(calls.send("PUT", "/health", "").status()).isEqualTo(405);
    assertThat(get("/api/v1/notifications/0195c8a2-0000-7000-8000-000000000000").status())
        .isEqualTo(404);
    assertThat(get("/api/v1/notifications/nonsense").status()).isEqualTo(404);
  }

  @Test
  void followsTheCallersTrace() throws Exception {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    Reply reply = send(SAMPLE, "traceparent", "00-" + trace + "-b7ad6b7169203331-01");
    assertThat(reply.header("x-correlation-id")).isEqualTo(trace);
    assertThat(reply.header("traceparent")).startsWith("00-" + trace + "-").endsWith("-01");
    assertThat(timeline(reply).getString("correlation_id")).isEqualTo(trace);
  }

  @Test
  void takesAnotherTraceWhereTheCallersCannotBeRead() throws Exception {
    Reply reply = send(SAMPLE, "traceparent", "00-00000000000000000000000000000000-b7ad6b71-01");
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.header("x-correlation-id"))
        .matches("[0-9a-f]{32}")
        .isNotEqualTo("0".repeat(32));
    assertThat(timeline(reply).getString("correlation_id"))
        .isEqualTo(reply.header("x-correlation-id"));
  }

  private static JsonObject timeline(Reply accepted) throws Exception {
    return get("/api/v1/notifications/" + accepted.json().getString("id")).json();
  }

  @Test
  void takesABatchWithAResultForEachItem() throws Exception {
    String body = "[" + SAMPLE + " , {\"channel\":\"sms\"}, 5,\n" + SAMPLE + "]";
    JsonObject answer = post(BATCH, body, "application/json").json();
    assertThat(answer.getInteger("accepted")).isEqualTo(2);
    assertThat(answer.getInteger("refused")).isEqualTo(2);
    JsonArray results = answer.getJsonArray("results");
    assertThat(statuses(results)).containsExactly(202, 422, 422, 202);
    String id = results.getJsonObject(3).getString("id");
    assertThat(get("/api/v1/notifications/" + id).json().getJsonObject("notification"))
        .isEqualTo(new JsonObject(SAMPLE));
    assertThat(results.getJsonObject(1).getJsonArray("errors")).isNotEmpty();
  }

  @Test
  void repeatsABatchWithTheSameKeyWithoutSendingTwice() throws Exception {
    String body = "[" + SAMPLE + "," + SAMPLE + "]";
    String[] headers = {
      "authorization", sender, "content-type", "application/json", "idempotency-key", "batch-1"
    };
    JsonArray first = calls.send("POST", BATCH, body, headers).json().getJsonArray("results");
    JsonArray again = calls.send("POST", BATCH, body, headers).json().getJsonArray("results");
    for (int i = 0; i < 2; i++) {
      assertThat(again.getJsonObject(i).getString("id"))
          .isEqualTo(first.getJsonObject(i).getString("id"));
      assertThat(again.getJsonObject(i).getBoolean("duplicate")).isTrue();
    }
    assertThat(first.getJsonObject(0).getString("id"))
        .isNotEqualTo(first.getJsonObject(1).getString("id"));
  }

  @Test
  void theKeysOfABatchsItemsAreNobodyElsesKeys() throws Exception {
    String id = send(SAMPLE, "idempotency-key", "batch-2/0").json().getString("id");
    JsonObject item =
        calls
            .send(
                "POST",
                BATCH,
                "[" + SAMPLE + "]",
                "authorization",
                sender,
                "content-type",
                "application/json",
                "idempotency-key",
                "batch-2")
            .json()
            .getJsonArray("results")
            .getJsonObject(0);
    assertThat(item.getBoolean("duplicate")).isFalse();
    assertThat(item.getString("id")).isNotEqualTo(id);
  }

  @Test
  void refusesBatchesThatAreNone() throws Exception {
    assertThat(post(BATCH, "{}", "application/json").status()).isEqualTo(422);
    assertThat(post(BATCH, "[" + SAMPLE, "application/json").status()).isEqualTo(400);
    assertThat(post(BATCH, "[] []", "application/json").status()).isEqualTo(400);
    String six = "[" + String.join(",", java.util.Collections.nCopies(6, SAMPLE)) + "]";
    assertThat(post(BATCH, six, "application/json").status()).isEqualTo(422);
    assertThat(post(BATCH, "[]", "text/csv").status()).isEqualTo(415);
  }

  @Test
  void takesAStreamOfLinesOfAnyLength() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      lines.append(i % 100 == 7 ? "{\"nope\":1}" : SAMPLE).append(i % 3 == 0 ? "\r\n" : "\n");
    }
    lines.append("\n\n").append("x".repeat(300 << 10)).append('\n').append(SAMPLE);
    Reply reply = post(BATCH, lines.toString(), "application/x-ndjson");
    assertThat(reply.status()).isEqualTo(202);
    List<JsonObject> results = reply.text().lines().map(JsonObject::new).toList();
    assertThat(results).hasSize(3_002);
    for (int i = 0; i < results.size(); i++) {
      assertThat(results.get(i).getInteger("index")).isEqualTo(i);
      int expected = i == 3_000 ? 413 : i < 3_000 && i % 100 == 7 ? 422 : 202;
      assertThat(results.get(i).getInteger("status")).isEqualTo(expected);
    }
  }

  private static List<Integer> statuses(JsonArray results) {
    return results.stream().map(r -> ((JsonObject) r).getInteger("status")).toList();
  }

  private static Reply send(String body, String... headers) throws Exception {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 4);
    all[headers.length] = "authorization";
    all[headers.length + 1] = sender;
    all[headers.length + 2] = "content-type";
    all[headers.length + 3] = "application/json";
    return calls.send("POST", SEND, body, all);
  }

  private static Reply post(String path, String body, String type) throws Exception {
    return post(path, body, type, sender);
  }

  private static Reply post(String path, String body, String type, String authorization)
      throws Exception {
    return calls.send("POST", path, body, "authorization", authorization, "content-type", type);
  }

  private static Reply get(String path) throws Exception {
    return calls.send("GET", path, "", "authorization", sender);
  }
}

package io.signalbox.simulator.vonage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.simulator.Reply;
import io.signalbox.simulator.SimulatorClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsApiTest {
  private static final String TO = "447700900000";

  private SimulatorClient simulator;
  private JsonObject account;
  private String url;

  @BeforeEach
  void start() throws Exception {
    simulator = SimulatorClient.started();
    account = simulator.account("vonage");
    url = simulator.url("vonage");
    simulator.set("vonage", new JsonObject().put("receipt_delay_ms", 0));
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void answersTheRecordOfASmsWithItsLastStatus() throws Exception {
    String id = sms("447700000002", "ref-1");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> "failed".equals(one("SMS", id).getString("status")));

    JsonObject found = one("SMS", id);

    assertThat(found.getString("message_id")).isEqualTo(id);
    assertThat(found.getString("client_ref")).isEqualTo("ref-1");
    assertThat(found.getString("error_code")).isEqualTo("3");
    assertThat(found.getString("to")).isEqualTo("447700000002");
    assertThat(found.getString("date_finalized")).endsWith("+0000");
  }

  @Test
  void messagesAreAnotherProduct() throws Exception {
    String id = message("ref-1");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> "delivered".equals(one("MESSAGES", id).getString("status")));

    assertThat(one("MESSAGES", id).getString("provider")).isEqualTo("sms");
    JsonObject asSms = report("product=SMS&direction=outbound&id=" + id).json();
    assertThat(asSms.getJsonArray("records")).isEmpty();
    assertThat(asSms.getString("ids_not_found")).isEqualTo(id);
  }

  @Test
  void silentAndCutMessagesAreFoundByTheirNumberAndTime() throws Exception {
    simulator.set("vonage", new JsonObject().put("mode", "silent"));
    String quiet = sms(TO, "quiet");
    simulator.set("vonage", new JsonObject().put("mode", "cut"));
    assertThatThrownBy(() -> sms(TO, "lost")).isInstanceOf(IOException.class);
    simulator.set("vonage", new JsonObject().put("mode", "ok"));
    sms("447700900009", "another number");
    String start = one("SMS", quiet).getString("date_received").replace("+0000", "Z");
    String day = "&date_start=" + start + "&date_end=" + Instant.parse(start).plusSeconds(86_400);

    JsonArray records =
        report("product=SMS&direction=outbound&to=" + TO + day).json().getJsonArray("records");

    assertThat(records)
        .extracting(found -> ((JsonObject) found).getString("client_ref"))
        .containsExactly("lost", "quiet");
    String past = "&date_start=2020-01-01T00:00:00Z&date_end=2020-01-02T00:00:00Z";
    assertThat(report("product=SMS&direction=outbound" + past).json().getJsonArray("records"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "product=VOICE-CALL&direction=outbound&id=x",
        "product=SMS&direction=inbound&id=x",
        "product=SMS&direction=outbound",
        "product=SMS&direction=outbound&id=x&date_start=2020-01-01T00:00:00Z",
        "product=SMS&direction=outbound&date_start=2020-01-01T00:00:00Z&date_end=x",
        "product=SMS&direction=outbound&date_start=2020-01-01T00:00:00Z"
            + "&date_end=2020-01-02T00:00:01Z",
        "product=SMS&direction=outbound&id=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21"
      })
  void refusesBadFilters(String query) throws Exception {
    Reply refused = report(query);
    assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    assertThat(refused.json().getString("type")).endsWith("#invalid-filter");
  }

  @Test
  void refusesStrangers() throws Exception {
    String path = url + "/v2/reports/records?product=SMS&direction=outbound&id=x&account_id=";
    Map<String, String> wrong = Map.of("Authorization", "Basic d3Jvbmc6d3Jvbmc=");
    assertThat(simulator.call("GET", path + account.getString("api_key"), wrong, "").status())
        .isEqualTo(401);
    assertThat(simulator.call("GET", path + "other", auth(), "").status()).isEqualTo(401);
    assertThat(simulator.call("POST", path, auth(), "").status()).isEqualTo(405);
  }

  private JsonObject one(String product, String id) throws Exception {
    JsonArray records =
        report("product=" + product + "&direction=outbound&id=" + id)
            .json()
            .getJsonArray("records");
    assertThat(records).hasSize(1);
    return records.getJsonObject(0);
  }

  private Reply report(String query) throws Exception {
    String path = "/v2/reports/records?account_id=" + account.getString("api_key") + "&" + query;
    return simulator.call("GET", url + path, auth(), "");
  }

  private String sms(String to, String reference) throws Exception {
    JsonObject body =
        new JsonObject()
            .put("api_key", account.getString("api_key"))
            .put("api_secret", account.getString("api_secret"))
            .put("from", account.getString("from"))
            .put("to", to)
            .put("text", "the same text")
            .put("client-ref", reference);
    Map<String, String> json = Map.of("Content-Type", "application/json");
    return simulator
        .call("POST", url + "/sms/json", json, body.encode())
        .json()
        .getJsonArray("messages")
        .getJsonObject(0)
        .getString("message-id");
  }

  private String message(String reference) throws Exception {
    JsonObject body =
        new JsonObject()
            .put("message_type", "text")
            .put("channel", "sms")
            .put("from", account.getString("from"))
            .put("to", TO)
            .put("text", "the same text")
            .put("client_ref", reference);
    return simulator
        .call("POST", url + "/v1/messages", auth(), body.encode())
        .json()
        .getString("message_uuid");
  }

  private Map<String, String> auth() {
    String pair = account.getString("api_key") + ":" + account.getString("api_secret");
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return Map.of("Authorization", "Basic " + basic);
  }
}

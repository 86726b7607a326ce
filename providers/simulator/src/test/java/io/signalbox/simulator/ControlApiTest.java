package io.signalbox.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlApiTest {
  private SimulatorClient simulator;

  @BeforeEach
  void start() throws Exception {
    simulator = SimulatorClient.started();
  }

  @AfterEach
  void stop() throws Exception {
    simulator.close();
  }

  private static void assertProblem(Reply reply, int status) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.json().getInteger("status")).isEqualTo(status);
    assertThat(reply.json().getString("detail")).isNotEmpty();
  }

  @Test
  void listsThePluginsWithTheirAccounts() throws Exception {
    JsonObject plugins = simulator.control("GET", "", "").json().getJsonObject("plugins");
    assertThat(plugins.fieldNames())
        .containsExactly(
            "sendgrid",
            "resend",
            "twilio",
            "vonage",
            "telegram",
            "whatsapp",
            "mailgun",
            "postmark",
            "webhook",
            "ses",
            "smtp",
            "smsactivate",
            "fivesim",
            "calcom");
    assertThat(plugins.getJsonObject("sendgrid").getJsonObject("account").fieldNames())
        .containsExactlyInAnyOrder("api_key", "webhook_public_key");
    assertThat(plugins.getJsonObject("resend").getJsonObject("account").fieldNames())
        .containsExactlyInAnyOrder("api_key", "webhook_secret");
    assertThat(plugins.getJsonObject("twilio").getJsonObject("account").fieldNames())
        .containsExactlyInAnyOrder("account_sid", "auth_token", "from");
    assertThat(plugins.getJsonObject("vonage").getJsonObject("account").fieldNames())
        .containsExactlyInAnyOrder(
            "api_key", "api_secret", "signature_secret", "from", "application_id", "private_key");
    assertThat(plugins.getJsonObject("telegram").getJsonObject("account").fieldNames())
        .containsExactlyInAnyOrder("bot_token", "secret_token");
    assertThat(plugins.getJsonObject("whatsapp").getJsonObject("account").fieldNames())
        .containsExactlyInAnyOrder("phone_number_id", "access_token", "app_secret", "verify_token");
    assertThat(plugins.getJsonObject("mailgun").getJsonObject("account").fieldNames())
        .containsExactlyInAnyOrder("api_key", "domain", "webhook_signing_key");
    assertThat(plugins.getJsonObject("postmark").getJsonObject("account").fieldNames())
        .containsExactlyInAnyOrder("server_token", "webhook_credentials");
    assertThat(plugins.getJsonObject("webhook").getJsonObject("account").fieldNames())
        .containsExactlyInAnyOrder("token", "signing_secret");
    assertThat(plugins.getJsonObject("smtp").getJsonObject("account").fieldNames())
        .containsExactlyInAnyOrder("username", "password", "host", "port");
    assertThat(plugins.getJsonObject("ses").getJsonObject("account").fieldNames())
        .containsExactlyInAnyOrder(
            "access_key_id",
            "secret_access_key",
            "region",
            "configuration_set",
            "topic_arn",
            "sns_certificate");
    JsonObject sendgrid = plugins.getJsonObject("sendgrid");
    assertThat(sendgrid.getString("mode")).isEqualTo("ok");
    assertThat(sendgrid.getDouble("rate")).isEqualTo(1.0);
    assertThat(sendgrid.getInteger("latency_ms")).isZero();
    assertThat(sendgrid.getInteger("received")).isZero();
  }

  @Test
  void answersTheNewSettings() throws Exception {
    String body =
        "{\"mode\":\"error\",\"rate\":0.25,\"calls\":[],\"latency_ms\":10,\"receipt_delay_ms\":50,"
            + "\"retry_after_seconds\":3,\"seed\":-7,\"webhook_url\":\"http://127.0.0.1:1/x\"}";
    Reply reply = simulator.control("POST", "/twilio", body);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json()).isEqualTo(new JsonObject(body));
    assertThat(simulator.control("POST", "/twilio", "{\"webhook_url\":null}").json())
        .isEqualTo(new JsonObject(body).putNull("webhook_url"));
    assertThat(simulator.describe("resend").getString("mode")).isEqualTo("ok");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"mode\":\"sleepy\"}|/mode",
        "{\"mode\":1}|/mode",
        "{\"mode\":\"error\",\"colour\":1}|/colour",
        "{\"rate\":1.5}|/rate",
        "{\"rate\":\"1\"}|/rate",
        "{\"mode\":\"refuse\",\"rate\":0.5}|/rate",
        "{\"calls\":[\"rent\"]}|/calls",
        "{\"calls\":null}|/calls",
        "{\"latency_ms\":-1}|/latency_ms",
        "{\"latency_ms\":1.5}|/latency_ms",
        "{\"receipt_delay_ms\":\"x\"}|/receipt_delay_ms",
        "{\"retry_after_seconds\":null}|/retry_after_seconds",
        "{\"seed\":1.5}|/seed",
        "{\"webhook_url\":\"ftp://x\"}|/webhook_url"
      })
  void refusesBadSettings(String body, String pointer) throws Exception {
    Reply reply = simulator.control("POST", "/sendgrid", body);
    assertProblem(reply, 400);
    JsonArray errors = reply.json().getJsonArray("errors");
    assertThat(errors).hasSize(1);
    assertThat(errors.getJsonObject(0).getString("pointer")).isEqualTo(pointer);
    assertThat(simulator.describe("sendgrid").getString("mode")).isEqualTo("ok");
  }

  @Test
  void refusesUnknownPluginsPathsAndBodies() throws Exception {
    Reply unknown = simulator.control("POST", "/pigeon", "{}");
    assertProblem(unknown, 400);
    assertThat(unknown.json().getString("detail")).contains("sendgrid", "telegram");
    assertProblem(simulator.control("GET", "/pigeon/received", ""), 400);
    assertProblem(simulator.control("POST", "/sendgrid", "[]"), 400);
    assertProblem(simulator.control("POST", "/sendgrid", ""), 400);
    assertProblem(simulator.control("GET", "/sendgrid/nothing", ""), 404);
    assertProblem(simulator.control("PUT", "/sendgrid", "{}"), 405);
    assertProblem(simulator.control("POST", "/sendgrid", " ".repeat(70_000)), 413);
    assertProblem(simulator.control("GET", "/sendgrid/received?limit=x", ""), 400);
    assertProblem(simulator.control("GET", "/sendgrid/received?offset=-1", ""), 400);
  }

  @Test
  void pagesAndEmptiesTheReceivedMessages() throws Exception {
    String url =
        simulator.url("telegram")
            + "/bot"
            + simulator.account("telegram").getString("bot_token")
            + "/sendMessage";
    Map<String, String> json = Map.of("Content-Type", "application/json");
    for (int i = 0; i < 5; i++) {
      simulator.call("POST", url, json, "{\"chat_id\":7,\"text\":\"text " + i + "\"}");
    }
    JsonObject page = simulator.control("GET", "/telegram/received?offset=1&limit=2", "").json();
    assertThat(page.getInteger("count")).isEqualTo(5);
    assertThat(page.getJsonArray("received"))
        .extracting(entry -> ((JsonObject) entry).getString("text"))
        .containsExactly("text 1", "text 2");
    assertThat(simulator.control("DELETE", "/telegram/received", "").status()).isEqualTo(204);
    assertThat(simulator.received("telegram")).isEmpty();
    assertThat(simulator.describe("telegram").getInteger("received")).isZero();
  }
}

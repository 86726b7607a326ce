package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.deploy.SdkProcess.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The official SDKs for Node, unmodified, with another URL and another key, and nothing else. */
@Timeout(120)
class SdkNodeIT {
  @TempDir static Path data;
  private static SdkStand stand;
  private static SdkProcess node;

  @BeforeAll
  static void start() {
    node = SdkProcess.node(Map.of());
    stand = new SdkStand(data, settings -> settings);
  }

  @AfterAll
  static void stop() {
    try (SdkStand last = stand;
        SdkProcess first = node) {
      assertThat(last).isNotNull();
      assertThat(first).isNotNull();
    }
  }

  private static JsonObject at(String dialect, String key) {
    return new JsonObject().put("url", stand.url(dialect)).put("key", key);
  }

  private static JsonObject at(String dialect) {
    return at(dialect, stand.key());
  }

  @Test
  void resend() {
    JsonObject message =
        new JsonObject()
            .put("from", "Acme <onboarding@resend.dev>")
            .put("to", "one@resend.example")
            .put("subject", "From the SDK of Resend")
            .put("html", "<p>Hello</p>");
    JsonObject sent = call("resend.send", at("resend").put("message", message));
    assertThat(sent.getJsonObject("error")).isNull();
    String id = sent.getJsonObject("data").getString("id");
    assertThat(stand.arrived("ses", "one@resend.example").text()).contains("Hello");
    JsonObject told = call("resend.get", at("resend").put("id", id)).getJsonObject("data");
    assertThat(told.getString("id")).isEqualTo(id);
    assertThat(told.getString("subject")).isEqualTo("From the SDK of Resend");

    JsonObject options = new JsonObject().put("idempotencyKey", "order-7");
    JsonObject again = at("resend").put("message", message).put("options", options);
    assertThat(call("resend.send", again)).isEqualTo(call("resend.send", again));

    JsonArray two =
        new JsonArray()
            .add(message.copy().put("to", "two@resend.example"))
            .add(message.copy().put("to", "three@resend.example"));
    JsonObject batch = call("resend.batch", at("resend").put("messages", two));
    assertThat(batch.getJsonObject("data").getJsonArray("data")).hasSize(2);
    stand.arrived("ses", "two@resend.example");
    stand.arrived("ses", "three@resend.example");

    JsonObject bad = at("resend").put("message", message.copy().put("to", "nobody"));
    JsonObject refused = call("resend.send", bad).getJsonObject("error");
    assertThat(refused.getString("message")).contains("`to`");
    assertThat(refused.getInteger("statusCode")).isEqualTo(422);
    JsonObject stranger = call("resend.send", at("resend", "re_none").put("message", message));
    assertThat(stranger.getJsonObject("error").getInteger("statusCode")).isIn(401, 403);
    assertThat(stranger.getJsonObject("error").getString("name")).contains("api_key");
  }

  private static JsonObject call(String what, JsonObject with) {
    return node.call(what, with).value();
  }

  private static JsonObject refused(String what, JsonObject with) {
    Answer answer = node.call(what, with);
    return answer.error();
  }
}

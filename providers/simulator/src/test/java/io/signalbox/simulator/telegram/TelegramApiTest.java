package io.signalbox.simulator.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.simulator.BasePluginTest;
import io.signalbox.simulator.Reply;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TelegramApiTest extends BasePluginTest {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
  private static final Duration LONG = Duration.ofSeconds(30);

  @Override
  protected String plugin() {
    return "telegram";
  }

  @Override
  protected String recipient() {
    return "123456789";
  }

  @Override
  protected String reference() {
    return null;
  }

  @Override
  protected int webhooksPerMessage() {
    return 0;
  }

  @Override
  protected Reply send(String recipient, String text, Duration timeout) throws Exception {
    return post(
        new JsonObject().put("chat_id", Long.valueOf(recipient)).put("text", text), timeout);
  }

  private Reply post(JsonObject body, Duration timeout) throws Exception {
    return simulator.call("POST", method("sendMessage"), JSON, body.encode(), timeout);
  }

  private String method(String name) {
    return url + "/bot" + account.getString("bot_token") + "/" + name;
  }

  @Override
  protected boolean isAccepted(Reply reply) {
    return reply.status() == 200 && reply.json().getBoolean("ok");
  }

  @Override
  protected void assertInternalError(Reply reply) {
    assertError(reply, 500, "Internal Server Error");
  }

  @Override
  protected void assertThrottled(Reply reply, int retryAfterSeconds) {
    assertError(reply, 429, "Too Many Requests: retry after " + retryAfterSeconds);
    assertThat(reply.json().getJsonObject("parameters").getInteger("retry_after"))
        .isEqualTo(retryAfterSeconds);
    assertThat(reply.header("Retry-After")).isEqualTo(Integer.toString(retryAfterSeconds));
  }

  @Override
  protected void assertRecipientRefused(Reply reply) {
    assertError(reply, 403, "Forbidden: bot was blocked by the user");
  }

  private static void assertError(Reply reply, int code, String description) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(code);
    assertThat(reply.json().getBoolean("ok")).isFalse();
    assertThat(reply.json().getInteger("error_code")).isEqualTo(code);
    assertThat(reply.json().getString("description")).isEqualTo(description);
  }

  @Test
  void answersTheMessage() throws Exception {
    JsonObject result = send("Hello").json().getJsonObject("result");
    assertThat(result.getInteger("message_id")).isEqualTo(1);
    assertThat(result.getJsonObject("chat").getLong("id")).isEqualTo(123_456_789L);
    assertThat(result.getJsonObject("chat").getString("type")).isEqualTo("private");
    assertThat(result.getString("text")).isEqualTo("Hello");
    assertThat(simulator.received("telegram").get(0).getString("id")).isEqualTo("123456789:1");
  }

  @Test
  void knowsItself() throws Exception {
    JsonObject me = simulator.call("GET", method("getMe"), Map.of(), "").json();
    assertThat(me.getJsonObject("result").getBoolean("is_bot")).isTrue();
  }

  @Test
  void refusesWrongTokensAndMethods() throws Exception {
    String body = "{\"chat_id\":7,\"text\":\"x\"}";
    assertError(
        simulator.call("POST", url + "/bot1:AAwrong/sendMessage", JSON, body), 401, "Unauthorized");
    assertError(simulator.call("POST", url + "/botx/sendMessage", JSON, body), 404, "Not Found");
    assertError(simulator.call("POST", method("sendNothing"), JSON, body), 404, "Not Found");
  }

  @Test
  void refusesBadBodies() throws Exception {
    JsonObject good = new JsonObject().put("chat_id", 7).put("text", "x");
    assertError(
        post(new JsonObject().put("text", "x"), LONG), 400, "Bad Request: chat_id is empty");
    assertError(
        post(new JsonObject().put("chat_id", 7), LONG), 400, "Bad Request: message text is empty");
    assertError(
        post(good.copy().put("text", "x".repeat(4097)), LONG),
        400,
        "Bad Request: message is too long");
    assertError(post(good.copy().put("chat_id", "x"), LONG), 400, "Bad Request: chat not found");
    assertError(
        post(good.copy().put("parse_mode", "Latex"), LONG),
        400,
        "Bad Request: unsupported parse_mode");
    Reply broken = post(good.copy().put("text", "1 < 2").put("parse_mode", "HTML"), LONG);
    assertThat(broken.json().getString("description"))
        .startsWith("Bad Request: can't parse entities: ");
    assertThat(simulator.received("telegram")).isEmpty();
  }

  @Test
  void takesMarkup() throws Exception {
    JsonObject body =
        new JsonObject()
            .put("chat_id", 7)
            .put("text", "<b>1 &lt; <a href=\"https://example.com\">2</a></b>")
            .put("parse_mode", "HTML");
    assertThat(isAccepted(post(body, LONG))).isTrue();
  }

  @Test
  void refusesSpecialChats() throws Exception {
    assertError(send("120001", "x"), 400, "Bad Request: chat not found");
    assertError(send("120002", "x"), 403, "Forbidden: bot was blocked by the user");
    Reply migrated = send("-120003", "x");
    assertError(migrated, 400, "Bad Request: group chat was upgraded to a supergroup chat");
    long newId = migrated.json().getJsonObject("parameters").getLong("migrate_to_chat_id");
    assertThat(isAccepted(send(Long.toString(newId), "x"))).isTrue();
  }
}

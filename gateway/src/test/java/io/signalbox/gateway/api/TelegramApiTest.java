package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.compat.DialectIds;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Telegram's API over sockets, with the requests that its libraries make. */
class TelegramApiTest {
  private static final String JSON = "application/json";

  @TempDir private static Path dir;
  private static DialectGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = new DialectGateway(dir, Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  @Test
  void aTextIsStored() throws Exception {
    Reply sent = send("{\"chat_id\":7,\"text\":\"hi\"}");
    assertThat(sent.status()).as(sent.text()).isEqualTo(200);
    assertThat(sent.json().getBoolean("ok")).isTrue();
    JsonObject message = sent.json().getJsonObject("result");
    assertThat(message.getJsonObject("chat"))
        .isEqualTo(new JsonObject().put("id", 7).put("type", "private"));
    assertThat(message.getString("text")).isEqualTo("hi");
    assertThat(message.getLong("date")).isPositive();
    JsonObject stored = stored(message);
    assertThat(stored.getLong("recipient_telegram_id")).isEqualTo(7);
    assertThat(stored.getString("message")).isEqualTo("hi");
  }

  @Test
  void theParametersStandWhereTheBotApiAllowsThem() throws Exception {
    String parts =
        "--b\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n-1001234567890\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nparts\r\n--b--\r\n";
    JsonObject multipart = result(post("sendMessage", parts, "multipart/form-data; boundary=b"));
    assertThat(multipart.getJsonObject("chat"))
        .isEqualTo(new JsonObject().put("id", -1_001_234_567_890L).put("type", "supergroup"));
    JsonObject form =
        result(post("sendMessage", "chat_id=7&text=a+b", "application/x-www-form-urlencoded"));
    assertThat(stored(form).getString("message")).isEqualTo("a b");
    JsonObject query = result(post("sendMessage?chat_id=-5&text=a%20b", "", JSON));
    assertThat(query.getJsonObject("chat").getString("type")).isEqualTo("group");
    JsonObject both = result(post("sendMessage?chat_id=7", "{\"text\":\"x\"}", JSON));
    assertThat(both.getString("text")).isEqualTo("x");
    JsonObject got =
        result(gateway.send("GET", path(gateway.key(), "sendMessage?chat_id=7&text=by%20GET"), ""));
    assertThat(stored(got).getString("message")).isEqualTo("by GET");
  }

  @Test
  void aLookAtTheHeadSendsNothing() throws Exception {
    String path = path(gateway.key(), "sendMessage?chat_id=987654&text=head");
    assertThat(gateway.send("HEAD", path, "").status()).isEqualTo(405);
    assertThat(gateway.countTo("987654")).isZero();
  }

  @Test
  void librariesThatBeginWithTheBotItselfHearOfOne() throws Exception {
    JsonObject bot = result(post("getMe", "", JSON));
    assertThat(bot.getBoolean("is_bot")).isTrue();
    assertThat(bot.getString("username")).isEqualTo("signalbox_bot");
    Reply numbered = gateway.send("GET", path("4711:" + gateway.key(), "getMe"), "");
    assertThat(result(numbered).getLong("id")).isEqualTo(4711);
    assertError(gateway.send("GET", path("4711:wrong", "getMe"), ""), 401, "Unauthorized");
  }

  @Test
  void whatCannotBeDoneIsTold() throws Exception {
    assertError(send("{\"chat_id\":7}"), 400, "Bad Request: message text is empty");
    assertError(send("{\"text\":\"x\"}"), 400, "Bad Request: chat_id is empty");
    assertError(send("{\"chat_id\":\"@news\",\"text\":\"x\"}"), 400, "Bad Request: chat_id must");
    assertError(
        send("{\"chat_id\":7,\"text\":\"hi\",\"parse_mode\":\"HTML\"}"),
        400,
        "Bad Request: parse_mode cannot be carried");
    assertError(
        send("{\"chat_id\":7,\"text\":\"hi\",\"reply_markup\":{\"inline_keyboard\":[[{}]]}}"),
        400,
        "Bad Request: reply_markup cannot be carried");
    assertError(send("{\"chat_id\":7,\"text\":\"x\",\"colour\":1}"), 400, "Bad Request: colour is");
    assertError(
        send("{\"chat_id\":7,\"text\":\"" + "x".repeat(4_097) + "\"}"),
        400,
        "Bad Request: message is too long");
    assertError(
        post("sendMessage?text=a", "{\"chat_id\":7,\"text\":\"b\"}", JSON),
        400,
        "Bad Request: text must not stand");
    assertError(post("sendMessage", "{", JSON), 400, "Bad Request: the body is not JSON");
    assertError(post("sendPhoto", "{}", JSON), 404, "Not Found");
    assertError(
        gateway.send("PUT", path(gateway.key(), "sendMessage?chat_id=7&text=x"), ""),
        405,
        "Method Not Allowed");
    // What asks for nothing is no reason to refuse.
    result(send("{\"chat_id\":7,\"text\":\"x\",\"disable_notification\":false,\"entities\":[]}"));
  }

  @Test
  void whoComesTooOftenIsToldWhenToComeAgain(@TempDir Path other) throws Exception {
    try (DialectGateway slow =
        new DialectGateway(other, Map.of("security.rate_per_tenant", "0.01"))) {
      Reply reply = slow.send("POST", path(slow.key(), "sendMessage?chat_id=7&text=x"), "");
      assertError(reply, 429, "Too Many Requests: retry after ");
      assertThat(reply.json().getJsonObject("parameters").getInteger("retry_after")).isPositive();
      assertThat(reply.header("retry-after")).isNotEmpty();
    }
  }

  @Test
  void whatIsNotTakenNowIsNotLost(@TempDir Path other) throws Exception {
    try (DialectGateway full = new DialectGateway(other, Map.of())) {
      full.gateway().press(1);
      Reply reply = full.send("POST", path(full.key(), "sendMessage?chat_id=7&text=x"), "");
      assertError(reply, 503, "Service Unavailable");
    }
  }

  /** It stands in the path: no line of the log, no metric, no answer and no audit may have it. */
  @Test
  void theKeyIsWrittenNowhere() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Logger access = (Logger) LoggerFactory.getLogger("access");
    Level[] before = {root.getLevel(), access.getLevel()};
    List<String> lines = new CopyOnWriteArrayList<>();
    AppenderBase<ILoggingEvent> gathered = gathering(lines);
    gathered.start();
    root.addAppender(gathered);
    // The least that anybody can have told.
    root.setLevel(Level.DEBUG);
    access.setLevel(Level.INFO);
    String wrong = "sbx_plantedplant_" + "W".repeat(43);
    List<String> answers = new CopyOnWriteArrayList<>();
    try {
      for (String key : List.of(gateway.key(), wrong, "1:" + gateway.key())) {
        for (String method :
            List.of("sendMessage?chat_id=7&text=x", "sendMessage", "getMe", "nothing", "%zz")) {
          try {
            answers.add(gateway.send("POST", path(key, method), "").text());
            answers.add(gateway.send("DELETE", path(key, method), "").text());
          } catch (IllegalArgumentException notAUrl) {
            assertThat(method).isEqualTo("%zz");
          }
        }
      }
    } finally {
      root.setLevel(before[0]);
      access.setLevel(before[1]);
      root.detachAppender(gathered);
    }
    String secret = gateway.key().substring(gateway.key().lastIndexOf('_') + 1);
    assertThat(lines).isNotEmpty();
    String metrics = gateway.send("GET", "/metrics", "", "authorization", token()).text();
    String audit = gateway.send("GET", "/api/v1/audit", "", "authorization", token()).text();
    for (String told :
        List.of(String.join("\n", lines), String.join("\n", answers), metrics, audit)) {
      assertThat(told.contains(secret)).isFalse();
      assertThat(told.contains("WWWWWWWW")).isFalse();
    }
  }

  private static AppenderBase<ILoggingEvent> gathering(List<String> lines) {
    return new AppenderBase<>() {
      @Override
      protected void append(ILoggingEvent event) {
        lines.add(
            event.getFormattedMessage()
                + event.getKeyValuePairs()
                + (event.getThrowableProxy() == null
                    ? ""
                    : event.getThrowableProxy().getMessage()));
      }
    };
  }

  private static String token() {
    return "Bearer " + gateway.gateway().token(Role.ADMIN);
  }

  private static JsonObject result(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().getJsonObject("result");
  }

  private static void assertError(Reply reply, int status, String description) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.json().getBoolean("ok")).isFalse();
    assertThat(reply.json().getInteger("error_code")).isEqualTo(status);
    assertThat(reply.json().getString("description")).startsWith(description);
  }

  /** The notification that the ledger has under the number of a message. */
  private static JsonObject stored(JsonObject message) throws Exception {
    long key = DialectIds.keyOf(message.getLong("message_id")).orElseThrow();
    JsonArray all =
        gateway
            .send("GET", "/api/v1/notifications?limit=1000", "", "authorization", token())
            .json()
            .getJsonArray("notifications");
    for (int i = 0; i < all.size(); i++) {
      String id = all.getJsonObject(i).getString("id");
      if (NotificationId.parse(id).orElseThrow().key() == key) {
        return gateway.stored(id);
      }
    }
    throw new AssertionError("there is no notification of that number");
  }

  private static Reply send(String json) throws Exception {
    return post("sendMessage", json, JSON);
  }

  private static Reply post(String method, String body, String type) throws Exception {
    return gateway.send("POST", path(gateway.key(), method), body, "content-type", type);
  }

  private static String path(String token, String method) {
    return "/compat/telegram/bot" + token + "/" + method;
  }
}

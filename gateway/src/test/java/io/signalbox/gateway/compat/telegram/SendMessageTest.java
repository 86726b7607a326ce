package io.signalbox.gateway.compat.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.DialectField;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.compat.Requests;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendMessageTest {
  private static final Map<String, String> PATH = Map.of("token", "4711:sbx_key");
  private final SendMessage send = new SendMessage();

  @ParameterizedTest
  @ValueSource(strings = {"7", "\"7\"", "-1001234567890", "4503599627370495"})
  void aChatIsANumber(String chat) {
    AskedNotification asked =
        send.read(Requests.json(PATH, "{\"chat_id\":" + chat + ",\"text\":\"hi\"}"))
            .notifications()
            .get(0);
    assertThat(asked.notification())
        .isEqualTo(
            new JsonObject()
                .put("notification_type", "telegram")
                .put("channel", "telegram")
                .put("recipient_telegram_id", Long.valueOf(chat.replace("\"", "")))
                .put("message", "hi"));
    assertThat(asked.memo().account()).isEqualTo("4711");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"@news\"", "1.5", "true", "{}", "[7]", "12345678901234567"})
  void whatIsNoNumberIsNoChat(String chat) {
    assertThatThrownBy(
            () -> send.read(Requests.json(PATH, "{\"chat_id\":" + chat + ",\"text\":\"hi\"}")))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("chat_id must be the number of a chat");
  }

  @Test
  void eachRefusedFieldIsRefusedByItsName() {
    for (DialectField field : TelegramFields.ALL) {
      if (field.treatment() == DialectField.Treatment.REFUSED) {
        JsonObject body = new JsonObject().put("chat_id", 7).put("text", "hi");
        assertThatThrownBy(
                () -> send.read(Requests.json(PATH, body.put(field.name(), "x").encode())))
            .isInstanceOf(RefusedException.class)
            .hasMessageStartingWith(field.name() + " cannot be carried");
      }
    }
  }

  @Test
  void aTextHas4096CharactersWhateverTheyAre() {
    JsonObject body = new JsonObject().put("chat_id", 7).put("text", "\ud83d\ude00".repeat(4_096));
    assertThat(send.read(Requests.json(PATH, body.encode())).notifications()).hasSize(1);
    body.put("text", body.getString("text") + "x");
    assertThatThrownBy(() -> send.read(Requests.json(PATH, body.encode())))
        .hasMessage("text is too long");
  }

  @Test
  void theKeyStandsInThePathAndNowhereElse() {
    TelegramDialect dialect = new TelegramDialect();
    assertThat(dialect.credential(Requests.query(PATH))).contains("sbx_key");
    assertThat(dialect.credential(Requests.query(Map.of("token", "sbx_key")))).contains("sbx_key");
    assertThat(BotToken.of(Requests.query(PATH)).toString()).doesNotContain("sbx");
    assertThat(Requests.query(PATH).toString()).doesNotContain("sbx");
    assertThat(new GetMe().answer(Requests.query(PATH)).body().toString()).doesNotContain("sbx");
  }

  @ParameterizedTest
  @CsvSource({
    "400, 'Bad Request: why'",
    "401, 'Unauthorized: why'",
    "403, 'Forbidden: why'",
    "404, 'Not Found: why'",
    "405, 'Method Not Allowed: why'",
    "413, 'Request Entity Too Large: why'",
    "415, 'Bad Request: why'",
    "429, 'Too Many Requests: retry after 5 (why)'",
    "500, 'Internal Server Error: why'",
    "503, 'Service Unavailable: why'",
  })
  void refusalsAreTelegrams(int status, String description) {
    var answer = new TelegramDialect().refuse(new Refusal(status, "why", List.of(), 5));
    assertThat(answer.status()).isEqualTo(status);
    JsonObject body = answer.body().toJsonObject();
    assertThat(body.getBoolean("ok")).isFalse();
    assertThat(body.getInteger("error_code")).isEqualTo(status);
    assertThat(body.getString("description")).isEqualTo(description);
    assertThat(body.containsKey("parameters")).isEqualTo(status == 429);
  }
}

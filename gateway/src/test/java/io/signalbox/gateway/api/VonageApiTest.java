package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.compat.DialectIds;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vonage's two APIs over sockets, with the requests that its SDKs make. */
class VonageApiTest {
  private static final String SMS = "/compat/vonage/sms/json";
  private static final String MESSAGES = "/compat/vonage/v1/messages";
  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";

  /** As the SDK for Node sends it. */
  private static final String OF_NODE =
      "{\"to\":\"447700900000\",\"from\":\"AcmeInc\",\"text\":\"Hi & bye\",\"client-ref\":\"m1\","
          + "\"callback\":\"https://app.example.com/dlr\"}";

  /** As the SDK for Java sends it. */
  private static final String OF_JAVA = "from=AcmeInc&to=447700900000&type=text&text=Hi+%26+bye";

  private static final String MESSAGE =
      "{\"message_type\":\"text\",\"channel\":\"sms\",\"to\":\"447700900000\","
          + "\"from\":\"447700900001\",\"text\":\"Hi\",\"client_ref\":\"m1\","
          + "\"webhook_url\":\"https://app.example.com/status\",\"webhook_version\":\"v1\"}";

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
  void anSmsIsStored() throws Exception {
    JsonObject message = one(post(SMS, OF_NODE, JSON));
    assertThat(message.getString("status")).isEqualTo("0");
    assertThat(message.getString("to")).isEqualTo("447700900000");
    assertThat(message.getString("client-ref")).isEqualTo("m1");
    String id = id(message);
    JsonObject stored = gateway.stored(id);
    assertThat(stored.getString("channel")).isEqualTo("sms");
    assertThat(stored.getString("recipient_phone")).isEqualTo("+447700900000");
    assertThat(stored.getString("message")).isEqualTo("Hi & bye");
    JsonObject kept = gateway.timeline(id).getJsonObject("compat");
    assertThat(kept.getString("sender")).isEqualTo("AcmeInc");
    assertThat(kept.getString("callback_url")).isEqualTo("https://app.example.com/dlr");

    JsonObject form = one(post(SMS, OF_JAVA, FORM));
    assertThat(gateway.stored(id(form)).getString("message")).isEqualTo("Hi & bye");
    JsonObject brief = one(post(SMS, OF_JAVA + "&ttl=60000&status-report-req=false", FORM));
    assertThat(gateway.stored(id(brief)).getInteger("ttl_seconds")).isEqualTo(60);
  }

  @Test
  void theSecretMayStandInTheParameters() throws Exception {
    String secret = "api_key=abcd1234&api_secret=" + gateway.key();
    assertStatus(bare(SMS, OF_JAVA + "&" + secret, FORM), "0");
    assertStatus(bare(SMS + "?" + secret, OF_JAVA, FORM), "0");
    String json =
        OF_NODE.replace("}", ",\"api_key\":\"a\",\"api_secret\":\"" + gateway.key() + "\"}");
    assertStatus(bare(SMS, json, JSON), "0");
  }

  @Test
  void aWrongSecretIsToldAsEachApiDoes() throws Exception {
    assertStatus(bare(SMS, OF_JAVA, FORM), "4");
    assertStatus(bare(SMS, OF_JAVA + "&api_key=a&api_secret=b", FORM), "4");
    JsonObject signed =
        assertStatus(bare(SMS, OF_JAVA + "&api_key=a&timestamp=1&sig=0b", FORM), "14");
    assertThat(signed.getString("error-text")).contains("sig cannot be checked here");
    assertStatus(bare(SMS, "no form%zz", FORM), "6");

    String unauthorized = "https://developer.vonage.com/api-errors#unauthorized";
    assertProblem(bare(MESSAGES, MESSAGE, JSON), 401, unauthorized);
    String jwt = "e30." + base64("{\"application_id\":\"a\",\"iat\":1}") + ".c2ln";
    Reply application = gateway.send("POST", MESSAGES, MESSAGE, bearer(jwt));
    assertThat(assertProblem(application, 401, unauthorized).getString("detail"))
        .contains("only Vonage can check");
    assertProblem(gateway.send("POST", MESSAGES, MESSAGE, bearer("sbx_wrong")), 401, unauthorized);
    assertProblem(
        gateway.send("GET", "/compat/vonage/v2/x", "", bearer(gateway.key())),
        404,
        "https://developer.vonage.com/api-errors#not-found");
  }

  @Test
  void aParameterOfAnSmsThatCannotBeDoneIsNamed() throws Exception {
    JsonObject missing = assertStatus(post(SMS, "from=A&text=x", FORM), "2");
    assertThat(missing.getString("error-text")).isEqualTo("Missing to param");
    JsonObject number = assertStatus(post(SMS, "from=A&to=12&text=x", FORM), "3");
    assertThat(number.getString("error-text")).startsWith("Invalid to param");
    assertStatus(post(SMS, OF_JAVA + "&ttl=5", FORM), "3");
    assertStatus(post(SMS, OF_JAVA.replace("type=text", "type=binary"), FORM), "3");
    JsonObject flash = assertStatus(post(SMS, OF_JAVA + "&message-class=0", FORM), "3");
    assertThat(flash.getString("error-text")).contains("message-class");
    assertStatus(post(SMS, OF_JAVA + "&colour=red", FORM), "3");
    assertStatus(post(SMS, OF_NODE.replace("app.example.com", "10.0.0.1"), JSON), "23");
    assertStatus(post(SMS, OF_JAVA + "&client-ref=" + "x".repeat(70_000), FORM), "12");
  }

  @Test
  void aMessageIsStored() throws Exception {
    for (String[] headers : new String[][] {basic(gateway.key(), JSON), bearer(gateway.key())}) {
      Reply sent = gateway.send("POST", MESSAGES, MESSAGE, headers);
      assertThat(sent.status()).as(sent.text()).isEqualTo(202);
      assertThat(sent.json().fieldNames()).containsExactly("message_uuid");
      String id = sent.json().getString("message_uuid");
      assertThat(gateway.stored(id).getString("recipient_phone")).isEqualTo("+447700900000");
      assertThat(gateway.timeline(id).getJsonObject("compat").getString("callback_url"))
          .isEqualTo("https://app.example.com/status");
    }
    Reply whatsapp = post(MESSAGES, MESSAGE.replace("\"sms\"", "\"whatsapp\""), JSON);
    assertThat(gateway.stored(whatsapp.json().getString("message_uuid")).getString("channel"))
        .isEqualTo("whatsapp");
  }

  @Test
  void aFieldOfAMessageThatCannotBeDoneIsNamed() throws Exception {
    String invalid = "https://developer.vonage.com/api-errors/messages#1020";
    JsonObject number =
        assertProblem(post(MESSAGES, MESSAGE.replace("447700900000", "4"), JSON), 422, invalid);
    assertThat(number.getJsonArray("invalid_parameters").getJsonObject(0).getString("name"))
        .isEqualTo("to");
    assertProblem(post(MESSAGES, MESSAGE.replace("\"sms\"", "\"mms\""), JSON), 422, invalid);
    JsonObject nested =
        assertProblem(
            post(
                MESSAGES,
                MESSAGE.replace("\"text\":", "\"sms\":{\"pool_id\":\"p\"},\"text\":"),
                JSON),
            422,
            invalid);
    assertThat(nested.getString("detail")).startsWith("sms.pool_id ");
    assertProblem(post(MESSAGES, MESSAGE.replace("app.example.com", "[::1]"), JSON), 422, invalid);
    assertProblem(
        post(MESSAGES, MESSAGE.replace("\"text\":\"Hi\",", ""), JSON),
        422,
        "https://developer.vonage.com/api-errors/messages#1010");
    assertProblem(
        post(MESSAGES, "{", JSON), 400, "https://developer.vonage.com/api-errors#invalid-json");
  }

  @Test
  void whoComesTooOftenIsToldWhenToComeAgain(@TempDir Path other) throws Exception {
    try (DialectGateway slow =
        new DialectGateway(other, Map.of("security.rate_per_tenant", "0.01"))) {
      Reply sms = slow.send("POST", SMS, OF_JAVA, basic(slow.key(), FORM));
      assertThat(assertStatus(sms, "1").getString("error-text"))
          .matches("Throughput Rate Exceeded - please wait \\[ [1-9][0-9]*000 ] and retry");
      Reply message = slow.send("POST", MESSAGES, MESSAGE, basic(slow.key(), JSON));
      assertProblem(message, 429, "https://developer.vonage.com/api-errors/messages#1000");
      assertThat(message.header("retry-after")).isNotEmpty();
    }
  }

  @Test
  void whatIsNotTakenNowIsNotLost(@TempDir Path other) throws Exception {
    try (DialectGateway full = new DialectGateway(other, Map.of())) {
      full.gateway().press(1);
      assertStatus(full.send("POST", SMS, OF_JAVA, basic(full.key(), FORM)), "5");
      assertProblem(
          full.send("POST", MESSAGES, MESSAGE, basic(full.key(), JSON)),
          503,
          "https://developer.vonage.com/api-errors/messages#1030");
    }
  }

  private static JsonObject assertStatus(Reply reply, String status) {
    JsonObject message = one(reply);
    assertThat(message.getString("status")).as(reply.text()).isEqualTo(status);
    return message;
  }

  private static JsonObject one(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().getString("message-count")).isEqualTo("1");
    return reply.json().getJsonArray("messages").getJsonObject(0);
  }

  private static JsonObject assertProblem(Reply reply, int status, String type) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.json().getString("type")).as(reply.text()).isEqualTo(type);
    return reply.json();
  }

  private static Reply post(String path, String body, String type) throws Exception {
    return gateway.send("POST", path, body, basic(gateway.key(), type));
  }

  private static Reply bare(String path, String body, String type) throws Exception {
    return gateway.send("POST", path, body, "content-type", type);
  }

  private static String[] basic(String key, String type) {
    return new String[] {
      "authorization", "Basic " + base64("abcd1234:" + key), "content-type", type
    };
  }

  private static String[] bearer(String token) {
    return new String[] {"authorization", "Bearer " + token, "content-type", JSON};
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String id(JsonObject message) {
    return DialectIds.ofHex(message.getString("message-id")).orElseThrow().toString();
  }
}

package io.signalbox.simulator.vonage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.simulator.BasePluginTest;
import io.signalbox.simulator.Reply;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class VonageApiTest extends BasePluginTest {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  @Override
  protected String plugin() {
    return "vonage";
  }

  @Override
  protected String recipient() {
    return "447700900000";
  }

  @Override
  protected String reference() {
    return "a&1=x";
  }

  @Override
  protected int webhooksPerMessage() {
    return 1;
  }

  private JsonObject body(String recipient, String text) {
    return new JsonObject()
        .put("api_key", account.getString("api_key"))
        .put("api_secret", account.getString("api_secret"))
        .put("from", account.getString("from"))
        .put("to", recipient)
        .put("text", text)
        .put("client-ref", reference())
        .put("callback", catcher.url() + "?tenant=t1");
  }

  @Override
  protected Reply send(String recipient, String text, Duration timeout) throws Exception {
    return simulator.call("POST", url + "/sms/json", JSON, body(recipient, text).encode(), timeout);
  }

  private Reply post(JsonObject body) throws Exception {
    return simulator.call("POST", url + "/sms/json", JSON, body.encode());
  }

  private static String status(Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    return reply.json().getJsonArray("messages").getJsonObject(0).getString("status");
  }

  @Override
  protected boolean isAccepted(Reply reply) {
    return status(reply).equals("0");
  }

  @Override
  protected void assertInternalError(Reply reply) {
    assertThat(status(reply)).isEqualTo("5");
  }

  @Override
  protected void assertThrottled(Reply reply, int retryAfterSeconds) {
    assertThat(status(reply)).isEqualTo("1");
    assertThat(reply.json().getJsonArray("messages").getJsonObject(0).getString("error-text"))
        .isEqualTo(
            "Throughput Rate Exceeded - please wait [ "
                + 1000 * retryAfterSeconds
                + " ] and retry");
  }

  @Override
  protected void assertRecipientRefused(Reply reply) {
    assertThat(status(reply)).isEqualTo("7");
  }

  @Test
  void refusesWrongCredentials() throws Exception {
    assertThat(status(post(body(recipient(), "x").put("api_secret", "wrong")))).isEqualTo("4");
    assertThat(status(post(body(recipient(), "x").put("api_key", "wrong")))).isEqualTo("4");
    assertThat(status(post(body(recipient(), "x").put("sig", "00")))).isEqualTo("32");
    JsonObject unsigned = body(recipient(), "x").put("timestamp", "1").put("sig", "00");
    unsigned.remove("api_secret");
    assertThat(status(post(unsigned))).isEqualTo("14");
  }

  @Test
  void takesBasicCredentialsAndSignedForms() throws Exception {
    JsonObject body = body(recipient(), "x");
    body.remove("api_key");
    body.remove("api_secret");
    String pair = account.getString("api_key") + ":" + account.getString("api_secret");
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", "Authorization", basic);
    assertThat(status(simulator.call("POST", url + "/sms/json", headers, body.encode())))
        .isEqualTo("0");

    JsonObject signed =
        body.copy().put("api_key", account.getString("api_key")).put("timestamp", "1767225605");
    signed.put("sig", sig(signed));
    assertThat(status(post(signed))).isEqualTo("0");

    String form =
        "api_key="
            + account.getString("api_key")
            + "&api_secret="
            + account.getString("api_secret")
            + "&from=Acme&to=447700900000&text=Hi%20there";
    Map<String, String> type = Map.of("Content-Type", "application/x-www-form-urlencoded");
    assertThat(status(simulator.call("POST", url + "/sms/json", type, form))).isEqualTo("0");
  }

  @Test
  void refusesBadBodies() throws Exception {
    assertThat(status(simulator.call("POST", url + "/sms/json", JSON, "{"))).isEqualTo("6");
    assertThat(status(post(body("", "x")))).isEqualTo("2");
    assertThat(status(post(body(recipient(), "")))).isEqualTo("2");
    assertThat(status(post(body("+447700900000", "x")))).isEqualTo("3");
    assertThat(status(post(body("447700900010", "x")))).isEqualTo("0");
    assertThat(status(post(body("447700000001", "x")))).isEqualTo("3");
    assertThat(status(post(body(recipient(), "x").put("from", "twelve chars")))).isEqualTo("15");
    assertThat(status(post(body(recipient(), "x").put("client-ref", "x".repeat(41)))))
        .isEqualTo("3");
    assertThat(status(post(body(recipient(), "x").put("callback", "nowhere")))).isEqualTo("23");
    assertThat(status(post(body(recipient(), "x").put("ttl", 5)))).isEqualTo("3");
    assertThat(status(post(body(recipient(), "x".repeat(3201))))).isEqualTo("12");
  }

  @Test
  void sendsSignedReceiptOfEveryPart() throws Exception {
    JsonObject answer = send("x".repeat(300)).json();
    assertThat(answer.getString("message-count")).isEqualTo("2");
    List<JsonObject> receipts = awaitReceipts(2);
    assertThat(receipts)
        .extracting(receipt -> receipt.getString("messageId"))
        .containsExactlyInAnyOrder(
            answer.getJsonArray("messages").getJsonObject(0).getString("message-id"),
            answer.getJsonArray("messages").getJsonObject(1).getString("message-id"));
    for (JsonObject receipt : receipts) {
      assertThat(receipt.getString("status")).isEqualTo("delivered");
      assertThat(receipt.getString("err-code")).isEqualTo("0");
      assertThat(receipt.getString("msisdn")).isEqualTo(recipient());
      assertThat(receipt.getString("client-ref")).isEqualTo(reference());
      assertThat(receipt.getString("sig")).isEqualTo(sig(receipt));
    }
    assertThat(catcher.caught().get(0).uri()).isEqualTo("/webhooks/p?tenant=t1");
    assertThat(simulator.received("vonage")).hasSize(1);
  }

  @Test
  void tellsOfFailedMessages() throws Exception {
    send(recipient(), "x");
    send("447700000002", "x");
    JsonObject failed =
        awaitReceipts(2).stream()
            .filter(receipt -> receipt.getString("msisdn").equals("447700000002"))
            .findFirst()
            .orElseThrow();
    assertThat(failed.getString("status")).isEqualTo("failed");
    assertThat(failed.getString("err-code")).isEqualTo("3");
  }

  private List<JsonObject> awaitReceipts(int count) {
    await().atMost(Duration.ofSeconds(60)).until(() -> catcher.caught().size() == count);
    return catcher.caught().stream()
        .map(webhook -> new JsonObject(webhook.body()))
        .collect(Collectors.toList());
  }

  private String sig(JsonObject parameters) throws Exception {
    StringBuilder signed = new StringBuilder();
    for (String name : new TreeSet<>(parameters.fieldNames())) {
      if (!name.equals("sig")) {
        String value = parameters.getString(name).replaceAll("[&=]", "_");
        signed.append("&").append(name).append("=").append(value);
      }
    }
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = account.getString("signature_secret").getBytes(StandardCharsets.UTF_8);
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    byte[] hash = mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash);
  }
}

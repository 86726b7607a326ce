package io.signalbox.simulator.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.simulator.BasePluginTest;
import io.signalbox.simulator.Reply;
import io.signalbox.simulator.WebhookCatcher;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TwilioApiTest extends BasePluginTest {

  @Override
  protected String plugin() {
    return "twilio";
  }

  @Override
  protected String recipient() {
    return "+15558675310";
  }

  @Override
  protected String reference() {
    return "a-1";
  }

  @Override
  protected int webhooksPerMessage() {
    return 2;
  }

  private Map<String, String> form(String recipient, String text) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("To", recipient);
    form.put("From", account.getString("from"));
    form.put("Body", text);
    form.put("StatusCallback", catcher.url() + "?tenant=t1&x=a%20b&attempt=a-1#rc=2");
    return form;
  }

  @Override
  protected Reply send(String recipient, String text, Duration timeout) throws Exception {
    return post(form(recipient, text), account.getString("auth_token"), timeout);
  }

  private Reply post(Map<String, String> form) throws Exception {
    return post(form, account.getString("auth_token"), Duration.ofSeconds(30));
  }

  private Reply post(Map<String, String> form, String password, Duration timeout) throws Exception {
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    Map<String, String> headers =
        Map.of(
            "Authorization", basic(password), "Content-Type", "application/x-www-form-urlencoded");
    return simulator.call("POST", base() + ".json", headers, body, timeout);
  }

  private String base() {
    return url + "/2010-04-01/Accounts/" + account.getString("account_sid") + "/Messages";
  }

  private String basic(String password) {
    String pair = account.getString("account_sid") + ":" + password;
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  protected boolean isAccepted(Reply reply) {
    return reply.status() == 201
        && reply.json().getString("sid").matches("SM[0-9a-f]{32}")
        && reply.json().getString("status").equals("queued");
  }

  @Override
  protected void assertInternalError(Reply reply) {
    assertError(reply, 500, 20500);
  }

  @Override
  protected void assertThrottled(Reply reply, int retryAfterSeconds) {
    assertError(reply, 429, 20429);
    assertThat(reply.header("Retry-After")).isEqualTo(Integer.toString(retryAfterSeconds));
  }

  @Override
  protected void assertRecipientRefused(Reply reply) {
    assertError(reply, 400, 21211);
  }

  private static void assertError(Reply reply, int status, int code) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.json().getInteger("code")).isEqualTo(code);
    assertThat(reply.json().getInteger("status")).isEqualTo(status);
    assertThat(reply.json().getString("more_info"))
        .isEqualTo("https://www.twilio.com/docs/errors/" + code);
  }

  @Test
  void refusesWrongToken() throws Exception {
    assertError(post(form(recipient(), "x"), "wrong", Duration.ofSeconds(30)), 401, 20003);
  }

  @Test
  void refusesBadForms() throws Exception {
    assertError(post(with("To", "")), 400, 21604);
    assertError(post(with("To", "5551234567")), 400, 21211);
    assertError(post(with("To", "+15558670001")), 400, 21211);
    assertError(post(with("From", "")), 400, 21603);
    assertError(post(with("From", "Shop")), 400, 21212);
    assertError(post(with("From", "+15550001111")), 400, 21606);
    assertError(post(with("Body", "")), 400, 21602);
    assertError(post(with("Body", "x".repeat(1601))), 400, 21617);
    assertError(post(with("StatusCallback", "not a url")), 400, 21609);
    assertThat(simulator.received("twilio")).isEmpty();
  }

  private Map<String, String> with(String name, String value) {
    Map<String, String> form = form(recipient(), "x");
    form.put(name, value);
    return form;
  }

  @Test
  void answersTheWholeResource() throws Exception {
    Reply reply = send("x".repeat(200));
    assertThat(reply.json().fieldNames())
        .containsExactlyInAnyOrder(
            "account_sid",
            "api_version",
            "body",
            "date_created",
            "date_sent",
            "date_updated",
            "direction",
            "error_code",
            "error_message",
            "from",
            "messaging_service_sid",
            "num_media",
            "num_segments",
            "price",
            "price_unit",
            "sid",
            "status",
            "subresource_uris",
            "to",
            "uri");
    assertThat(reply.json().getString("num_segments")).isEqualTo("2");
    assertThat(reply.json().getString("date_created"))
        .matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d \\+0000");
  }

  @Test
  void sendsSignedCallbacksAndAnswersLookUps() throws Exception {
    String sid = send("good news").json().getString("sid");
    List<Map<String, String>> callbacks = awaitCallbacks(2);
    assertThat(callbacks)
        .extracting(callback -> callback.get("MessageStatus"))
        .containsExactly("sent", "delivered");
    for (WebhookCatcher.Caught webhook : catcher.caught()) {
      assertThat(webhook.uri()).isEqualTo("/webhooks/p?tenant=t1&x=a%20b&attempt=a-1");
      assertThat(signatureOf(webhook)).isEqualTo(webhook.header("X-Twilio-Signature"));
      assertThat(parsed(webhook.body()).get("MessageSid")).isEqualTo(sid);
    }
    Map<String, String> auth = Map.of("Authorization", basic(account.getString("auth_token")));
    Reply found = simulator.call("GET", base() + "/" + sid + ".json", auth, "");
    assertThat(found.json().getString("status")).isEqualTo("delivered");
    assertError(simulator.call("GET", base() + "/SMx.json", auth, ""), 404, 20404);
  }

  @Test
  void looksUpWhatSilenceHasHidden() throws Exception {
    simulator.set("twilio", new JsonObject().put("mode", "silent"));
    String uri = send("quiet").json().getString("uri");
    String pair = account.getString("account_sid") + ":" + account.getString("auth_token");
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    Map<String, String> auth = Map.of("Authorization", "Basic " + basic);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                simulator
                    .call("GET", url + uri, auth, "")
                    .json()
                    .getString("status")
                    .equals("delivered"));
    assertThat(catcher.caught()).isEmpty();
  }

  @Test
  void tellsOfUndeliveredMessages() throws Exception {
    send("+15558670002", "x");
    Map<String, String> last = awaitCallbacks(2).get(1);
    assertThat(last.get("MessageStatus")).isEqualTo("undelivered");
    assertThat(last.get("ErrorCode")).isEqualTo("30005");
  }

  private List<Map<String, String>> awaitCallbacks(int count) {
    await().atMost(Duration.ofSeconds(60)).until(() -> catcher.caught().size() == count);
    return catcher.caught().stream()
        .map(webhook -> parsed(webhook.body()))
        .collect(Collectors.toList());
  }

  private static Map<String, String> parsed(String form) {
    Map<String, String> parameters = new TreeMap<>();
    for (String pair : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      parameters.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return parameters;
  }

  private String signatureOf(WebhookCatcher.Caught webhook) throws Exception {
    StringBuilder signed = new StringBuilder("http://127.0.0.1:" + catcher.port() + webhook.uri());
    parsed(webhook.body()).forEach((name, value) -> signed.append(name).append(value));
    Mac mac = Mac.getInstance("HmacSHA1");
    byte[] key = account.getString("auth_token").getBytes(StandardCharsets.UTF_8);
    mac.init(new SecretKeySpec(key, "HmacSHA1"));
    byte[] hash = mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(hash);
  }
}

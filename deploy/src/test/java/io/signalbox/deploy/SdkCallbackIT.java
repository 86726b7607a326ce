package io.signalbox.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.deploy.HookReceiver.Hook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks in providers' formats are accepted by what the providers' own SDKs verify with. */
@Timeout(300)
class SdkCallbackIT {
  private static final String ACCOUNT = "AC00000000000000000000000000000000";

  @TempDir static Path data;
  private static SdkStand stand;
  private static SdkProcess node;
  private static SdkProcess java;
  private static HookReceiver hooks;

  @BeforeAll
  static void start() {
    node = SdkProcess.node(Map.of());
    java = SdkProcess.java();
    hooks = new HookReceiver();
    stand = new SdkStand(data, settings -> settings);
  }

  @AfterAll
  static void stop() {
    try (SdkStand last = stand;
        HookReceiver third = hooks;
        SdkProcess second = java;
        SdkProcess first = node) {
      assertThat(last).isNotNull();
      assertThat(third).isNotNull();
      assertThat(second).isNotNull();
      assertThat(first).isNotNull();
    }
  }

  @Test
  void twilioValidatesAStatusOfAMessageThatVonageDelivered() {
    stand.fail("twilio");
    JsonObject message =
        new JsonObject()
            .put("to", "+14155557001")
            .put("from", "+14155550000")
            .put("body", "Tell me")
            .put("statusCallback", hooks.url("/status"));
    JsonObject sent =
        node.call(
                "twilio.send",
                new JsonObject()
                    .put("url", stand.url("twilio"))
                    .put("key", stand.key())
                    .put("account", ACCOUNT)
                    .put("message", message))
            .value();
    stand.arrived("vonage", "14155557001");
    Hook hook = hooks.awaited("/status", "MessageStatus=delivered");
    JsonObject params = form(hook.body());
    assertThat(params.getString("MessageSid")).isEqualTo(sent.getString("sid"));
    JsonObject check =
        new JsonObject()
            .put("url", hooks.url("/status"))
            .put("params", params)
            .put("headers", hook.headers())
            .put("secret", stand.key());
    bothSay(true, "twilio.verify", check);
    params.put("MessageStatus", "failed");
    bothSay(false, "twilio.verify", check);
  }

  /** What the SDKs of Node and of Java return. */
  private static void bothSay(boolean expected, String what, JsonObject with) {
    assertThat(node.call(what, with).json().getValue("value")).as("Node").isEqualTo(expected);
    assertThat(java.call(what, with).json().getValue("value")).as("Java").isEqualTo(expected);
  }

  /** By both SDKs where MD5 signs; Java's knows nothing else. */
  @Test
  void vonageVerifiesReceiptsOfAMessageThatTwilioDelivered() {
    stand.fail("vonage");
    String secret = receipts("md5hash");
    String other = receipts("sha256");
    JsonObject message =
        new JsonObject().put("from", "14155550000").put("to", "14155557002").put("text", "Tell me");
    JsonObject sent = java.call("vonage.sms", message.mergeIn(vonage())).value();
    stand.arrived("twilio", "14155557002");
    Hook receipt = hooks.awaited("/md5hash", "14155557002", "\"delivered\"");
    assertThat(new JsonObject(receipt.body()).getString("messageId"))
        .isEqualTo(sent.getString("id"));
    JsonObject check = check(receipt, secret);
    bothSay(true, "vonage.verifyReceipt", check);
    check.put("body", receipt.body().replace("delivered", "failed"));
    bothSay(false, "vonage.verifyReceipt", check);

    Hook second = hooks.awaited("/sha256", "14155557002", "\"delivered\"");
    check = check(second, other).put("algorithm", "sha256hmac");
    assertThat(node.call("vonage.verifyReceipt", check).json().getBoolean("value")).isTrue();
    check.put("secret", secret);
    assertThat(node.call("vonage.verifyReceipt", check).json().getBoolean("value")).isFalse();
  }

  private static String receipts(String method) {
    JsonObject endpoint =
        new JsonObject()
            .put("url", hooks.url("/" + method))
            .put("format", "vonage")
            .put("signature_method", method);
    return stand
        .gateway()
        .admin()
        .post("/api/v1/callbacks", endpoint)
        .json(201)
        .getString("secret");
  }

  @Test
  void vonageVerifiesTheTokenOfAStatusThatTheMessageItselfAskedFor()
      throws NoSuchAlgorithmException {
    stand.fail("vonage");
    JsonObject message =
        new JsonObject()
            .put("message_type", "text")
            .put("channel", "sms")
            .put("to", "14155557003")
            .put("from", "14155550000")
            .put("text", "Tell me")
            .put("webhook_url", hooks.url("/statuses"));
    JsonObject sent = node.call("vonage.message", vonage().put("message", message)).value();
    stand.arrived("twilio", "14155557003");
    Hook hook = hooks.awaited("/statuses", "\"delivered\"");
    assertThat(sent.encode()).contains(new JsonObject(hook.body()).getString("message_uuid"));
    String token = hook.headers().getString("authorization").substring("Bearer ".length());
    JsonObject check = new JsonObject().put("token", token).put("secret", stand.key());
    bothSay(true, "vonage.verify", check);
    bothSay(false, "vonage.verify", check.copy().put("secret", "another secret"));
    String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(hook.body().getBytes(UTF_8));
    assertThat(new JsonObject(claims).getString("payload_hash"))
        .isEqualTo(HexFormat.of().formatHex(hash));
  }

  private static JsonObject vonage() {
    return new JsonObject().put("url", stand.url("vonage")).put("key", stand.key());
  }

  private static JsonObject form(String body) {
    JsonObject params = new JsonObject();
    for (String pair : body.split("&", -1)) {
      int at = pair.indexOf('=');
      params.put(decoded(pair.substring(0, at)), decoded(pair.substring(at + 1)));
    }
    return params;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  private static JsonObject endpoint(String format) {
    return stand
        .gateway()
        .admin()
        .post(
            "/api/v1/callbacks",
            new JsonObject().put("url", hooks.url("/" + format)).put("format", format))
        .json(201);
  }

  @Test
  void resendAndSendGridVerifyEventsOfAMailThatSesDelivered() {
    stand.fail("");
    JsonObject resend = endpoint("resend");
    JsonObject sendgrid = endpoint("sendgrid");
    JsonObject mail =
        new JsonObject()
            .put("from", "onboarding@resend.dev")
            .put("to", "told@resend.example")
            .put("subject", "Tell me")
            .put("text", "Hello");
    JsonObject sent =
        node.call(
                "resend.send",
                new JsonObject()
                    .put("url", stand.url("resend"))
                    .put("key", stand.key())
                    .put("message", mail))
            .value();
    String id = sent.getJsonObject("data").getString("id");
    Hook delivered = hooks.awaited("/resend", "email.delivered");
    JsonObject event =
        node.call("resend.verify", check(delivered, resend.getString("secret"))).value();
    assertThat(event.getJsonObject("data").getString("email_id")).isEqualTo(id);
    String other = "whsec_bm90IHRoZSBzZWNyZXQgb2YgdGhlIGVuZHBvaW50";
    assertThat(node.call("resend.verify", check(delivered, other)).error()).isNotNull();
    assertThat(java.call("resend.verify", check(delivered, resend.getString("secret"))).value())
        .isNotNull();
    assertThat(java.call("resend.verify", check(delivered, other)).error()).isNotNull();

    Hook events = hooks.awaited("/sendgrid", "\"delivered\"");
    assertThat(new JsonArray(events.body())).hasSize(1);
    JsonObject check = check(events, sendgrid.getString("public_key"));
    bothSay(true, "sendgrid.verify", check);
    check.put("body", events.body().replace("delivered", "bounce"));
    bothSay(false, "sendgrid.verify", check);
  }

  private static JsonObject check(Hook hook, String secret) {
    return new JsonObject()
        .put("body", hook.body())
        .put("headers", hook.headers())
        .put("secret", secret);
  }
}

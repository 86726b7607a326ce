package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.deploy.HookReceiver.Hook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks in providers' formats are accepted by what the providers' own SDKs verify with. */
@Timeout(120)
class SdkCallbackIT {
  private static final String ACCOUNT = "AC00000000000000000000000000000000";

  @TempDir static Path data;
  private static SdkStand stand;
  private static SdkProcess node;
  private static HookReceiver hooks;

  @BeforeAll
  static void start() {
    node = SdkProcess.node(Map.of());
    hooks = new HookReceiver();
    stand = new SdkStand(data, settings -> settings);
  }

  @AfterAll
  static void stop() {
    try (SdkStand last = stand;
        HookReceiver second = hooks;
        SdkProcess first = node) {
      assertThat(last).isNotNull();
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
    assertThat(node.call("twilio.verify", check).json().getBoolean("value")).isTrue();
    params.put("MessageStatus", "failed");
    assertThat(node.call("twilio.verify", check).json().getBoolean("value")).isFalse();
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
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
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

    Hook events = hooks.awaited("/sendgrid", "\"delivered\"");
    assertThat(new JsonArray(events.body())).hasSize(1);
    JsonObject check = check(events, sendgrid.getString("public_key"));
    assertThat(node.call("sendgrid.verify", check).json().getBoolean("value")).isTrue();
    check.put("body", events.body().replace("delivered", "bounce"));
    assertThat(node.call("sendgrid.verify", check).json().getBoolean("value")).isFalse();
  }

  private static JsonObject check(Hook hook, String secret) {
    return new JsonObject()
        .put("body", hook.body())
        .put("headers", hook.headers())
        .put("secret", secret);
  }
}

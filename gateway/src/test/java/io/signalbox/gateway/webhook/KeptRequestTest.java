package io.signalbox.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class KeptRequestTest {

  @Test
  void keepsWhatTellsWhatTheBodyIs() {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("Content-Type", "application/json")
            .add("svix-id", "msg_1")
            .add("X-Twilio-Email-Event-Webhook-Timestamp", "1700000000")
            .add("X-Hub-Signature-256", "sha256=00")
            .add("X-Amz-Sns-Message-Type", "Notification")
            .add("X-Unheard-Of", "something");

    assertThat(new JsonObject(KeptRequest.headers(headers)))
        .isEqualTo(
            new JsonObject()
                .put("content-type", "application/json")
                .put("svix-id", "msg_1")
                .put("x-twilio-email-event-webhook-timestamp", "1700000000")
                .put("x-hub-signature-256", "sha256=00")
                .put("x-amz-sns-message-type", "Notification"));
  }

  @Test
  void keepsNoHeaderThatASenderProvesItselfWith() {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("Authorization", "Basic c2VjcmV0")
            .add("Proxy-Authorization", "c2VjcmV0")
            .add("Cookie", "session-id=c2VjcmV0")
            .add("X-Telegram-Bot-Api-Secret-Token", "c2VjcmV0")
            .add("X-Api-Key-Id", "c2VjcmV0")
            .add("I-Twilio-Idempotency-Token", "c2VjcmV0");

    assertThat(KeptRequest.headers(headers)).isEqualTo("{}");
  }

  @Test
  void boundsWhatItKeeps() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < 500; i++) {
      headers.add("content-" + i, "x".repeat(50_000));
    }

    assertThat(KeptRequest.headers(headers).length()).isLessThan(60_000);
    assertThat(KeptRequest.url("https://a.example/" + "x".repeat(100_000)).length())
        .isLessThan(20_000);
  }

  @Test
  void blotsOutTheSecretsOfAUrl() {
    assertThat(KeptRequest.url("https://user:c2VjcmV0@a.example/webhooks/x?to=49&sig=0f"))
        .isEqualTo("https://***@a.example/webhooks/x?to=49&sig=0f");
    assertThat(
            KeptRequest.url("https://a.example/x?hub.verify_token=c2&hub.challenge=1&Password=c2"))
        .isEqualTo("https://a.example/x?hub.verify_token=***&hub.challenge=1&Password=***");
    assertThat(KeptRequest.url("https://a.example/x?text=a@b.example&api_secret=a$1b\\"))
        .isEqualTo("https://a.example/x?text=a@b.example&api_secret=***");
    assertThat(KeptRequest.url("https://a.example/x?empty=&flag"))
        .isEqualTo("https://a.example/x?empty=&flag");
  }
}

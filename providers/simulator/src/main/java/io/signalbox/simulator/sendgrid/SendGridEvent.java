package io.signalbox.simulator.sendgrid;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One event that waits for its time.
 *
 * @param kind what happened
 * @param email the recipient
 * @param messageId the id that the send call answered
 * @param number tells the events of one message apart
 * @param category as sent; null if none was
 * @param customArgs merged flat into the event
 */
record SendGridEvent(
    Kind kind,
    String email,
    String messageId,
    int number,
    @Nullable Object category,
    JsonObject customArgs) {

  enum Kind {
    PROCESSED("processed"),
    DELIVERED("delivered"),
    BOUNCED("bounce"),
    COMPLAINED("spamreport");

    private final String code;

    Kind(String code) {
      this.code = code;
    }
  }

  JsonObject toJson(long epochSeconds) {
    // The caller's values first: on a clash of names the provider's own field wins.
    JsonObject event =
        customArgs
            .copy()
            .put("email", email)
            .put("timestamp", epochSeconds)
            .put("smtp-id", "<" + messageId + "@geopod-ismtpd-0>")
            .put("event", kind.code)
            .put("sg_event_id", eventId())
            .put("sg_message_id", messageId + ".recvd-6c8b9d-1-65A1B2C3-9.0");
    if (category != null) {
      event.put("category", category);
    }
    switch (kind) {
      case PROCESSED -> event.put("send_at", 0);
      case DELIVERED ->
          event
              .put("response", "250 2.0.0 OK " + epochSeconds + " x1-20020a170902 - gsmtp")
              .put("ip", "168.245.0.1")
              .put("tls", 1);
      case BOUNCED ->
          event
              .put("reason", "550 5.1.1 The email account that you tried to reach does not exist.")
              .put("status", "5.1.1")
              .put("type", "bounce")
              .put("bounce_classification", "Invalid Address")
              .put("tls", 1)
              .put("ip", "168.245.0.1");
      case COMPLAINED -> {}
    }
    return event;
  }

  private String eventId() {
    String id = kind.code + "-0-" + number + "-" + messageId + "-0";
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "SendGridEvent[" + kind + "]";
  }
}

package io.signalbox.simulator.mailgun;

import io.vertx.core.json.JsonObject;

/** What can happen to a message. */
enum EventKind {
  ACCEPTED("accepted", "info"),
  DELIVERED("delivered", "info"),
  BOUNCED("failed", "error"),
  COMPLAINED("complained", "warn");

  private final String event;
  private final String logLevel;

  EventKind(String event, String logLevel) {
    this.event = event;
    this.logLevel = logLevel;
  }

  /** Mailgun's name of the event; both kinds of failures have the same. */
  String event() {
    return event;
  }

  /** Writes what this kind of event has of its own. */
  JsonObject describe(JsonObject event) {
    event.put("event", this.event).put("log-level", logLevel);
    switch (this) {
      case ACCEPTED -> event.put("method", "HTTP");
      case DELIVERED -> event.put("delivery-status", status(250, "OK").put("description", ""));
      case BOUNCED ->
          event
              .put("severity", "permanent")
              .put("reason", "bounce")
              .put(
                  "delivery-status",
                  status(550, "5.1.1 The email account that you tried to reach does not exist.")
                      .put("enhanced-code", "5.1.1")
                      .put("bounce-type", "hard"));
      case COMPLAINED -> {}
    }
    return event;
  }

  private static JsonObject status(int code, String message) {
    return new JsonObject()
        .put("tls", true)
        .put("mx-host", "mx.example.com")
        .put("code", code)
        .put("session-seconds", 0.4)
        .put("attempt-no", 1)
        .put("message", message);
  }
}

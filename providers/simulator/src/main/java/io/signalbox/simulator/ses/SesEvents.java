package io.signalbox.simulator.ses;

import io.signalbox.simulator.core.MailAddress;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.webhook.DueQueue;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/** Lets a mail's events happen and publishes each: one for the mail, then those of recipients. */
final class SesEvents {
  private static final long DELIVERY_MILLIS = 60;
  private static final int PROCESSING_MILLIS = 60;

  private record Due(SesMail mail, Kind kind, String recipient) {}

  private enum Kind {
    SEND,
    DELIVERY,
    BOUNCE,
    COMPLAINT
  }

  private final PluginState state;
  private final DueQueue<Due> waiting;

  SesEvents(PluginState state, Consumer<JsonObject> publish) {
    this.state = state;
    this.waiting = state.receiptQueue(due -> due.forEach(one -> publish.accept(event(one))));
  }

  void schedule(SesMail mail) {
    schedule(mail, Kind.SEND, "", 0);
    for (String recipient : mail.recipients()) {
      switch (MailAddress.fateOf(MailAddress.bare(recipient))) {
        case BOUNCED -> schedule(mail, Kind.BOUNCE, recipient, DELIVERY_MILLIS);
        case COMPLAINED -> {
          schedule(mail, Kind.DELIVERY, recipient, DELIVERY_MILLIS);
          schedule(mail, Kind.COMPLAINT, recipient, 2 * DELIVERY_MILLIS);
        }
        case DELIVERED, REFUSED -> schedule(mail, Kind.DELIVERY, recipient, DELIVERY_MILLIS);
      }
    }
  }

  void close() {
    waiting.close();
  }

  private void schedule(SesMail mail, Kind kind, String recipient, long extraMillis) {
    long delay = state.settings().receiptDelayMillis() + extraMillis;
    if (!waiting.add(delay, new Due(mail, kind, recipient))) {
      state.webhooks().countDropped();
    }
  }

  private JsonObject event(Due due) {
    String now = SnsTopic.time(state.clock().instant());
    return switch (due.kind) {
      case SEND -> due.mail.event("Send", "send", new JsonObject());
      case DELIVERY ->
          due.mail.event(
              "Delivery",
              "delivery",
              new JsonObject()
                  .put("timestamp", now)
                  .put("processingTimeMillis", PROCESSING_MILLIS)
                  .put("recipients", new JsonArray().add(due.recipient))
                  .put("smtpResponse", "250 2.6.0 Message received")
                  .put("reportingMTA", "mta.example.com"));
      case BOUNCE ->
          due.mail.event(
              "Bounce",
              "bounce",
              new JsonObject()
                  .put("bounceType", "Permanent")
                  .put("bounceSubType", "General")
                  .put("bouncedRecipients", new JsonArray().add(bounced(due.recipient)))
                  .put("timestamp", now)
                  .put("feedbackId", feedbackId())
                  .put("reportingMTA", "dsn; mta.example.com"));
      case COMPLAINT ->
          due.mail.event(
              "Complaint",
              "complaint",
              new JsonObject()
                  .put(
                      "complainedRecipients",
                      new JsonArray().add(new JsonObject().put("emailAddress", due.recipient)))
                  .put("timestamp", now)
                  .put("feedbackId", feedbackId())
                  .put("complaintSubType", (Object) null)
                  .put("complaintFeedbackType", "abuse")
                  .put("arrivalDate", now));
    };
  }

  private String feedbackId() {
    return "0100" + state.ids().hex(12) + "-" + state.ids().uuid() + "-000000";
  }

  private static JsonObject bounced(String recipient) {
    return new JsonObject()
        .put("emailAddress", recipient)
        .put("action", "failed")
        .put("status", "5.1.1")
        .put("diagnosticCode", "smtp; 550 5.1.1 user unknown");
  }
}

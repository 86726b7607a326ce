package io.signalbox.simulator.postmark;

import io.signalbox.simulator.core.MailAddress;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RecentMessages;
import io.signalbox.simulator.core.WebUrl;
import io.signalbox.simulator.webhook.DueQueue;
import io.signalbox.simulator.webhook.WebhookCall;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Lets an e-mail's events happen, and posts each with the credentials of the webhook. */
final class PostmarkEvents {
  private static final long COMPLAINT_MILLIS = 60;
  private static final int KEPT_BOUNCES = 20_000;
  private static final long FIRST_BOUNCE = 900_000_000;
  private static final String ACCEPTED = "smtp;250 2.0.0 OK";
  private static final String NO_SUCH_USER = "smtp;550 5.1.1 user unknown";

  /** What can happen to an e-mail. */
  private enum Kind {
    DELIVERY,
    BOUNCE,
    COMPLAINT
  }

  private record Due(PostmarkEmail email, String recipient, Kind kind, boolean posted) {}

  private final PluginState state;
  private final Map<String, String> headers;
  private final DueQueue<Due> waiting;
  private final RecentMessages<JsonObject> bounces = new RecentMessages<>(KEPT_BOUNCES);
  private long lastBounce = FIRST_BOUNCE;

  PostmarkEvents(PluginState state, String webhookCredentials) {
    this.state = state;
    byte[] pair = webhookCredentials.getBytes(StandardCharsets.UTF_8);
    this.headers =
        Map.of(
            "Content-Type",
            "application/json",
            "User-Agent",
            "Postmark",
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair));
    this.waiting = state.receiptQueue(due -> due.forEach(this::happen));
  }

  /** Lets the e-mail's events happen; posts them if told so. */
  void schedule(PostmarkEmail email, boolean posted) {
    for (String recipient : email.recipients()) {
      switch (MailAddress.fateOf(recipient)) {
        case BOUNCED -> schedule(new Due(email, recipient, Kind.BOUNCE, posted), 0);
        case COMPLAINED -> {
          schedule(new Due(email, recipient, Kind.DELIVERY, posted), 0);
          schedule(new Due(email, recipient, Kind.COMPLAINT, posted), COMPLAINT_MILLIS);
        }
        case DELIVERED, REFUSED -> schedule(new Due(email, recipient, Kind.DELIVERY, posted), 0);
      }
    }
  }

  /** The bounce or complaint of that id, if it is still known. */
  Optional<JsonObject> bounce(String id) {
    return bounces.find(id);
  }

  void close() {
    waiting.close();
  }

  private void schedule(Due due, long extraMillis) {
    boolean added = waiting.add(state.settings().receiptDelayMillis() + extraMillis, due);
    if (!added && due.posted) {
      state.webhooks().countDropped();
    }
  }

  private void happen(Due due) {
    Instant now = state.clock().instant();
    JsonObject webhook =
        switch (due.kind) {
          case DELIVERY -> delivered(due, now);
          case BOUNCE -> bounced(due, now);
          case COMPLAINT -> complained(due, now);
        };
    String url = state.settings().webhookUrl();
    if (due.posted && url != null) {
      WebUrl.parse(url)
          .ifPresent(
              uri -> state.webhooks().send(new WebhookCall(uri, headers, webhook.toBuffer())));
    }
  }

  private static JsonObject delivered(Due due, Instant now) {
    JsonObject details =
        new JsonObject()
            .put("DeliveryMessage", ACCEPTED)
            .put("DestinationServer", "mx.example.com")
            .put("DestinationIP", "192.0.2.1");
    due.email.happened("Delivered", due.recipient, now, details);
    return due.email
        .webhook("Delivery")
        .put("Recipient", due.recipient)
        .put("DeliveredAt", PostmarkTime.of(now))
        .put("Details", ACCEPTED);
  }

  private JsonObject bounced(Due due, Instant now) {
    JsonObject bounce =
        bounce(due, now)
            .put("RecordType", "Bounce")
            .put("Type", "HardBounce")
            .put("TypeCode", 1)
            .put("Name", "Hard bounce")
            .put(
                "Description",
                "The server was unable to deliver your message (ex: unknown user, mailbox not"
                    + " found).")
            .put("Details", NO_SUCH_USER)
            .put("CanActivate", true);
    JsonObject details =
        new JsonObject()
            .put("Summary", NO_SUCH_USER)
            .put("BounceID", String.valueOf(bounce.getValue("ID")));
    due.email.happened("Bounced", due.recipient, now, details);
    return bounce;
  }

  private JsonObject complained(Due due, Instant now) {
    return bounce(due, now)
        .put("RecordType", "SpamComplaint")
        .put("Type", "SpamComplaint")
        .put("TypeCode", 100_001)
        .put("Name", "Spam complaint")
        .put("Description", "The subscriber explicitly marked this message as spam.")
        .put("Details", "")
        .put("CanActivate", false);
  }

  /** What bounces and complaints have in common: both are kept under their id. */
  private JsonObject bounce(Due due, Instant now) {
    long id = ++lastBounce;
    JsonObject bounce =
        due.email
            .webhook("Bounce")
            .put("ID", id)
            .put("Email", due.recipient)
            .put("From", MailAddress.bare(due.email.from()))
            .put("BouncedAt", PostmarkTime.of(now))
            .put("DumpAvailable", false)
            .put("Inactive", true)
            .put("Subject", due.email.subject())
            .put("Content", "");
    bounces.put(Long.toString(id), bounce);
    return bounce;
  }
}

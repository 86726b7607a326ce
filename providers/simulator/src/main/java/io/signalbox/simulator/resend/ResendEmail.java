package io.signalbox.simulator.resend;

import io.signalbox.simulator.core.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An e-mail that was taken, with the last event that happened to it. */
final class ResendEmail {
  private final String id;
  private final String createdAt;
  private final String from;
  private final List<String> to;
  private final @Nullable String subject;
  private final JsonObject tags;
  private String lastEvent = "queued";

  ResendEmail(String id, String createdAt, JsonObject email) {
    this.id = id;
    this.createdAt = createdAt;
    this.from = email.getString("from");
    this.to = EmailCheck.addresses(email, "to");
    this.subject = Fields.text(email, "subject");
    this.tags = new JsonObject();
    for (Object value : Fields.array(email, "tags")) {
      JsonObject tag = (JsonObject) value;
      tags.put(tag.getString("name"), tag.getString("value"));
    }
  }

  String id() {
    return id;
  }

  List<String> to() {
    return to;
  }

  @Nullable String subject() {
    return subject;
  }

  @Nullable String tag(String name) {
    return tags.getString(name);
  }

  /** The webhook's data of an event, which becomes the last one. */
  JsonObject happens(String event) {
    lastEvent = event;
    JsonObject data =
        new JsonObject()
            .put("created_at", createdAt)
            .put("email_id", id)
            .put("from", from)
            .put("to", new JsonArray(to))
            .put("subject", subject)
            .put("tags", tags);
    if (event.equals("bounced")) {
      data.put(
          "bounce",
          new JsonObject()
              .put("diagnosticCode", new JsonArray().add("smtp; 550 5.1.1 user unknown"))
              .put("message", "The recipient's email provider sent a hard bounce message.")
              .put("subType", "General")
              .put("type", "Permanent"));
    }
    return data;
  }

  /** The answer to a look-up. */
  JsonObject toJson() {
    JsonArray list = new JsonArray();
    tags.forEach(
        tag -> list.add(new JsonObject().put("name", tag.getKey()).put("value", tag.getValue())));
    return toListItem().put("object", "email").put("tags", list);
  }

  /** Its place in a list, which shows no tags. */
  JsonObject toListItem() {
    return new JsonObject()
        .put("id", id)
        .put("to", new JsonArray(to))
        .put("from", from)
        .put("created_at", createdAt)
        .put("subject", subject)
        .put("last_event", lastEvent);
  }

  @Override
  public String toString() {
    return "ResendEmail[" + id + ", " + lastEvent + "]";
  }
}

package io.signalbox.simulator.ses;

import io.signalbox.simulator.core.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mail that was taken, as the events of it tell. */
final class SesMail {
  private final String id;
  private final List<String> recipients;
  private final String subject;
  private final String text;
  private final JsonObject tags;
  private final JsonObject json;

  SesMail(String id, String time, String accountNumber, JsonObject body) {
    this.id = id;
    this.recipients = SendEmailCheck.recipients(body);
    JsonObject simple = Fields.object(Fields.object(body, "Content"), "Simple");
    String given = Fields.text(Fields.object(simple, "Subject"), "Data");
    this.subject = given == null ? "" : given;
    this.text = text(Fields.object(simple, "Body"));
    this.tags =
        new JsonObject()
            .put("ses:configuration-set", new JsonArray().add(SesAccount.CONFIGURATION_SET));
    for (Object value : Fields.array(body, "EmailTags")) {
      JsonObject tag = (JsonObject) value;
      tags.put(tag.getString("Name"), new JsonArray().add(tag.getString("Value")));
    }
    String from = body.getString("FromEmailAddress");
    JsonObject commonHeaders =
        new JsonObject()
            .put("from", new JsonArray().add(from))
            .put("to", new JsonArray(recipients))
            .put("messageId", id)
            .put("subject", subject);
    this.json =
        new JsonObject()
            .put("timestamp", time)
            .put("source", from)
            .put("sendingAccountId", accountNumber)
            .put("messageId", id)
            .put("destination", new JsonArray(recipients))
            .put("headersTruncated", false)
            .put("headers", new JsonArray())
            .put("commonHeaders", commonHeaders)
            .put("tags", tags);
  }

  String id() {
    return id;
  }

  List<String> recipients() {
    return recipients;
  }

  /** Subject, line feed and first content. */
  String content() {
    return subject + "\n" + text;
  }

  /** The value of a tag, or null. */
  @Nullable String tag(String name) {
    JsonArray values = tags.getJsonArray(name);
    return values == null ? null : values.getString(0);
  }

  /** The event that concerns this mail, with its own details in a field of their own. */
  JsonObject event(String type, String field, JsonObject detail) {
    return new JsonObject().put("eventType", type).put("mail", json).put(field, detail);
  }

  private static String text(JsonObject body) {
    String plain = Fields.text(Fields.object(body, "Text"), "Data");
    String html = Fields.text(Fields.object(body, "Html"), "Data");
    return plain != null ? plain : html != null ? html : "";
  }

  @Override
  public String toString() {
    return "SesMail[" + id + "]";
  }
}

package io.signalbox.simulator.postmark;

import io.signalbox.simulator.core.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An e-mail that was taken, with all that has happened to it. */
final class PostmarkEmail {
  /** Of those that name none. */
  static final String DEFAULT_STREAM = "outbound";

  private final String id;
  private final Instant receivedAt;
  private final JsonObject email;
  private final List<String> recipients;
  private final JsonArray events = new JsonArray();
  private String status = "Queued";

  PostmarkEmail(String id, Instant receivedAt, JsonObject email) {
    this.id = id;
    this.receivedAt = receivedAt;
    this.email = email;
    this.recipients = EmailCheck.recipients(email);
  }

  String id() {
    return id;
  }

  List<String> recipients() {
    return recipients;
  }

  /** One value of the metadata, found as Postmark does, without regard to case. */
  @Nullable String metadata(String name) {
    JsonObject metadata = Fields.object(email, "Metadata");
    return metadata.fieldNames().stream()
        .filter(name::equalsIgnoreCase)
        .map(field -> Fields.text(metadata, field))
        .findFirst()
        .orElse(null);
  }

  @Nullable String tag() {
    return Fields.text(email, "Tag");
  }

  String text() {
    String text = Fields.filled(email, "TextBody");
    return subject() + "\n" + (text == null ? Fields.text(email, "HtmlBody") : text);
  }

  /** Adds an event to the details. */
  void happened(String type, String recipient, Instant at, JsonObject details) {
    status = "Sent";
    events.add(
        new JsonObject()
            .put("Recipient", recipient)
            .put("Type", type)
            .put("ReceivedAt", PostmarkTime.of(at))
            .put("Details", details));
  }

  /** What every webhook about it has in common. */
  JsonObject webhook(String recordType) {
    return new JsonObject()
        .put("RecordType", recordType)
        .put("MessageID", id)
        .put("ServerID", 23)
        .put("MessageStream", stream())
        .put("Tag", tag())
        .put("Metadata", Fields.object(email, "Metadata"));
  }

  String from() {
    return String.valueOf(Fields.text(email, "From"));
  }

  String subject() {
    String subject = Fields.text(email, "Subject");
    return subject == null ? "" : subject;
  }

  /** Its place in a search. */
  JsonObject toListItem() {
    JsonArray to = new JsonArray();
    recipients.forEach(address -> to.add(new JsonObject().put("Email", address).putNull("Name")));
    return new JsonObject()
        .put("Tag", tag())
        .put("MessageID", id)
        .put("MessageStream", stream())
        .put("To", to)
        .put("Cc", new JsonArray())
        .put("Bcc", new JsonArray())
        .put("Recipients", new JsonArray(recipients))
        .put("ReceivedAt", PostmarkTime.of(receivedAt))
        .put("From", from())
        .put("Subject", subject())
        .put("Attachments", new JsonArray())
        .put("Status", status)
        .put("TrackOpens", false)
        .put("TrackLinks", "None")
        .put("Metadata", Fields.object(email, "Metadata"))
        .put("Sandboxed", false);
  }

  /** The answer to a look-up. */
  JsonObject toDetails() {
    return toListItem()
        .put("TextBody", Fields.text(email, "TextBody"))
        .put("HtmlBody", Fields.text(email, "HtmlBody"))
        .put("Body", "")
        .put("MessageEvents", events);
  }

  String stream() {
    String stream = Fields.text(email, "MessageStream");
    return stream == null ? DEFAULT_STREAM : stream;
  }

  @Override
  public String toString() {
    return "PostmarkEmail[" + id + ", " + status + "]";
  }
}

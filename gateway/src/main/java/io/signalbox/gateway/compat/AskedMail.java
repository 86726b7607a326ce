package io.signalbox.gateway.compat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What dialects of mail ask for, one recipient after the other. Used on one thread. */
public final class AskedMail {
  private final JsonObject json;
  private final Map<String, String> fields = new HashMap<>();

  /**
   * Makes an empty mail.
   *
   * @param dialect its name, which is the type of its notifications too
   */
  public AskedMail(String dialect) {
    this.json = new JsonObject().put("notification_type", dialect).put("channel", "email");
  }

  /** Says who sends it; null for whoever the provider that delivers has. */
  public AskedMail from(String field, @Nullable MailAddress sender) {
    return put("from_email", field, sender == null ? null : sender.address())
        .put("from_name", field, sender == null ? null : sender.name());
  }

  /** Says where answers go, to each address once; empty for to the sender. */
  public AskedMail replyTo(String field, List<MailAddress> addresses) {
    return put(
        "reply_to",
        field,
        addresses.isEmpty()
            ? null
            : new JsonArray(
                MailAddress.distinct(addresses).stream().map(AskedMail::answering).toList()));
  }

  private static Object answering(MailAddress address) {
    return address.name() == null
        ? address.address()
        : new JsonObject().put("email", address.address()).put("name", address.name());
  }

  /** Gives the subject. */
  public AskedMail subject(String field, @Nullable String value) {
    return put("title", field, value);
  }

  /** Gives the plain text; an empty one is none. */
  public AskedMail text(String field, @Nullable String value) {
    return put("message", field, value == null || value.isEmpty() ? null : value);
  }

  /** Gives the HTML; an empty one is none. */
  public AskedMail html(String field, @Nullable String value) {
    return put("html", field, value == null || value.isEmpty() ? null : value);
  }

  /** Gives the name of a template of the gateway. */
  public AskedMail template(String field, @Nullable String value) {
    return put("template", field, value);
  }

  /** Gives what the template is filled in with. */
  public AskedMail data(String field, @Nullable JsonObject value) {
    return put("data", field, value);
  }

  /** Says when it is to be sent; null for now. */
  public AskedMail sendAt(String field, @Nullable Instant value) {
    return put("send_at", field, value == null ? null : value.toString());
  }

  /**
   * The notification for a recipient.
   *
   * @param field what the dialect calls the recipient
   * @param withPrevious whether it is a further recipient of the same message
   */
  public AskedNotification to(
      MailAddress recipient, String field, DialectMemo memo, boolean withPrevious) {
    Map<String, String> names = new HashMap<>(fields);
    names.put("/recipient_email", field);
    // What is nested stays one for all recipients: it is only read.
    Map<String, Object> members = new LinkedHashMap<>(json.getMap());
    members.put("recipient_email", recipient.address());
    return new AskedNotification(
        new JsonObject(members),
        recipient.name() == null ? memo : memo.to(recipient.text()),
        names,
        withPrevious,
        null);
  }

  private AskedMail put(String name, String field, @Nullable Object value) {
    fields.put('/' + name, field);
    if (value != null) {
      json.put(name, value);
    }
    return this;
  }
}

package io.signalbox.simulator.mailgun;

import io.signalbox.simulator.core.MailAddress;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A message that was taken.
 *
 * @param id without angle brackets
 * @param variables the values of the {@code v:} fields
 */
record MailgunMessage(
    String id,
    String from,
    String to,
    String subject,
    JsonArray tags,
    JsonObject variables,
    boolean testMode,
    int size) {

  static MailgunMessage of(String id, SendForm form, int size) {
    JsonObject variables = new JsonObject();
    form.names("v:").forEach(name -> variables.put(name, form.value("v:" + name)));
    return new MailgunMessage(
        id,
        form.value("from"),
        String.join(", ", form.values("to")),
        form.value("subject"),
        new JsonArray(form.values("o:tag")),
        variables,
        form.value("o:testmode").equals("yes"),
        size);
  }

  /** What every event about one of its recipients has in common. */
  JsonObject eventFor(String recipient, String domain) {
    JsonObject headers =
        new JsonObject()
            .put("to", to)
            .put("message-id", id)
            .put("from", from)
            .put("subject", subject);
    return new JsonObject()
        .put("recipient", recipient)
        .put("recipient-domain", recipient.substring(recipient.indexOf('@') + 1))
        .put("tags", tags)
        .put("campaigns", new JsonArray())
        .put("user-variables", variables)
        .put(
            "flags",
            new JsonObject()
                .put("is-routed", false)
                .put("is-authenticated", true)
                .put("is-system-test", false)
                .put("is-test-mode", testMode))
        .put(
            "message",
            new JsonObject()
                .put("headers", headers)
                .put("attachments", new JsonArray())
                .put("size", size))
        .put("domain", new JsonObject().put("name", domain))
        .put(
            "envelope",
            new JsonObject()
                .put("transport", "smtp")
                .put("sender", MailAddress.bare(from))
                .put("targets", recipient));
  }

  @Override
  public String toString() {
    return "MailgunMessage[" + id + "]";
  }
}

package io.signalbox.simulator.sendgrid;

import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.MailAddress;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds everything that SendGrid would refuse in the body of a mail send call. */
final class MailSendCheck {
  private static final int MAX_PERSONALIZATIONS = 1000;
  private static final int MAX_RECIPIENTS = 1000;
  private static final int MAX_CUSTOM_ARGS_BYTES = 10_000;
  private static final long MAX_AHEAD_SECONDS = 72 * 3600;
  private static final String BAD_ADDRESS = "Does not contain a valid address.";

  private final JsonObject body;
  private final boolean refuseRecipients;
  private final long epochSeconds;
  private final List<JsonObject> errors = new ArrayList<>();
  private int recipients;

  private MailSendCheck(JsonObject body, boolean refuseRecipients, long epochSeconds) {
    this.body = body;
    this.refuseRecipients = refuseRecipients;
    this.epochSeconds = epochSeconds;
  }

  /** The errors; empty for a good body. */
  static List<JsonObject> of(JsonObject body, boolean refuseRecipients, long epochSeconds) {
    MailSendCheck check = new MailSendCheck(body, refuseRecipients, epochSeconds);
    check.personalizations();
    check.sender();
    check.content();
    check.customArgs(body, "custom_args");
    check.sendAt(body, "send_at");
    return check.errors;
  }

  private void personalizations() {
    JsonArray all = Fields.array(body, "personalizations");
    if (all.isEmpty()) {
      error(
          "The personalizations field is required and must have at least one personalization.",
          "personalizations");
    }
    if (all.size() > MAX_PERSONALIZATIONS) {
      error("There is a limit of 1000 personalizations.", "personalizations");
      return;
    }
    for (int i = 0; i < all.size(); i++) {
      String field = "personalizations." + i;
      if (all.getValue(i) instanceof JsonObject one) {
        personalization(one, field);
      } else {
        error("Must be an object.", field);
      }
    }
    if (recipients > MAX_RECIPIENTS) {
      error("There is a limit of 1000 recipients in total.", "personalizations");
    }
  }

  private void personalization(JsonObject one, String field) {
    Set<String> seen = new HashSet<>();
    if (Fields.array(one, "to").isEmpty()) {
      error("The to array is required and must have at least one recipient.", field + ".to");
    }
    for (String kind : List.of("to", "cc", "bcc")) {
      JsonArray addresses = Fields.array(one, kind);
      for (int i = 0; i < addresses.size(); i++) {
        recipients++;
        recipient(addresses.getValue(i), field + "." + kind + "." + i + ".email", seen);
      }
    }
    if (Fields.filled(body, "subject") == null
        && Fields.filled(one, "subject") == null
        && Fields.filled(body, "template_id") == null) {
      error("The subject is required.", "subject");
    }
    customArgs(one, field + ".custom_args");
    sendAt(one, field + ".send_at");
  }

  private void recipient(Object value, String field, Set<String> seen) {
    String email = value instanceof JsonObject object ? Fields.filled(object, "email") : null;
    if (email == null
        || !MailAddress.isValid(email)
        || refuseRecipients
        || MailAddress.fateOf(email) == MailAddress.Fate.REFUSED) {
      error(BAD_ADDRESS, field);
    } else if (!seen.add(email.toLowerCase(Locale.ROOT))) {
      error("Each address of a personalization must be unique.", field);
    }
  }

  private void sender() {
    String from = Fields.filled(Fields.object(body, "from"), "email");
    if (from == null) {
      error("The from object must be provided for every email send.", "from.email");
    } else if (!MailAddress.isValid(from)) {
      error(BAD_ADDRESS, "from.email");
    }
    if (body.containsKey("reply_to")) {
      replyTo(body.getValue("reply_to"), "reply_to.email");
    }
    JsonArray list = Fields.array(body, "reply_to_list");
    for (int i = 0; i < list.size(); i++) {
      replyTo(list.getValue(i), "reply_to_list." + i + ".email");
    }
    if (body.containsKey("reply_to") && !list.isEmpty()) {
      error("Only one of reply_to and reply_to_list may be there.", "reply_to");
    }
  }

  private void replyTo(Object value, String field) {
    String email = value instanceof JsonObject object ? Fields.filled(object, "email") : null;
    if (email == null || !MailAddress.isValid(email)) {
      error(BAD_ADDRESS, field);
    }
  }

  private void content() {
    JsonArray parts = Fields.array(body, "content");
    if (parts.isEmpty() && Fields.filled(body, "template_id") == null) {
      error("The content is required unless a template gives it.", "content");
    }
    for (int i = 0; i < parts.size(); i++) {
      JsonObject part = parts.getValue(i) instanceof JsonObject object ? object : new JsonObject();
      if (Fields.filled(part, "type") == null) {
        error("The content type is required.", "content." + i + ".type");
      }
      if (Fields.filled(part, "value") == null) {
        error(
            "The content value must be a string of at least one character.",
            "content." + i + ".value");
      }
    }
  }

  private void customArgs(JsonObject holder, String field) {
    JsonObject args = Fields.object(holder, "custom_args");
    if (args.isEmpty()) {
      return;
    }
    for (String name : args.fieldNames()) {
      if (!(args.getValue(name) instanceof String)) {
        error("Must be a string.", field + "." + name);
      }
    }
    if (args.encode().getBytes(StandardCharsets.UTF_8).length > MAX_CUSTOM_ARGS_BYTES) {
      error("Must be at most 10,000 bytes.", field);
    }
  }

  private void sendAt(JsonObject holder, String field) {
    Object value = holder.getValue("send_at");
    if (value == null) {
      return;
    }
    boolean whole = value instanceof Integer || value instanceof Long;
    if (!whole || ((Number) value).longValue() > epochSeconds + MAX_AHEAD_SECONDS) {
      error("Must be a unix timestamp at most 72 hours ahead.", field);
    }
  }

  private void error(String message, String field) {
    errors.add(SendGridErrors.entry(message, field));
  }
}

package io.signalbox.simulator.messageapi;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.MailAddress;
import io.signalbox.simulator.core.PhoneNumber;
import io.signalbox.simulator.core.WebUrl;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of a send, and what the API refuses in it. */
final class IncomingMessage {
  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{1,20}");
  private static final int MAX_TEXT = 4096;
  private static final int MAX_REFERENCE = 64;

  private final JsonObject body;

  IncomingMessage(JsonObject body) {
    this.body = body;
  }

  String recipient() {
    String to = Fields.text(body, "to");
    return to == null ? "" : to;
  }

  String text() {
    String text = Fields.text(body, "text");
    return text == null ? "" : text;
  }

  @Nullable String reference() {
    return Fields.filled(body, "reference");
  }

  /** Where its events go; empty for the account's own address. */
  Optional<URI> callback() {
    String url = Fields.filled(body, "callback_url");
    return url == null ? Optional.empty() : WebUrl.parse(url);
  }

  /** Whether it is taken and then not delivered. */
  boolean isUndelivered() {
    return PhoneNumber.isUndelivered(recipient())
        || MailAddress.fateOf(recipient()) == MailAddress.Fate.BOUNCED;
  }

  /** The first reason to refuse this message, if there is one. */
  Optional<Answer> refusal(boolean refuseRecipient) {
    if (recipient().isEmpty() || text().isEmpty()) {
      return refused("missing_field", "to and text are required.");
    }
    if (text().codePointCount(0, text().length()) > MAX_TEXT) {
      return refused("text_too_long", "text has at most 4096 characters.");
    }
    String reference = reference();
    if (reference != null && reference.length() > MAX_REFERENCE) {
      return refused("invalid_reference", "reference has at most 64 characters.");
    }
    if (Fields.filled(body, "callback_url") != null && callback().isEmpty()) {
      return refused("invalid_callback", "callback_url must be an http or https URL.");
    }
    if (!NUMBER.matcher(recipient()).matches() && !MailAddress.isValid(recipient())) {
      return refused("invalid_recipient", "to must be a number or a mail address.");
    }
    boolean unknown =
        PhoneNumber.isRefused(recipient())
            || MailAddress.fateOf(recipient()) == MailAddress.Fate.REFUSED;
    return refuseRecipient || unknown
        ? refused("unknown_recipient", "Nobody is known under this address.")
        : Optional.empty();
  }

  private static Optional<Answer> refused(String code, String message) {
    return Optional.of(MessageApiErrors.of(422, code, message));
  }

  @Override
  public String toString() {
    return "IncomingMessage[masked]";
  }
}

package io.signalbox.simulator.vonage;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.PhoneNumber;
import io.signalbox.simulator.core.WebUrl;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of a message for the Messages API, and what the API would refuse in it. */
final class MessageForm {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{7,15}");
  private static final Pattern NAME = Pattern.compile("[0-9]{1,15}|[A-Za-z0-9 ]{1,11}");
  private static final Map<String, Integer> MAX_TEXT = Map.of("sms", 1000, "whatsapp", 4096);
  private static final int MAX_REFERENCE_LENGTH = 100;
  private static final long MIN_TTL_SECONDS = 20;
  private static final long MAX_TTL_SECONDS = 604_800;

  private final JsonObject body;

  MessageForm(JsonObject body) {
    this.body = body;
  }

  /** A text; empty if absent. */
  String value(String name) {
    String value = Fields.text(body, name);
    return value == null ? "" : value;
  }

  /** A text; null if absent or empty. */
  @Nullable String filled(String name) {
    return Fields.filled(body, name);
  }

  /** The first reason to refuse this message, if there is one. */
  Optional<Answer> refusal(boolean refuseRecipient) {
    for (String required : List.of("message_type", "channel", "to", "from", "text")) {
      if (filled(required) == null) {
        return Optional.of(VonageProblem.invalidParameter(required, "Missing required parameter"));
      }
    }
    return kind().or(this::addresses).or(this::options).or(() -> recipient(refuseRecipient));
  }

  private Optional<Answer> kind() {
    if (!value("message_type").equals("text")) {
      return invalid("message_type", "the simulator takes text only");
    }
    Integer max = MAX_TEXT.get(value("channel"));
    if (max == null) {
      return invalid("channel", "the simulator takes sms and whatsapp only");
    }
    String text = value("text");
    return text.codePointCount(0, text.length()) > max
        ? Optional.of(VonageProblem.message(1090, "Message too long", "at most " + max))
        : Optional.empty();
  }

  private Optional<Answer> addresses() {
    if (!NUMBER.matcher(value("to")).matches()) {
      return invalid("to", "expected 7 to 15 digits");
    }
    Pattern sender = value("channel").equals("sms") ? NAME : NUMBER;
    return sender.matcher(value("from")).matches()
        ? Optional.empty()
        : Optional.of(
            VonageProblem.message(1120, "Illegal sender address", "The sender is not usable."));
  }

  private Optional<Answer> options() {
    if (value("client_ref").length() > MAX_REFERENCE_LENGTH) {
      return invalid("client_ref", "expected maximum length: 100");
    }
    String url = filled("webhook_url");
    if (url != null && WebUrl.parse(url).isEmpty()) {
      return invalid("webhook_url", "must be a URL");
    }
    String version = filled("webhook_version");
    if (version != null && !version.equals("v1")) {
      return invalid("webhook_version", "the simulator knows v1 only");
    }
    Object ttl = body.getValue("ttl");
    boolean goodTtl =
        ttl == null
            || (ttl instanceof Integer seconds
                && seconds >= MIN_TTL_SECONDS
                && seconds <= MAX_TTL_SECONDS);
    return goodTtl
        ? Optional.empty()
        : Optional.of(VonageProblem.message(1130, "Invalid TTL", "20 to 604800 seconds"));
  }

  private Optional<Answer> recipient(boolean refuse) {
    if (PhoneNumber.isRefused(value("to"))) {
      return Optional.of(
          VonageProblem.message(1170, "Invalid or Missing MSISDN", "The number is not valid."));
    }
    return refuse
        ? Optional.of(VonageProblem.message(1050, "Number barred", "The number is barred."))
        : Optional.empty();
  }

  private static Optional<Answer> invalid(String name, String reason) {
    return Optional.of(VonageProblem.invalidParameter(name, reason));
  }

  @Override
  public String toString() {
    return "MessageForm[masked]";
  }
}

package io.signalbox.simulator.twilio;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.PhoneNumber;
import io.signalbox.simulator.core.WebUrl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The form of a new message, and what Twilio would refuse in it. */
final class MessageForm {
  private static final int MAX_BODY_LENGTH = 1600;
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final Pattern SERVICE = Pattern.compile("MG[0-9a-f]{32}");
  private static final String WHATSAPP = "whatsapp:";

  private final Map<String, List<String>> form;

  MessageForm(Map<String, List<String>> form) {
    this.form = form;
  }

  /** A parameter's first value; empty if absent. */
  String value(String name) {
    String value = Fields.first(form, name);
    return value == null ? "" : value;
  }

  /** A parameter's first value; null if absent or empty. */
  @Nullable String filled(String name) {
    String value = value(name);
    return value.isEmpty() ? null : value;
  }

  /** The first reason to refuse this message, if there is one. */
  Optional<Answer> refusal(String ownNumber, boolean refuseRecipient) {
    return recipient(refuseRecipient).or(() -> sender(ownNumber)).or(this::body).or(this::callback);
  }

  private Optional<Answer> recipient(boolean refuse) {
    String to = value("To");
    if (to.isEmpty()) {
      return error(21604, "A 'To' phone number is required.");
    }
    boolean bad = !E164.matcher(bare(to)).matches() || PhoneNumber.isRefused(to) || refuse;
    return bad
        ? error(21211, "The 'To' number " + to + " is not a valid phone number.")
        : Optional.empty();
  }

  private Optional<Answer> sender(String ownNumber) {
    String from = value("From");
    String service = value("MessagingServiceSid");
    if (from.isEmpty()) {
      return SERVICE.matcher(service).matches()
          ? Optional.empty()
          : error(21603, "A 'From' phone number is required.");
    }
    if (!E164.matcher(bare(from)).matches()) {
      return error(21212, "The 'From' number " + from + " is not a valid phone number.");
    }
    return bare(from).equals(ownNumber)
        ? Optional.empty()
        : error(
            21606,
            "The 'From' phone number provided ("
                + from
                + ") is not a valid, message-capable"
                + " phone number of this account.");
  }

  private Optional<Answer> body() {
    String body = value("Body");
    if (body.isEmpty() && filled("MediaUrl") == null && filled("ContentSid") == null) {
      return error(21602, "Message body is required.");
    }
    return body.codePointCount(0, body.length()) > MAX_BODY_LENGTH
        ? error(21617, "The concatenated message body exceeds the 1600 character limit.")
        : Optional.empty();
  }

  private Optional<Answer> callback() {
    String url = filled("StatusCallback");
    return url == null || WebUrl.parse(url).isPresent()
        ? Optional.empty()
        : error(21609, "The 'StatusCallback' URL " + url + " is not a valid URL.");
  }

  private static String bare(String number) {
    return number.startsWith(WHATSAPP) ? number.substring(WHATSAPP.length()) : number;
  }

  private static Optional<Answer> error(int code, String message) {
    return Optional.of(TwilioErrors.of(400, code, message));
  }

  @Override
  public String toString() {
    return "MessageForm[masked]";
  }
}

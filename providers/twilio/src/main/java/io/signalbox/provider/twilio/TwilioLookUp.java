package io.signalbox.provider.twilio;

import io.signalbox.spi.Receipt;
import io.signalbox.spi.StatusQuery;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.LookUpException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Twilio answers when it is asked for a message by its SID. */
final class TwilioLookUp {
  /** What a URL can hold; Twilio's have two letters and 32 hex digits. */
  private static final Pattern SID = Pattern.compile("[0-9A-Za-z]{1,64}");

  private static final String NOT_FOUND = "20404";

  private TwilioLookUp() {}

  /**
   * The SID to ask for; empty if there is none. Without it nothing is certain: a message of Twilio
   * shows no value of ours, so that one to the same number may be another.
   */
  static Optional<String> sid(StatusQuery query) {
    return Optional.ofNullable(query.providerMessageId()).filter(id -> SID.matcher(id).matches());
  }

  /**
   * Reads the answer about that SID.
   *
   * @throws LookUpException if it is neither the message nor that there is none
   */
  static Optional<Receipt> receipt(
      HttpAnswer.Answered answer, StatusQuery query, String sid, Instant now) {
    JsonObject body = JsonBody.object(answer.body()).orElseGet(JsonObject::new);
    if (!answer.successful()) {
      String code = JsonBody.text(body, "code");
      if (answer.status() == 404 && NOT_FOUND.equals(code)) {
        return Optional.empty();
      }
      throw LookUpException.answered(answer.status(), code);
    }
    String status = JsonBody.text(body, "status");
    if (status == null || !sid.equals(JsonBody.text(body, "sid"))) {
      throw LookUpException.unreadable();
    }
    String code = JsonBody.text(body, "error_code");
    TwilioStatuses.Meaning meaning = TwilioStatuses.meaning(status, code);
    return Optional.of(
        new Receipt(
            TwilioStatuses.eventId(sid, status),
            query.attemptId(),
            sid,
            meaning.status(),
            meaning.reason(),
            status,
            code,
            JsonBody.text(body, "error_message"),
            JsonBody.text(body, "to"),
            time(JsonBody.text(body, "date_updated"), now)));
  }

  private static Instant time(@Nullable String rfc2822, Instant now) {
    if (rfc2822 == null) {
      return now;
    }
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(rfc2822, Instant::from);
    } catch (DateTimeException e) {
      return now;
    }
  }
}

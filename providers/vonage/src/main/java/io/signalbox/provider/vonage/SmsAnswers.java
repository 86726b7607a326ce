package io.signalbox.provider.vonage;

import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.OutcomeTable;
import io.signalbox.toolkit.RecipientMask;
import io.signalbox.toolkit.RetryAfter;
import io.signalbox.toolkit.Verdict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Vonage's answers mean. The SMS API answers 200 whatever happened: the truth is in the parts,
 * one for each SMS that a long text was cut into. The README shows the same table.
 */
final class SmsAnswers {
  private static final String OK = "0";
  private static final Pattern WAIT_MILLIS = Pattern.compile("wait \\[ ?(\\d{1,9}) ?\\]");
  private static final Pattern ABOUT_RECIPIENT = Pattern.compile("\\b(to|msisdn)\\b");

  private static final OutcomeTable TABLE =
      OutcomeTable.builder()
          .codes(Verdict.THROTTLED, "1")
          .codes(Verdict.TRANSIENT, "5", "10")
          .codes(Verdict.rejected(ReasonClass.INVALID_CONTENT), "2", "3", "6", "12")
          .codes(Verdict.rejected(ReasonClass.BLOCKED), "7")
          .codes(Verdict.rejected(ReasonClass.INVALID_RECIPIENT), "22")
          .codes(Verdict.rejected(ReasonClass.HARD_BOUNCE), "33")
          .codes(Verdict.PROVIDER_FAULT, "4", "8", "9", "11", "14", "15", "23", "29", "32")
          .build();

  private SmsAnswers() {}

  /**
   * One entry of the answer.
   *
   * @param messageId empty if the part was not taken
   */
  private record Part(String status, String messageId, @Nullable String errorText) {
    static Part of(JsonObject json) {
      String status = JsonBody.text(json, "status");
      String id = JsonBody.text(json, "message-id");
      return new Part(
          status == null ? "" : status, id == null ? "" : id, JsonBody.text(json, "error-text"));
    }

    boolean taken() {
      return status.equals(OK);
    }
  }

  static Outcome outcome(HttpAnswer.Answered answer, Recipient recipient, Instant now) {
    if (!answer.successful()) {
      Duration wait = RetryAfter.parse(answer.header("Retry-After"), now).orElse(null);
      return OutcomeTable.verdictOfStatus(answer.status())
          .outcome(answer.evidence(null, null), wait);
    }
    List<Part> parts = parts(answer);
    List<Part> refused = parts.stream().filter(part -> !part.taken()).toList();
    if (parts.isEmpty()) {
      return unknown(answer, "unreadable_answer", "a success without messages");
    }
    if (refused.isEmpty()) {
      Part first = parts.get(0);
      return first.messageId().isBlank()
          ? unknown(answer, "unreadable_answer", "a success without a message-id")
          : new Outcome.Sent(first.messageId(), answer.evidence(null, null));
    }
    return refused.size() == parts.size()
        ? refusal(answer, refused.get(0), recipient)
        : fragment(answer, parts.size(), refused, recipient);
  }

  private static Outcome refusal(HttpAnswer.Answered answer, Part part, Recipient recipient) {
    return verdict(part)
        .outcome(
            answer.evidence(part.status(), RecipientMask.masked(part.errorText(), recipient)),
            wait(part.errorText()));
  }

  private static Verdict verdict(Part part) {
    boolean parameter = part.status().equals("2") || part.status().equals("3");
    String text = part.errorText();
    return parameter && text != null && ABOUT_RECIPIENT.matcher(text).find()
        ? Verdict.rejected(ReasonClass.INVALID_RECIPIENT)
        : TABLE.verdict(200, part.status());
  }

  /** The recipient gets a piece of the text: neither sent nor not sent. */
  private static Outcome fragment(
      HttpAnswer.Answered answer, int all, List<Part> refused, Recipient recipient) {
    Part first = refused.get(0);
    String text = RecipientMask.masked(first.errorText(), recipient);
    String message =
        (all - refused.size())
            + " of "
            + all
            + " parts were taken; the first refusal has status "
            + first.status()
            + (text == null ? "" : ": " + text);
    return unknown(answer, "partly_sent", message);
  }

  private static Outcome unknown(HttpAnswer.Answered answer, String code, String message) {
    return new Outcome.Unknown(answer.evidence(code, message));
  }

  /** There is no header: the wait stands in the text. Believed as far as one of a header is. */
  private static @Nullable Duration wait(@Nullable String errorText) {
    Matcher matcher = WAIT_MILLIS.matcher(errorText == null ? "" : errorText);
    return matcher.find()
        ? Duration.ofMillis(Math.min(Long.parseLong(matcher.group(1)), RetryAfter.MAX.toMillis()))
        : null;
  }

  private static List<Part> parts(HttpAnswer.Answered answer) {
    JsonObject body = JsonBody.object(answer.body()).orElseGet(JsonObject::new);
    JsonArray messages = JsonBody.array(body, "messages");
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      parts.add(Part.of(JsonBody.object(messages, i)));
    }
    return parts;
  }
}

package io.signalbox.provider.mailgun;

import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.OutcomeTable;
import io.signalbox.toolkit.RecipientMask;
import io.signalbox.toolkit.RetryAfter;
import io.signalbox.toolkit.Verdict;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Mailgun's answers mean. They carry no codes: what a 400 is about stands in its sentence
 * alone. The README shows the same table.
 */
final class MailgunErrors {
  private static final Pattern BAD_RECIPIENT =
      Pattern.compile("\\bto'? parameter is (not a valid address|missing)");
  private static final Pattern BAD_SENDER = Pattern.compile("\\bfrom'? parameter is ");
  private static final Pattern DOMAIN_REFUSED =
      Pattern.compile("not allowed to send|sandbox subdomains are for test purposes only");
  private static final Pattern TRY_AGAIN =
      Pattern.compile("try again after ([A-Za-z]{3}, \\d{1,2} [A-Za-z]{3} \\d{4} [\\d:]{8})");

  private MailgunErrors() {}

  static Outcome outcome(Answered answer, Recipient recipient, Instant now) {
    Optional<JsonObject> body = JsonBody.object(answer.body());
    String id = body.map(json -> MessageId.of(JsonBody.text(json, "id"))).orElse(null);
    if (answer.successful()) {
      return id == null
          ? new Outcome.Unknown(answer.evidence("unreadable_answer", "a success without an id"))
          : new Outcome.Sent(id, answer.evidence(null, null));
    }
    String message = body.map(json -> JsonBody.text(json, "message")).orElse(null);
    return verdict(answer.status(), message)
        .outcome(
            answer.evidence(null, RecipientMask.masked(message, recipient)),
            retryAfter(message, answer, now));
  }

  private static Verdict verdict(int status, @Nullable String message) {
    if (status == 400 && message != null) {
      String sentence = message.toLowerCase(Locale.ROOT);
      // First, because these sentences may quote anything: they are about no single mail.
      if (DOMAIN_REFUSED.matcher(sentence).find() || BAD_SENDER.matcher(sentence).find()) {
        return Verdict.PROVIDER_FAULT;
      }
      if (BAD_RECIPIENT.matcher(sentence).find()) {
        return Verdict.rejected(ReasonClass.INVALID_RECIPIENT);
      }
    }
    return OutcomeTable.verdictOfStatus(status);
  }

  /** Mailgun documents the time in its sentence alone, always in UTC, and no header. */
  private static @Nullable Duration retryAfter(
      @Nullable String message, Answered answer, Instant now) {
    Matcher time = TRY_AGAIN.matcher(message == null ? "" : message);
    return Optional.of(time)
        .filter(Matcher::find)
        .flatMap(found -> RetryAfter.parse(found.group(1) + " GMT", now))
        .or(() -> RetryAfter.parse(answer.header("Retry-After"), now))
        .orElse(null);
  }
}

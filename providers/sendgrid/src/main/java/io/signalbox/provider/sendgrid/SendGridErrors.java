package io.signalbox.provider.sendgrid;

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
import org.jspecify.annotations.Nullable;

/**
 * What SendGrid's errors mean. They carry no codes; the field that is at fault serves as one: a bad
 * recipient is that message's matter, a bad sender is a matter of our configuration.
 */
final class SendGridErrors {
  private SendGridErrors() {}

  static Outcome outcome(Answered answer, Recipient recipient, Instant now) {
    JsonObject error =
        JsonBody.object(answer.body())
            .map(body -> JsonBody.object(JsonBody.array(body, "errors"), 0))
            .orElseGet(JsonObject::new);
    String field = JsonBody.text(error, "field");
    String message = RecipientMask.masked(JsonBody.text(error, "message"), recipient);
    return verdict(answer.status(), field)
        .outcome(answer.evidence(field, message), retryAfter(answer, now));
  }

  private static Verdict verdict(int status, @Nullable String field) {
    if (status == 400 && field != null) {
      if (field.startsWith("personalizations") && field.contains(".to")) {
        return Verdict.rejected(ReasonClass.INVALID_RECIPIENT);
      }
      if (field.equals("from") || field.startsWith("from.")) {
        return Verdict.PROVIDER_FAULT;
      }
    }
    return OutcomeTable.verdictOfStatus(status);
  }

  /** SendGrid documents the second at which the window refills, and no {@code Retry-After}. */
  private static @Nullable Duration retryAfter(Answered answer, Instant now) {
    return RetryAfter.parseEpochSecond(answer.header("X-RateLimit-Reset"), now)
        .or(() -> RetryAfter.parse(answer.header("Retry-After"), now))
        .orElse(null);
  }
}

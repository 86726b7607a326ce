package io.signalbox.provider.twilio;

import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.OutcomeTable;
import io.signalbox.toolkit.RecipientMask;
import io.signalbox.toolkit.RetryAfter;
import io.signalbox.toolkit.Verdict;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Twilio's answers mean. The README shows the same table. */
final class TwilioErrors {
  private static final OutcomeTable TABLE =
      OutcomeTable.builder()
          .codes(
              Verdict.rejected(ReasonClass.INVALID_RECIPIENT), "21211", "21604", "21612", "21614")
          .codes(Verdict.rejected(ReasonClass.INVALID_CONTENT), "21602", "21617")
          .codes(Verdict.rejected(ReasonClass.UNSUBSCRIBED), "21610")
          // About this recipient's region alone: a fault would stop the messages to all others.
          .codes(Verdict.rejected(ReasonClass.CONFIGURATION), "21408")
          .codes(Verdict.PROVIDER_FAULT, "21212", "21603", "21606", "21608", "21609")
          .codes(Verdict.PROVIDER_FAULT, "20003", "20005", "20404")
          .codes(Verdict.TRANSIENT, "21611")
          .codes(Verdict.THROTTLED, "20429")
          .build();

  private TwilioErrors() {}

  static Outcome outcome(HttpAnswer.Answered answer, Recipient recipient, Instant now) {
    Optional<JsonObject> body = JsonBody.object(answer.body());
    if (answer.successful()) {
      return sentOrUnknown(answer, body.map(json -> JsonBody.text(json, "sid")).orElse(null));
    }
    String code = body.map(json -> JsonBody.text(json, "code")).orElse(null);
    String message = body.map(json -> JsonBody.text(json, "message")).orElse(null);
    return TABLE
        .verdict(answer.status(), code)
        .outcome(
            answer.evidence(code, RecipientMask.masked(message, recipient)),
            RetryAfter.parse(answer.header("Retry-After"), now).orElse(null));
  }

  private static Outcome sentOrUnknown(HttpAnswer.Answered answer, @Nullable String sid) {
    if (sid == null || sid.isBlank()) {
      Evidence evidence = answer.evidence("unreadable_answer", "a success without a sid");
      return new Outcome.Unknown(evidence);
    }
    return new Outcome.Sent(sid, answer.evidence(null, null));
  }
}

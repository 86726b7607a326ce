package io.signalbox.provider.postmark;

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
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Postmark's answers mean. The README shows the same table. */
final class PostmarkErrors {
  private static final String OK = "0";
  private static final String INVALID_REQUEST = "300";

  private static final OutcomeTable TABLE =
      OutcomeTable.builder()
          .codes(Verdict.PROVIDER_FAULT, "10", "400", "401", "405", "412", "413", "1235", "1236")
          // The form of our requests is at fault, and so that of all: another provider may send.
          .codes(Verdict.PROVIDER_FAULT, "402", "403", "409", "410")
          .codes(Verdict.TRANSIENT, "100")
          .codes(Verdict.rejected(ReasonClass.INVALID_CONTENT), INVALID_REQUEST, "411")
          .codes(Verdict.rejected(ReasonClass.SUPPRESSED), "406")
          .codes(Verdict.THROTTLED, "429")
          .build();

  /** What an invalid request is about stands in its sentence alone. */
  private static final Pattern BAD_RECIPIENT = Pattern.compile("\\b(invalid|illegal)\\b.*'to'");

  private static final Pattern BAD_SENDER = Pattern.compile("\\b(invalid|illegal)\\b.*'from'");

  private PostmarkErrors() {}

  static Outcome outcome(Answered answer, Recipient recipient, Instant now) {
    JsonObject body = JsonBody.object(answer.body()).orElseGet(JsonObject::new);
    String code = JsonBody.text(body, "ErrorCode");
    String id = JsonBody.text(body, "MessageID");
    if (answer.successful() && OK.equals(code) && id != null && !id.isBlank()) {
      return new Outcome.Sent(id, answer.evidence(null, null));
    }
    String message = JsonBody.text(body, "Message");
    return verdict(answer.status(), code, message)
        .outcome(
            answer.evidence(code, RecipientMask.masked(message, recipient)),
            RetryAfter.parse(answer.header("Retry-After"), now).orElse(null));
  }

  private static Verdict verdict(int status, @Nullable String code, @Nullable String message) {
    if (INVALID_REQUEST.equals(code) && message != null) {
      String sentence = message.toLowerCase(Locale.ROOT);
      if (BAD_SENDER.matcher(sentence).find()) {
        return Verdict.PROVIDER_FAULT;
      }
      if (BAD_RECIPIENT.matcher(sentence).find()) {
        return Verdict.rejected(ReasonClass.INVALID_RECIPIENT);
      }
    }
    return TABLE.verdict(status, code);
  }
}

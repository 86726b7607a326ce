package io.signalbox.provider.resend;

import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
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

/** What Resend's error names mean. */
final class ResendErrors {
  private static final Verdict BAD_CONTENT = Verdict.rejected(ReasonClass.INVALID_CONTENT);

  /**
   * A conflict of idempotency keys says that an earlier attempt of the same notification reached
   * Resend and is still under way there, or was made with another configuration: whether this one
   * was sent is no longer the question, and another provider might send it twice.
   */
  private static final OutcomeTable TABLE =
      OutcomeTable.builder()
          .row(400, "validation_error", BAD_CONTENT)
          .row(403, "validation_error", Verdict.PROVIDER_FAULT)
          .row(422, "validation_error", BAD_CONTENT)
          .codes(
              Verdict.PROVIDER_FAULT,
              "invalid_idempotency_key",
              "missing_api_key",
              "restricted_api_key",
              "invalid_api_key",
              "invalid_permission",
              "suspended_api_key",
              "email_above_quota",
              "invalid_from_address",
              "invalid_access",
              "invalid_region",
              "not_found",
              "method_not_allowed",
              "daily_quota_exceeded",
              "monthly_quota_exceeded")
          .codes(
              BAD_CONTENT,
              "missing_required_field",
              "missing_required_parameter",
              "invalid_attachment",
              "invalid_parameter")
          .codes(Verdict.UNKNOWN, "invalid_idempotent_request", "concurrent_idempotent_requests")
          .codes(Verdict.TRANSIENT, "resource_locked")
          .codes(Verdict.THROTTLED, "rate_limit_exceeded")
          .codes(Verdict.rejected(ReasonClass.BLOCKED), "security_error")
          .statuses(Verdict.UNKNOWN, 409)
          .statuses(Verdict.rejected(ReasonClass.BLOCKED), 451)
          .build();

  private ResendErrors() {}

  static Outcome outcome(Answered answer, Recipient recipient, Instant now) {
    JsonObject body = JsonBody.object(answer.body()).orElseGet(JsonObject::new);
    String name = JsonBody.text(body, "name");
    String message = JsonBody.text(body, "message");
    return verdict(answer.status(), name, message)
        .outcome(
            answer.evidence(name, RecipientMask.masked(message, recipient)),
            retryAfter(answer, now));
  }

  /** The name of an error; null if the answer has none. */
  static @Nullable String name(Answered answer) {
    return JsonBody.object(answer.body()).map(body -> JsonBody.text(body, "name")).orElse(null);
  }

  private static Verdict verdict(int status, @Nullable String name, @Nullable String message) {
    Verdict verdict = TABLE.verdict(status, name);
    // No code tells a bad recipient from bad content; the message names the field in backquotes.
    boolean aboutRecipient =
        verdict.kind() == OutcomeKind.REJECTED && message != null && message.contains("`to`");
    return aboutRecipient ? Verdict.rejected(ReasonClass.INVALID_RECIPIENT) : verdict;
  }

  /** Both headers count in seconds from now. */
  private static @Nullable Duration retryAfter(Answered answer, Instant now) {
    return RetryAfter.parse(answer.header("retry-after"), now)
        .or(() -> RetryAfter.parse(answer.header("ratelimit-reset"), now))
        .orElse(null);
  }
}

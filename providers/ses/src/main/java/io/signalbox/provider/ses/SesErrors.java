package io.signalbox.provider.ses;

import io.signalbox.spi.Evidence;
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
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What SES's error types mean. */
final class SesErrors {
  private static final String BAD_REQUEST = "BadRequestException";
  private static final String MESSAGE_REJECTED = "MessageRejected";
  private static final Verdict BAD_CONTENT = Verdict.rejected(ReasonClass.INVALID_CONTENT);

  /** Of the ways in which a request can be bad, those that lie with an address. */
  private static final Pattern ABOUT_ADDRESS =
      Pattern.compile("address|domain", Pattern.CASE_INSENSITIVE);

  /** Then it is the sender's that is bad, for every recipient. Not where an address says so. */
  private static final Pattern ABOUT_SENDER =
      Pattern.compile(
          "(?<![\\w.@+-])(?:from|sender|source)(?![\\w.+-]*@)", Pattern.CASE_INSENSITIVE);

  private static final OutcomeTable TABLE =
      OutcomeTable.builder()
          .codes(BAD_CONTENT, BAD_REQUEST, MESSAGE_REJECTED)
          .codes(
              Verdict.PROVIDER_FAULT,
              "MailFromDomainNotVerifiedException",
              "AccountSuspendedException",
              "SendingPausedException",
              "NotFoundException",
              "MissingAuthenticationTokenException",
              "MissingAuthenticationToken",
              "InvalidSignatureException",
              "SignatureDoesNotMatch",
              "IncompleteSignature",
              "IncompleteSignatureException",
              "UnrecognizedClientException",
              "InvalidClientTokenId",
              "ExpiredTokenException",
              "ExpiredToken",
              "RequestExpired",
              "AccessDeniedException",
              "AccessDenied",
              "OptInRequired")
          .codes(
              Verdict.THROTTLED,
              "TooManyRequestsException",
              "LimitExceededException",
              "ThrottlingException",
              "Throttling")
          .codes(
              Verdict.TRANSIENT,
              "ConflictException",
              "ConcurrentModificationException",
              "InternalServiceErrorException",
              "InternalFailure",
              "ServiceUnavailable")
          .build();

  private SesErrors() {}

  static Outcome outcome(Answered answer, Recipient recipient, Instant now) {
    JsonObject body = JsonBody.object(answer.body()).orElseGet(JsonObject::new);
    String code = code(answer);
    String message = RecipientMask.masked(message(body), recipient);
    Evidence evidence = answer.evidence(code, message);
    // The quota is that of a day: nothing sooner than the longest wait would help.
    if (message != null && message.contains("Daily message quota exceeded")) {
      return new Outcome.Throttled(RetryAfter.MAX, evidence);
    }
    return verdict(answer.status(), code, message)
        .outcome(evidence, RetryAfter.parse(answer.header("Retry-After"), now).orElse(null));
  }

  /** The error's type without its namespace and without the URL that may follow; null if none. */
  static @Nullable String code(Answered answer) {
    String type = answer.header("x-amzn-errortype");
    if (type == null) {
      JsonObject body = JsonBody.object(answer.body()).orElseGet(JsonObject::new);
      type = JsonBody.text(body, "__type");
    }
    if (type == null) {
      return null;
    }
    String named = type.substring(type.indexOf('#') + 1);
    int colon = named.indexOf(':');
    return colon < 0 ? named : named.substring(0, colon);
  }

  private static Verdict verdict(int status, @Nullable String code, @Nullable String message) {
    String text = Objects.requireNonNullElse(message, "");
    // Said of the sender's identity, and in the sandbox of SES of the recipient's as well.
    if (MESSAGE_REJECTED.equals(code) && text.contains("not verified")) {
      return Verdict.PROVIDER_FAULT;
    }
    if (BAD_REQUEST.equals(code) && ABOUT_ADDRESS.matcher(text).find()) {
      return ABOUT_SENDER.matcher(text).find()
          ? Verdict.PROVIDER_FAULT
          : Verdict.rejected(ReasonClass.INVALID_RECIPIENT);
    }
    return TABLE.verdict(status, code);
  }

  private static @Nullable String message(JsonObject body) {
    String message = JsonBody.text(body, "message");
    return message == null ? JsonBody.text(body, "Message") : message;
  }
}

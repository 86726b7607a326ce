package io.signalbox.provider.smtp;

import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.Failures;
import io.signalbox.toolkit.NotSent;
import io.signalbox.toolkit.UnansweredCodes;
import io.vertx.ext.mail.SMTPException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What became of a mail that the client could not send. A reply says how far it got. Without one,
 * the client tells only whether the mail had begun: a connection that is lost after that leaves
 * everything open, even where the message itself was not sent yet.
 */
final class SmtpFailures {
  private SmtpFailures() {}

  /**
   * The outcome of a failure.
   *
   * @param begun whether the server may have heard of the mail
   */
  static Outcome outcome(Throwable failure, boolean begun, Recipient recipient) {
    if (failure instanceof SMTPException refusal) {
      return refused(refusal, begun, recipient);
    }
    return begun ? afterItsBegin(failure) : beforeItsBegin(failure);
  }

  /** The outcome of a mail whose time is over. */
  static Outcome timedOut(boolean begun, long millis) {
    String message = "no answer within " + millis + " ms";
    return begun
        ? new Outcome.Unknown(
            Evidence.unanswered(Progress.HEADERS_WRITTEN, UnansweredCodes.TIMEOUT, message))
        : notSent(UnansweredCodes.TIMEOUT, message);
  }

  /** A mail that no server has heard of. */
  static Outcome notSent(String code, String message) {
    return new Outcome.Transient(NotSent.evidence(code, message));
  }

  private static Outcome refused(SMTPException refusal, boolean begun, Recipient recipient) {
    SmtpReply reply = SmtpReply.of(refusal.getReplyMessages()).without(recipient);
    Evidence evidence = Evidence.answered(0, reply.codes(), reply.text());
    return SmtpVerdicts.verdict(SmtpStage.of(refusal, begun), reply).outcome(evidence, null);
  }

  private static Outcome beforeItsBegin(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    if (text.startsWith("STARTTLS required")) {
      return configuration("starttls_missing", "the server offers no STARTTLS");
    }
    if (text.startsWith("login is required")) {
      return configuration(
          "auth_missing", "the server offers none of auth_methods on this connection");
    }
    if (failure instanceof IOException && !isConnecting(failure)) {
      return notSent(
          UnansweredCodes.CONNECTION_RESET, "the connection broke before the mail began");
    }
    return Failures.connecting(failure, false).outcome();
  }

  private static boolean isConnecting(Throwable failure) {
    return !UnansweredCodes.CONNECT_FAILED.equals(Failures.connecting(failure, false).code());
  }

  private static Outcome afterItsBegin(Throwable failure) {
    if (isTooLarge(failure.getMessage())) {
      return new Outcome.Rejected(
          ReasonClass.INVALID_CONTENT,
          Evidence.unanswered(
              Progress.CONNECTED, "too_large", "the mail is larger than the server takes"));
    }
    return new Outcome.Unknown(
        Evidence.unanswered(
            Progress.HEADERS_WRITTEN,
            UnansweredCodes.CONNECTION_RESET,
            "the connection broke after the mail had begun"));
  }

  /** The client compares the mail with the server's SIZE before it says anything of it. */
  private static boolean isTooLarge(@Nullable String message) {
    return "message exceeds allowed size limit".equals(message);
  }

  private static Outcome configuration(String code, String message) {
    return new Outcome.ProviderFault(Evidence.unanswered(Progress.CONNECTED, code, message));
  }
}

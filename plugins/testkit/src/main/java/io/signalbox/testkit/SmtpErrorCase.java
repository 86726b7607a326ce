package io.signalbox.testkit;

import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;

/**
 * A documented SMTP reply and what it means.
 *
 * @param stage where the server says it
 * @param reply as on the wire, such as {@code 550 5.1.1 No such user}
 * @param kind the outcome
 * @param reason compared where the kind is {@link OutcomeKind#REJECTED}
 */
public record SmtpErrorCase(SmtpStage stage, String reply, OutcomeKind kind, ReasonClass reason) {

  /** A reply whose outcome has no further details. */
  public static SmtpErrorCase of(SmtpStage stage, String reply, OutcomeKind kind) {
    return new SmtpErrorCase(stage, reply, kind, ReasonClass.NONE);
  }

  /** A reply that refuses the recipient or the content. */
  public static SmtpErrorCase rejected(SmtpStage stage, String reply, ReasonClass reason) {
    return new SmtpErrorCase(stage, reply, OutcomeKind.REJECTED, reason);
  }
}

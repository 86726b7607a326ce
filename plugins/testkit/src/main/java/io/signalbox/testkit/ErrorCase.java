package io.signalbox.testkit;

import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A documented answer and what it means.
 *
 * @param name of the test
 * @param reply what the API answers
 * @param kind the outcome
 * @param reason compared where the kind is {@link OutcomeKind#REJECTED}
 * @param code the code in the evidence; null if it is not compared
 * @param retryAfter compared where the kind is {@link OutcomeKind#THROTTLED}
 */
public record ErrorCase(
    String name,
    Reply reply,
    OutcomeKind kind,
    ReasonClass reason,
    @Nullable String code,
    @Nullable Duration retryAfter) {

  /** An answer whose outcome has no further details. */
  public static ErrorCase of(String name, Reply reply, OutcomeKind kind) {
    return new ErrorCase(name, reply, kind, ReasonClass.NONE, null, null);
  }

  /** An answer that refuses the recipient or the content. */
  public static ErrorCase rejected(String name, Reply reply, ReasonClass reason) {
    return new ErrorCase(name, reply, OutcomeKind.REJECTED, reason, null, null);
  }

  /** An answer that asks for fewer requests; the wait is null if it does not say how long. */
  public static ErrorCase throttled(String name, Reply reply, @Nullable Duration retryAfter) {
    return new ErrorCase(name, reply, OutcomeKind.THROTTLED, ReasonClass.NONE, null, retryAfter);
  }

  /** The same, with the code that the evidence must show. */
  public ErrorCase withCode(String expected) {
    return new ErrorCase(name, reply, kind, reason, expected, retryAfter);
  }
}

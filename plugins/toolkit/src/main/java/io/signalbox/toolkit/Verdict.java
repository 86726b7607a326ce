package io.signalbox.toolkit;

import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an answer other than success means: the data of an {@link OutcomeTable}.
 *
 * @param kind any but {@link OutcomeKind#SENT}, which needs an id
 * @param reason {@link ReasonClass#NONE} unless the kind is {@link OutcomeKind#REJECTED}
 */
public record Verdict(OutcomeKind kind, ReasonClass reason) {
  /** Certainly not sent, another try may succeed. */
  public static final Verdict TRANSIENT = new Verdict(OutcomeKind.TRANSIENT, ReasonClass.NONE);

  /** The provider asks for fewer requests. */
  public static final Verdict THROTTLED = new Verdict(OutcomeKind.THROTTLED, ReasonClass.NONE);

  /** Nothing works until a person mends it. */
  public static final Verdict PROVIDER_FAULT =
      new Verdict(OutcomeKind.PROVIDER_FAULT, ReasonClass.NONE);

  /** Sent or not: nobody can tell. */
  public static final Verdict UNKNOWN = new Verdict(OutcomeKind.UNKNOWN, ReasonClass.NONE);

  /**
   * Checks that an outcome can be made of it.
   *
   * @param kind {@link #kind()}
   * @param reason {@link #reason()}
   */
  public Verdict {
    if (kind == OutcomeKind.SENT) {
      throw new IllegalArgumentException("a verdict is about answers other than success");
    }
  }

  /**
   * {@return the verdict that this recipient or content is refused for good}
   *
   * @param reason the class of reason
   */
  public static Verdict rejected(ReasonClass reason) {
    return new Verdict(OutcomeKind.REJECTED, reason);
  }

  /**
   * {@return the outcome}
   *
   * @param evidence why the outcome is what it is
   * @param retryAfter used where the verdict is throttled; null if the provider did not say
   */
  public Outcome outcome(Evidence evidence, @Nullable Duration retryAfter) {
    return switch (kind) {
      case TRANSIENT -> new Outcome.Transient(evidence);
      case THROTTLED -> new Outcome.Throttled(retryAfter, evidence);
      case PROVIDER_FAULT -> new Outcome.ProviderFault(evidence);
      case REJECTED -> new Outcome.Rejected(reason, evidence);
      case UNKNOWN, SENT -> new Outcome.Unknown(evidence);
    };
  }
}

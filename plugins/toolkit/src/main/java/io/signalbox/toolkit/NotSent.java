package io.signalbox.toolkit;

import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReasonClass;
import java.util.Optional;

/** Outcomes of requests that were looked at and not sent. Pure functions. */
public final class NotSent {
  private NotSent() {}

  /**
   * Refused for good: what the provider would refuse for certain need not travel.
   *
   * @param reason the class of reason
   * @param code a short lower-case word, listed in the plugin's documentation
   * @param message a sentence for people, without the recipient or the content
   * @return never empty
   */
  public static Optional<Outcome> rejected(ReasonClass reason, String code, String message) {
    return Optional.of(new Outcome.Rejected(reason, evidence(code, message)));
  }

  /**
   * {@return the evidence that nothing was sent, and why}
   *
   * @param code a short lower-case word, listed in the plugin's documentation
   * @param message a sentence for people, without the recipient or the content
   */
  public static Evidence evidence(String code, String message) {
    return Evidence.unanswered(Progress.NOT_CONNECTED, code, message);
  }
}

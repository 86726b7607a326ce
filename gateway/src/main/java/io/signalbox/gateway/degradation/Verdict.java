package io.signalbox.gateway.degradation;

import io.signalbox.gateway.model.DegradationCause;
import io.signalbox.gateway.model.DegradationMode;
import io.signalbox.gateway.model.DegradationReason;
import java.util.List;

/**
 * A mode with its reasons.
 *
 * @param mode the worst that one of the reasons brings
 * @param reasons why; empty if all is normal
 */
record Verdict(DegradationMode mode, List<DegradationReason> reasons) {
  static final Verdict NORMAL = new Verdict(DegradationMode.NORMAL, List.of());

  Verdict {
    reasons = List.copyOf(reasons);
  }

  /** The verdict that follows from reasons. */
  static Verdict of(List<DegradationReason> reasons) {
    DegradationMode worst = DegradationMode.NORMAL;
    for (DegradationReason reason : reasons) {
      worst = worst.orWorse(reason.cause().mode());
    }
    return new Verdict(worst, reasons);
  }

  boolean has(DegradationCause cause) {
    return reasons.stream().anyMatch(reason -> reason.cause() == cause);
  }
}

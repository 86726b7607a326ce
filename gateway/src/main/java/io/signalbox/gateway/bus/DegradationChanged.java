package io.signalbox.gateway.bus;

import io.signalbox.gateway.model.DegradationMode;
import io.signalbox.gateway.model.DegradationReason;
import java.util.List;

/**
 * Published when the degradation mode of the whole changes.
 *
 * @param atMillis when
 * @param reasons why; empty for {@link DegradationMode#NORMAL}
 */
public record DegradationChanged(
    DegradationMode from, DegradationMode to, List<DegradationReason> reasons, long atMillis)
    implements LocalMessage {

  /** Copies the list. */
  public DegradationChanged {
    reasons = List.copyOf(reasons);
  }
}

package io.signalbox.gateway.degradation;

import io.signalbox.gateway.model.DegradationMode;
import io.signalbox.gateway.model.DegradationReason;
import io.signalbox.spi.Channel;
import java.util.List;
import java.util.Map;

/**
 * How much of the gateway works.
 *
 * @param mode of the whole: the worst of the channels and of the gateway itself
 * @param sinceMillis since when
 * @param reasons why, of all channels and of the gateway itself; empty for normal
 * @param gatewayMode of what the channels have in common
 * @param channels the channels that have a provider configured, or work that waits for one
 */
public record DegradationStatus(
    DegradationMode mode,
    long sinceMillis,
    List<DegradationReason> reasons,
    DegradationMode gatewayMode,
    Map<Channel, ChannelStatus> channels) {

  /** Copies the collections. */
  public DegradationStatus {
    reasons = List.copyOf(reasons);
    channels = Map.copyOf(channels);
  }

  /** All is normal, or nothing is known yet. */
  static DegradationStatus normal(long sinceMillis) {
    return new DegradationStatus(
        DegradationMode.NORMAL, sinceMillis, List.of(), DegradationMode.NORMAL, Map.of());
  }

  /**
   * How much of one channel works.
   *
   * @param mode its own
   * @param sinceMillis since when
   * @param reasons why; empty for normal
   * @param facts the latest figures, which may be better already than the mode that is held
   */
  public record ChannelStatus(
      DegradationMode mode, long sinceMillis, List<DegradationReason> reasons, ChannelFacts facts) {

    /** Copies the list. */
    public ChannelStatus {
      reasons = List.copyOf(reasons);
    }
  }
}

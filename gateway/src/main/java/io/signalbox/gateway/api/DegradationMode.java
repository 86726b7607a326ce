package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.spi.Channel;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How much of the gateway works. */
enum DegradationMode {
  /** All of it. */
  NORMAL,
  /** A provider is out, each channel still has another. */
  PARTIAL,
  /** A channel has no provider left. */
  DEGRADED,
  /** No provider is left, or the gateway itself is not well. */
  CRITICAL;

  static DegradationMode of(boolean gatewayWell, List<ProviderState> providers) {
    Set<Channel> wanted = EnumSet.noneOf(Channel.class);
    Set<Channel> served = EnumSet.noneOf(Channel.class);
    boolean allUsable = true;
    for (ProviderState state : providers) {
      wanted.addAll(state.channels());
      if (isUsable(state)) {
        served.addAll(state.channels());
      } else {
        allUsable = false;
      }
    }
    if (!gatewayWell || served.isEmpty()) {
      return CRITICAL;
    }
    if (!served.containsAll(wanted)) {
      return DEGRADED;
    }
    return allUsable ? NORMAL : PARTIAL;
  }

  /** Whether new work goes to a provider. */
  static boolean isUsable(ProviderState state) {
    return state.stage() == Stage.ACTIVE && !"open".equals(state.breaker().state());
  }

  /** 0 for normal to 3 for critical, for the metric. */
  int level() {
    return switch (this) {
      case NORMAL -> 0;
      case PARTIAL -> 1;
      case DEGRADED -> 2;
      case CRITICAL -> 3;
    };
  }
}

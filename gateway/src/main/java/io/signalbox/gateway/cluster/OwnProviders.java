package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.spi.Channel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The providers that run on this node, the newest generation of each. Thread-confined. */
final class OwnProviders {
  private final Map<String, ProviderState> states = new HashMap<>();
  private Supplier<Set<String>> switchedOff = Set::of;

  /** Takes in where it stands which are not to run here. */
  void leaveOut(Supplier<Set<String>> ids) {
    switchedOff = ids;
  }

  /** Takes in what a provider tells; true if it is one of this node. */
  boolean update(ProviderState state) {
    if (state.isBorrowed()) {
      return false;
    }
    ProviderState known = states.get(state.provider());
    if (known == null || known.generation() <= state.generation()) {
      if (state.stage() == Stage.STOPPED) {
        states.remove(state.provider());
      } else {
        states.put(state.provider(), state);
      }
    }
    return true;
  }

  /** Whether a provider is there, also if it takes no work, or its file switches it off. */
  boolean has(String provider) {
    return states.containsKey(provider) || switchedOff.get().contains(provider);
  }

  /** A provider that takes work; null if there is none of that id. */
  @Nullable ProviderState active(String provider) {
    ProviderState state = states.get(provider);
    return state != null && state.stage() == Stage.ACTIVE ? state : null;
  }

  /** A provider that winds up what it has begun, also if it takes no new work; null if none. */
  @Nullable ProviderState present(String provider) {
    return states.get(provider);
  }

  /**
   * All that are of use to others: those that take work, and those that are drained and may have
   * rented or booked something that has to be wound up.
   */
  List<ProviderState> lent() {
    return states.values().stream()
        .filter(state -> state.stage() == Stage.ACTIVE || doesOperations(state))
        .toList();
  }

  private static boolean doesOperations(ProviderState state) {
    return state.channels().contains(Channel.NUMBER) || state.channels().contains(Channel.BOOKING);
  }
}

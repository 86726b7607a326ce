package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.dispatch.BoardEntry.Readiness;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.Channel;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the dispatcher knows of the providers: their newest generation, what is under way at each,
 * who is cooling down, and who is waited for. Thread-confined.
 */
final class ProviderBoard {
  private final Map<String, BoardEntry> entries = new HashMap<>();

  /** Takes in what a provider verticle published; news of older generations change nothing. */
  void update(ProviderState state, Consumer<WorkItem> unparked) {
    BoardEntry known = entries.get(state.provider());
    if (known != null && known.state().generation() > state.generation()) {
      return;
    }
    if (state.stage() == Stage.STOPPED) {
      if (known != null && known.state().generation() == state.generation()) {
        entries.remove(state.provider());
        known.unparkAll(unparked);
      }
      return;
    }
    if (known == null) {
      entries.put(state.provider(), new BoardEntry(state));
    } else {
      known.replace(state);
      known.unparkAll(unparked);
    }
  }

  @Nullable BoardEntry find(String provider) {
    return entries.get(provider);
  }

  /** The best that can be said of the providers of a channel. */
  Readiness readiness(Channel channel, long nowMillis) {
    Readiness best = Readiness.UNAVAILABLE;
    for (BoardEntry entry : entries.values()) {
      if (!entry.state().channels().contains(channel)) {
        continue;
      }
      Readiness readiness = entry.readiness(nowMillis);
      if (readiness == Readiness.READY) {
        return readiness;
      }
      if (readiness == Readiness.BUSY) {
        best = readiness;
      }
    }
    return best;
  }

  /** When the first provider of a channel that is unavailable now may be tried again. */
  long earliestAvailableMillis(Channel channel, long nowMillis) {
    long earliest = Long.MAX_VALUE;
    for (BoardEntry entry : entries.values()) {
      if (entry.state().channels().contains(channel)) {
        earliest = Math.min(earliest, entry.availableAtMillis(nowMillis));
      }
    }
    return earliest;
  }

  Collection<BoardEntry> all() {
    return entries.values();
  }

  /** How many attempts are under way at each provider. */
  Map<String, Integer> load() {
    Map<String, Integer> load = new HashMap<>();
    for (BoardEntry entry : entries.values()) {
      load.put(entry.state().provider(), entry.inFlight());
    }
    return load;
  }
}

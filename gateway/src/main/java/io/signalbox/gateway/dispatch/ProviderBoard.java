package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.ProviderMessages.Canary;
import io.signalbox.gateway.bus.ProviderMessages.LimitsNow;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.dispatch.BoardEntry.Readiness;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.rate.RateDesk;
import io.signalbox.spi.Channel;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the dispatcher knows of the providers: their newest generation, what is under way at each,
 * who is cooling down, and who is waited for. Thread-confined.
 */
final class ProviderBoard {
  private final Map<String, BoardEntry> entries = new HashMap<>();
  private final int maxPerProvider;
  private final CoolDownRange coolDowns;
  private final RateDesk rates;

  /**
   * Makes an empty board.
   *
   * @param maxPerProvider how many attempts one provider may have under way, whatever its own
   *     limit: so that one that hangs cannot take all there is
   * @param coolDowns how long one without capacity gets no work
   * @param rates with whom rates are kept
   */
  ProviderBoard(int maxPerProvider, CoolDownRange coolDowns, RateDesk rates) {
    this.maxPerProvider = maxPerProvider;
    this.coolDowns = coolDowns;
    this.rates = rates;
  }

  /**
   * Takes in what a provider verticle published; news of older generations change nothing.
   *
   * @return what waited for a provider that is gone now
   */
  List<WorkItem> update(ProviderState state) {
    BoardEntry known = entries.get(state.provider());
    if (known == null) {
      if (state.stage() != Stage.STOPPED) {
        entries.put(state.provider(), new BoardEntry(state, maxPerProvider, coolDowns, rates));
      }
      return List.of();
    }
    if (known.state().generation() > state.generation()) {
      return List.of();
    }
    known.replace(state);
    if (state.stage() != Stage.STOPPED) {
      return List.of();
    }
    entries.remove(state.provider());
    known.close();
    return known.unparkAll();
  }

  /** Takes in that a share of a provider's attempts goes to a generation on trial, or no more. */
  void canary(Canary news) {
    BoardEntry entry = entries.get(news.provider());
    if (entry != null) {
      entry.canary(news);
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
      if (readiness.compareTo(best) < 0) {
        best = readiness;
      }
    }
    return best;
  }

  /** Whether anything waits for a permit of a provider. */
  boolean hasParked() {
    for (BoardEntry entry : entries.values()) {
      if (entry.hasParked()) {
        return true;
      }
    }
    return false;
  }

  /** When the first rate that holds a provider up lets go; {@link Long#MAX_VALUE} if none does. */
  long nextTokenAtMillis(long nowMillis) {
    long next = Long.MAX_VALUE;
    for (BoardEntry entry : entries.values()) {
      long at = entry.nextTokenAtMillis(nowMillis);
      if (at > nowMillis) {
        next = Math.min(next, at);
      }
    }
    return next;
  }

  /** Others have come or gone with whom rates are kept. */
  void ratesChanged(long nowMillis) {
    entries.values().forEach(entry -> entry.ratesChanged(nowMillis));
  }

  /** A provider has told another node that it wants no work until then. */
  void coolsDown(String provider, long untilMillis, long nowMillis) {
    BoardEntry entry = entries.get(provider);
    if (entry != null) {
      entry.coolDown().elsewhere(untilMillis, nowMillis);
    }
  }

  /** Until when each provider that cools down is given no work. */
  Map<String, Long> coolDowns(long nowMillis) {
    Map<String, Long> cooling = new HashMap<>();
    for (BoardEntry entry : entries.values()) {
      long until = entry.coolDown().untilMillis();
      if (until > nowMillis) {
        cooling.put(entry.state().provider(), until);
      }
    }
    return cooling;
  }

  Collection<BoardEntry> all() {
    return entries.values();
  }

  /** What each provider is given now. */
  Map<String, LimitsNow> limits(long nowMillis) {
    Map<String, LimitsNow> limits = new HashMap<>();
    for (BoardEntry entry : entries.values()) {
      limits.put(entry.state().provider(), entry.limits(nowMillis));
    }
    return limits;
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

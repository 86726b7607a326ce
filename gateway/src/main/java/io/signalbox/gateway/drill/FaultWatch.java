package io.signalbox.gateway.drill;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.scoring.ProviderStatus;
import io.signalbox.scoring.RankedCandidate;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import java.time.Clock;

/**
 * Notes when the gateway reacts to a fault of one provider, and when it trusts it again. Times are
 * epoch milliseconds, 0 for "not yet". Thread-confined.
 */
final class FaultWatch implements World.Watcher {
  private final String provider;
  private final Channel channel;
  private final Clock clock;
  private boolean removed;
  private long openedAtMillis;
  private long degradedAtMillis;
  private long succeededAtMillis;
  private long closedAtMillis;
  private boolean open;

  FaultWatch(String provider, Channel channel, Clock clock) {
    this.provider = provider;
    this.channel = channel;
    this.clock = clock;
  }

  /** From now on it is recovery that is watched. */
  void faultRemoved() {
    removed = true;
  }

  @Override
  public void provider(ProviderState state) {
    if (!state.provider().equals(provider)) {
      return;
    }
    open = !state.breaker().isClosed();
    if (open && openedAtMillis == 0) {
      openedAtMillis = clock.millis();
    }
    if (!open && removed && closedAtMillis == 0) {
      closedAtMillis = clock.millis();
    }
  }

  @Override
  public void ranked(Ranked ranked) {
    ChannelRanking ranking = ranked.channels().get(channel);
    RankedCandidate candidate = ranking == null ? null : ranking.ranking().find(provider);
    if (candidate != null
        && candidate.status() != ProviderStatus.HEALTHY
        && degradedAtMillis == 0) {
      degradedAtMillis = clock.millis();
    }
  }

  @Override
  public void observed(Observed observed) {
    if (removed
        && succeededAtMillis == 0
        && observed.provider().equals(provider)
        && observed.outcome() == OutcomeKind.SENT) {
      succeededAtMillis = clock.millis();
    }
  }

  /** Whether it works again and nothing is held against it. */
  boolean isRecovered() {
    return succeededAtMillis > 0 && !open;
  }

  long openedAtMillis() {
    return openedAtMillis;
  }

  long degradedAtMillis() {
    return degradedAtMillis;
  }

  long succeededAtMillis() {
    return succeededAtMillis;
  }

  /** When its breaker closed; 0 also if it never opened. */
  long closedAtMillis() {
    return openedAtMillis == 0 ? 0 : closedAtMillis;
  }
}

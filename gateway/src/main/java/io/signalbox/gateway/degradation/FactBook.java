package io.signalbox.gateway.degradation;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.health.WorkSample;
import io.signalbox.gateway.ledger.Backlog;
import io.signalbox.scoring.AttemptResult;
import io.signalbox.scoring.FailureKind;
import io.signalbox.scoring.FailureReport;
import io.signalbox.scoring.RollingCounts;
import io.signalbox.spi.Channel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what was heard of providers and channels, as facts to be judged. Thread-confined. */
final class FactBook {
  private static final long MINUTE_MILLIS = 60_000;

  private final FailureWatch failures;
  private final Map<String, ProviderState> providers = new HashMap<>();
  private final Map<Channel, RollingCounts> fallbacks = new EnumMap<>(Channel.class);
  private final Map<Channel, Long> fallbacksSeen = new EnumMap<>(Channel.class);

  FactBook(FailureWatch failures) {
    this.failures = failures;
  }

  /** Takes in what a provider published; news of older generations change nothing. */
  void update(ProviderState state) {
    ProviderState known = providers.get(state.provider());
    if (known != null && known.generation() > state.generation()) {
      return;
    }
    if (state.stage() == Stage.STOPPED) {
      providers.remove(state.provider());
      failures.remove(state.provider());
    } else {
      providers.put(state.provider(), state);
      failures.add(state.provider());
    }
  }

  /** Takes in how many attempts went over fallback channels since the start. */
  void fallbacks(Map<Channel, Long> sinceStart, long nowMillis) {
    sinceStart.forEach(
        (channel, count) -> {
          Long before = fallbacksSeen.put(channel, count);
          RollingCounts counts =
              fallbacks.computeIfAbsent(channel, first -> new RollingCounts(MINUTE_MILLIS));
          for (long i = before == null ? 0 : before; i < count; i++) {
            counts.record(AttemptResult.FAILURE, nowMillis);
          }
        });
  }

  /**
   * The facts of every channel that has a provider configured, or for which something waits: one
   * that has lost all its providers.
   */
  List<ChannelFacts> channels(WorkSample work, long nowMillis) {
    Map<String, FailureReport> reports = failures.reports(nowMillis);
    Map<String, Map<FailureKind, LastFailure>> last = failures.lastFailures();
    List<ChannelFacts> channels = new ArrayList<>();
    for (Channel channel : Channel.values()) {
      List<ProviderFacts> ofChannel =
          providers.values().stream()
              .filter(state -> state.channels().contains(channel))
              .sorted(Comparator.comparing(ProviderState::provider))
              .map(
                  state ->
                      ProviderFacts.of(
                          state,
                          reports.getOrDefault(state.provider(), FailureReport.NONE),
                          last.getOrDefault(state.provider(), Map.of())))
              .toList();
      List<Backlog> lanes =
          work.lanes().stream().filter(lane -> lane.lane().channel() == channel).toList();
      if (!ofChannel.isEmpty() || !lanes.isEmpty()) {
        channels.add(facts(channel, ofChannel, lanes, work.takenAtMillis(), nowMillis));
      }
    }
    return channels;
  }

  private ChannelFacts facts(
      Channel channel,
      List<ProviderFacts> ofChannel,
      List<Backlog> lanes,
      long lanesAtMillis,
      long nowMillis) {
    RollingCounts attempts = failures.ofChannel(channel);
    RollingCounts overFallbacks = fallbacks.get(channel);
    return new ChannelFacts(
        channel,
        ofChannel,
        attempts.calls(nowMillis),
        attempts.failures(nowMillis),
        overFallbacks == null ? 0 : overFallbacks.failures(nowMillis),
        lanes,
        lanesAtMillis);
  }
}

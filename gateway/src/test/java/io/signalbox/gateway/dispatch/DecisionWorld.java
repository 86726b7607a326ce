package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.Decision.RankingSnapshot;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.LaneKind;
import io.signalbox.gateway.policy.DuplicateBudget;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.gateway.policy.PolicyDefaults;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.gateway.rate.RateDesk;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.scoring.HealthSnapshot;
import io.signalbox.scoring.ProviderStatus;
import io.signalbox.scoring.RankedCandidate;
import io.signalbox.scoring.Ranking;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** The dispatcher's decisions, all of them real, over three providers that always have room. */
final class DecisionWorld {
  private static final int MANY = 10_000;

  final PolicyBook policies;
  final FollowUpPlanner planner;

  DecisionWorld(long seed) {
    GatewayConfig config =
        ConfigLoader.load(Optional.empty(), Map.of(), Map.of("dispatch.window", "10m"));
    SplittableRandom random = new SplittableRandom(seed);
    ProviderBoard board =
        new ProviderBoard(
            MANY, new CoolDownRange(Duration.ofSeconds(1), Duration.ofMinutes(1)), RateDesk.ALONE);
    ProviderChooser chooser =
        new ProviderChooser(
            board,
            new DrillRules(told -> {}),
            Preferences.of(StoredPreferences.NONE, config.scoring(), config.dispatch()),
            0.1,
            random.split());
    board.update(state("alpha", Channel.EMAIL, 1, MANY, "closed"));
    board.update(state("beta", Channel.EMAIL, 2, MANY, "closed"));
    board.update(state("gamma", Channel.SMS, 1, MANY, "closed"));
    chooser.rankings(
        Map.of(
            Channel.EMAIL, ranking(Channel.EMAIL, "alpha", "beta"),
            Channel.SMS, ranking(Channel.SMS, "gamma")));
    this.policies = new PolicyBook(new PolicyDefaults(config.dispatch(), config.unknown()));
    this.planner =
        new FollowUpPlanner(
            chooser,
            new OutcomePolicy(Duration.ofSeconds(1)),
            new RoundPolicy(random.split(), millis -> millis / 2),
            policies,
            new DuplicateBudget(),
            new BaseDispatchTest.CountingMeter());
  }

  /** All lanes that the notifications of a test may be in: of their channel, fresh or retried. */
  static List<Lane> lanes() {
    return List.of(
        new Lane(Channel.EMAIL, Priority.NORMAL, LaneKind.SINGLE),
        new Lane(Channel.EMAIL, Priority.NORMAL, LaneKind.RETRY));
  }

  /** A provider without a limit on its rate; half-open it takes one trial at a time. */
  static ProviderState state(
      String provider, Channel channel, int priority, int maxConcurrent, String breaker) {
    return new ProviderState(
        provider,
        "scripted",
        "1",
        1,
        Set.of(channel),
        priority,
        100,
        new ProviderLimits(maxConcurrent, false, 0, 1),
        Duration.ofSeconds(2),
        false,
        Stage.ACTIVE,
        new BreakerView(breaker, 0, 0, 1, false, "test", 0),
        List.of());
  }

  /** A ranking of healthy providers, best first. */
  static ChannelRanking ranking(Channel channel, String... providers) {
    List<RankedCandidate> candidates = new ArrayList<>();
    for (String provider : providers) {
      candidates.add(
          new RankedCandidate(
              provider,
              90 - 10.0 * candidates.size(),
              List.of(),
              ProviderStatus.HEALTHY,
              HealthSnapshot.UNTRIED,
              candidates.size() + 1,
              100,
              candidates.isEmpty() ? 1 : 0,
              null));
    }
    return new ChannelRanking(
        new Ranking(1, 1, channel.wireName(), "weighted", candidates),
        new RankingSnapshot(channel.code() + 1L, "{}"));
  }
}

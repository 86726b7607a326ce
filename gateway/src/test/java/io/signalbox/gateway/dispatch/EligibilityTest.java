package io.signalbox.gateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.PreferenceKey;
import io.signalbox.gateway.ledger.PreferenceSet;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.gateway.policy.PolicyDefaults;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.gateway.rate.RateDesk;
import io.signalbox.scoring.Exclusions;
import io.signalbox.scoring.HealthSnapshot;
import io.signalbox.scoring.ProviderStatus;
import io.signalbox.scoring.RankedCandidate;
import io.signalbox.scoring.Ranking;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is left to a notification where an operator has disabled the fallback to others. */
class EligibilityTest {
  private static final long NOW = 2_000_000;

  private final GatewayConfig config =
      ConfigLoader.load(Optional.empty(), Map.of(), Map.of("dispatch.window", "10m"));
  private final PolicyBook policies =
      new PolicyBook(new PolicyDefaults(config.dispatch(), config.unknown()));
  private final Eligibility eligibility =
      new Eligibility(
          new ProviderBoard(
              10, new CoolDownRange(Duration.ofSeconds(1), Duration.ofMinutes(1)), RateDesk.ALONE),
          new DrillRules(told -> {}),
          Preferences.of(
              new StoredPreferences(
                  PreferenceSet.of(Map.of(PreferenceKey.FALLBACK_ENABLED, false)), Map.of()),
              config.scoring(),
              config.dispatch()));

  @Test
  void itIsTheOneWithMostOfTheTrafficAndNotTheBestScore() {
    assertThat(barred(WorkItems.fresh(), ranking("beta", 91, 0.1, "alpha", 90, 0.9)))
        .containsExactly("beta");
    assertThat(barred(WorkItems.fresh(), ranking("beta", 91, 0.6, "alpha", 90, 0.4)))
        .containsExactly("alpha");
  }

  @Test
  void whoHadTheFirstAttemptOfARoundKeepsItAndTheNextRoundIsAnothers() {
    WorkItem tried = WorkItems.tried(WorkItems.fresh(), "alpha", OutcomeKind.TRANSIENT, NOW - 10);
    Ranking moved = ranking("beta", 91, 1, "alpha", 20, 0);

    assertThat(barred(tried, moved)).containsExactly("beta");
    assertThat(barred(WorkItems.item(tried.notification(), 1, tried.attempts()), moved))
        .containsExactly("alpha");
  }

  private List<String> barred(WorkItem item, Ranking ranking) {
    Exclusions against =
        eligibility.against(
            item, policies.resolve(item.notification()), Channel.EMAIL, ranking, NOW);
    return List.of("alpha", "beta").stream()
        .filter(provider -> "fallback_disabled".equals(against.reasonAgainst(provider)))
        .toList();
  }

  private static Ranking ranking(
      String first, double score, double share, String second, double lower, double otherShare) {
    return new Ranking(
        1,
        NOW,
        "email",
        "weighted",
        List.of(candidate(first, score, share), candidate(second, lower, otherShare)));
  }

  private static RankedCandidate candidate(String provider, double score, double share) {
    return new RankedCandidate(
        provider,
        score,
        List.of(),
        ProviderStatus.HEALTHY,
        HealthSnapshot.UNTRIED,
        1,
        100,
        share,
        null);
  }
}

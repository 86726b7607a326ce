package io.signalbox.gateway.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.PastResult;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.scoring.AttemptResult;
import io.signalbox.scoring.Ranking;
import io.signalbox.scoring.Selection;
import io.signalbox.scoring.breaker.Breaker;
import io.signalbox.scoring.breaker.BreakerSettings;
import io.signalbox.scoring.breaker.BreakerSnapshot;
import io.signalbox.scoring.breaker.BreakerState;
import io.signalbox.scoring.breaker.Permit;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One notification a second, a first provider that is down for hours, and everything that decides
 * over it: its breaker, health, ranking, shares and the choice. Only the clock is the test's.
 */
class RecoveredProviderTest {
  private static final long SECOND = 1_000;
  private static final int HOUR = 3_600;
  private static final int MINUTE = 60;

  private final GatewayConfig config = ConfigLoader.load(Optional.empty(), Map.of(), Map.of());
  private final HealthBook book = new HealthBook(config.scoring(), 1);
  private final RankingMaker maker =
      new RankingMaker(
          config.scoring(),
          Preferences.of(StoredPreferences.NONE, config.scoring(), config.dispatch()),
          () -> 0);
  private final Breaker breaker = new Breaker(BreakerSettings.DEFAULT);
  private long now = 1_800_000_000_000L;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void isBackInTrafficWithinMinutesOfALongOutage(long seed) {
    Selection selection = new Selection(config.scoring().exploration(), new SplittableRandom(seed));
    book.update(ProviderStates.active("main", 1));
    book.update(ProviderStates.active("backup", 2));
    run(selection, 10 * MINUTE, true);
    assertThat(share()).isEqualTo(1);

    run(selection, 3 * HOUR, false);
    assertThat(share()).isZero();
    run(selection, 10 * MINUTE, true);

    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    assertThat(share()).as("seed %d", seed).isEqualTo(1);
  }

  @Test
  void afterARestartWhatFailedBeforeItsBreakerClosedDoesNotCount() {
    List<PastResult> past = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      OutcomeKind outcome = i < 97 ? OutcomeKind.TRANSIENT : OutcomeKind.SENT;
      past.add(new PastResult("main", Channel.SMS, outcome, 20, now + i, null));
    }
    past.add(new PastResult("main", Channel.SMS, OutcomeKind.UNKNOWN, 20, now + 200, null));
    book.remember(past, List.of());
    book.update(
        ProviderStates.active(
            "main", 1, new BreakerView("closed", 9, 0, 1, false, "trials", now + 150)));

    assertThat(book.candidates(Channel.SMS, now + 300).get(0).health())
        .extracting(health -> health.successes() + " of " + health.attempts())
        .isEqualTo("3 of 4");
  }

  private void run(Selection selection, int seconds, boolean works) {
    for (int i = 0; i < seconds; i++) {
      now += SECOND;
      breaker.tick(now);
      tell();
      Ranking ranking = ranking();
      boolean trial = breaker.state() == BreakerState.HALF_OPEN;
      String chosen =
          trial
              ? "main"
              : selection
                  .choose(
                      ranking,
                      provider ->
                          provider.equals("main") && breaker.state() == BreakerState.OPEN
                              ? "breaker_open"
                              : null)
                  .provider();
      if ("main".equals(chosen) && breaker.tryAcquire(now) instanceof Permit.Granted permit) {
        AttemptResult result = works ? AttemptResult.SUCCESS : AttemptResult.FAILURE;
        breaker.onResult(permit, result, now);
        ended("main", works ? OutcomeKind.SENT : OutcomeKind.TRANSIENT);
        chosen = works ? chosen : "backup";
        tell();
      }
      if ("backup".equals(chosen)) {
        ended("backup", OutcomeKind.SENT);
      }
    }
  }

  private void ended(String provider, OutcomeKind outcome) {
    book.observe(new Observed(provider, Channel.SMS, outcome, null, 20, now));
  }

  private void tell() {
    BreakerSnapshot state = breaker.snapshot();
    book.update(
        ProviderStates.active(
            "main",
            1,
            new BreakerView(
                state.state().wireName(),
                state.generation(),
                state.openUntilMillis(),
                1,
                false,
                state.reason(),
                state.changedAtMillis())));
  }

  private double share() {
    return ranking().find("main").share();
  }

  private Ranking ranking() {
    return maker.rank(Channel.SMS, book.candidates(Channel.SMS, now), now, false).ranking();
  }
}

package io.signalbox.gateway.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.gateway.bus.ProviderMessages.ProviderReset;
import io.signalbox.gateway.bus.ScoringMessages.Deliveries;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.DeliveryNews;
import io.signalbox.gateway.ledger.DeliveryNews.Verdict;
import io.signalbox.gateway.ledger.PastResult;
import io.signalbox.gateway.ledger.PreferenceKey;
import io.signalbox.gateway.ledger.PreferenceSet;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.scoring.Candidate;
import io.signalbox.scoring.HealthSnapshot;
import io.signalbox.scoring.Ranking;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Outcomes and receipts become health, live and after a restart, and health becomes traffic. */
class HealthBookTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long SECOND = 1_000;
  private static final int MESSAGES = 100;

  private final GatewayConfig config = ConfigLoader.load(Optional.empty(), Map.of(), Map.of());
  private final HealthBook book = new HealthBook(config.scoring(), 1);

  @Test
  void aProviderThatAcceptsAndDoesNotDeliverLosesItsPlaceToTheSecond() {
    book.update(ProviderStates.active("silent", 1));
    book.update(ProviderStates.active("honest", 2));
    for (int i = 0; i < MESSAGES; i++) {
      sent("silent", i);
      sent("honest", i);
      delivered("honest", i);
      if (i < 40) {
        delivered("silent", i);
      }
    }
    RankingMaker maker =
        new RankingMaker(
            config.scoring(),
            Preferences.of(StoredPreferences.NONE, config.scoring(), config.dispatch()),
            () -> 0);

    Ranking before = rank(maker, NOW + 40 * SECOND, true);
    assertThat(before.find("silent").share()).isEqualTo(1);
    Ranking after = rank(maker, NOW + 200 * SECOND, false);

    // 40 of 100 were delivered: 0.4 / 0.95 of a success rate of 1.
    assertThat(after.find("silent").health().delivery().share()).isEqualTo(0.4, within(1e-9));
    assertThat(after.find("silent").health().effectiveSuccessRate())
        .isEqualTo(0.4 / 0.95, within(1e-9));
    assertThat(after.find("honest").share()).isEqualTo(1);
  }

  @Test
  void whatARunBeforeSawCountsAsIfItHadBeenSeen() {
    List<PastResult> past = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      long at = NOW + i * SECOND;
      DeliveryNews news = i % 2 == 0 ? news("past", at, at + SECOND) : null;
      past.add(new PastResult("past", Channel.SMS, OutcomeKind.SENT, 20, at, news));
    }
    // The run before listened for long enough to know that the others were not delivered.
    long stopped = NOW + 2 * config.scoring().lateAfterMax().toMillis();
    past.add(new PastResult("other", Channel.SMS, OutcomeKind.SENT, 20, stopped, null));
    book.remember(past, List.of());
    book.update(ProviderStates.active("past", 1));
    book.update(ProviderStates.active("live", 2));
    for (int i = 0; i < MESSAGES; i++) {
      sent("live", i);
      if (i % 2 == 0) {
        delivered("live", i);
      }
    }

    List<Candidate> candidates = book.candidates(Channel.SMS, NOW + 500 * SECOND);
    assertThat(candidates).hasSize(2);
    assertThat(candidates.get(0).health()).isEqualTo(candidates.get(1).health());
    assertThat(candidates.get(0).health().delivery().share()).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void whereNobodyMayTakeOverTheTrafficIsNotShared() {
    book.update(ProviderStates.active("a", 1));
    book.update(ProviderStates.active("b", 2));
    PreferenceSet alone =
        PreferenceSet.of(
            Map.of(PreferenceKey.STRATEGY, "weighted", PreferenceKey.FALLBACK_ENABLED, false));
    RankingMaker maker =
        new RankingMaker(
            config.scoring(),
            Preferences.of(
                new StoredPreferences(alone, Map.of()), config.scoring(), config.dispatch()),
            () -> 0);

    assertThat(rank(maker, NOW, true).find("a").share()).isEqualTo(1);
  }

  @Test
  void aResetForgetsWhatCameOfItsWork() {
    book.update(ProviderStates.active("a", 1));
    for (int i = 0; i < MESSAGES; i++) {
      sent("a", i);
    }
    book.reset(new ProviderReset("a"), NOW + MESSAGES * SECOND);
    assertThat(book.candidates(Channel.SMS, NOW).get(0).health()).isEqualTo(HealthSnapshot.UNTRIED);
  }

  @Test
  void thePriceOfItsFileIsThePriceOfTheCandidate() {
    book.update(ProviderStates.active("a", 1));
    book.update(ProviderStates.priced("b", 0.0075));
    assertThat(book.candidates(Channel.SMS, NOW))
        .extracting(candidate -> candidate.provider() + " " + candidate.price())
        .containsExactlyInAnyOrder("a OptionalDouble.empty", "b OptionalDouble[0.0075]");
  }

  private Ranking rank(RankingMaker maker, long nowMillis, boolean atOnce) {
    return maker
        .rank(Channel.SMS, book.candidates(Channel.SMS, nowMillis), nowMillis, atOnce)
        .ranking();
  }

  private void sent(String provider, int second) {
    book.observe(
        new Observed(provider, Channel.SMS, OutcomeKind.SENT, null, 20, NOW + second * SECOND));
  }

  private void delivered(String provider, int second) {
    long at = NOW + second * SECOND;
    book.hear(new Deliveries(List.of(news(provider, at, at + SECOND))));
  }

  private static DeliveryNews news(String provider, long acceptedAt, long deliveredAt) {
    return new DeliveryNews(
        provider, Channel.SMS, acceptedAt, Verdict.DELIVERED, deliveredAt, deliveredAt, false);
  }
}

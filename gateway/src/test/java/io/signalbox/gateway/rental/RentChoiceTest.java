package io.signalbox.gateway.rental;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.config.NumbersSettings;
import io.signalbox.gateway.ledger.OfferLedger.KnownOffers;
import io.signalbox.gateway.ledger.OfferLedger.OfferSync;
import io.signalbox.gateway.ledger.OfferLedger.StoredOffer;
import io.signalbox.gateway.ledger.PreferenceKey;
import io.signalbox.gateway.ledger.PreferenceSet;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.operation.Candidate;
import io.signalbox.gateway.operation.Candidates;
import io.signalbox.gateway.preferences.ChannelPreferences;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.scoring.HealthSnapshot;
import io.signalbox.scoring.ProviderStatus;
import io.signalbox.scoring.RankedCandidate;
import io.signalbox.scoring.Ranking;
import io.signalbox.spi.Channel;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.Price;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RentChoiceTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long HOUR = 3_600_000;
  private static final GatewayConfig CONFIG = config(Map.of());

  private final List<RankedCandidate> ranked = new ArrayList<>();
  private final List<StoredOffer> offers = new ArrayList<>();
  private final List<OfferSync> syncs = new ArrayList<>();
  private StoredPreferences preferences = StoredPreferences.NONE;
  private NumbersSettings settings = CONFIG.numbers();

  @Test
  void adjustedIsTheUsualPolicyWithItsExactNumbers() {
    provider("slow-and-full", health(80, 20, 6_000, 2 * HOUR));
    provider("quick-and-scarce", health(80, 20, 1_500, HOUR / 2));
    offer("slow-and-full", 101, "1");
    offer("quick-and-scarce", 9, "1");

    Candidates chosen = choose(wish(null));

    assertThat(chosen.rule()).isEqualTo("adjusted");
    // 80 + 10 - 10 + 5, and 80 - 10 + 10
    assertThat(chosen.ranked())
        .extracting(Candidate::provider, Candidate::score)
        .containsExactly(tuple("quick-and-scarce", 85.0), tuple("slow-and-full", 80.0));
    assertThat(chosen.ranked().get(0).reasons().getInteger("stock")).isEqualTo(9);
    assertThat(chosen.ranked().get(0).reasons().getJsonArray("inputs").encode())
        .contains("\"name\":\"stock\",\"value\":9.0,\"weight\":0.0,\"points\":-10.0");
  }

  @Test
  void whoIsBelievedToHaveNothingIsAskedLastAndNotLeftOut() {
    provider("none", health(100, 0, 10, 0));
    provider("some", health(30, 70, 10, 0));
    provider("not-listed", health(100, 0, 10, 0));
    offer("none", 0, "1");
    offer("some", 3, "1");
    syncs.add(new OfferSync("not-listed", NOW - HOUR, 10, true));

    Candidates chosen = choose(wish(null));

    assertThat(chosen.ranked()).extracting(Candidate::provider).startsWith("some");
    assertThat(chosen.ranked()).allMatch(Candidate::isEligible);
    assertThat(chosen.ranked().get(1).score()).isZero();
    assertThat(chosen.ranked().get(2).score()).isZero();
    assertThat(chosen.ranked().get(1).reasons().getString("last_because"))
        .isEqualTo("out_of_stock");
  }

  @Test
  void whatWasSeenLongAgoSaysNothingOfStock() {
    provider("a", health(50, 50, 3_000, 2 * HOUR));
    offers.add(new StoredOffer("a", offer(0, "1", null), NOW - 13 * HOUR));
    syncs.add(new OfferSync("b", NOW - 13 * HOUR, 10, true));
    provider("b", health(50, 50, 3_000, 2 * HOUR));

    assertThat(choose(wish(null)).ranked())
        .allMatch(each -> each.score() == 50 && !each.reasons().containsKey("last_because"));
  }

  @Test
  void cheapestTakesTheLowestPriceOfThoseThatAreHealthyEnough() {
    provider("dear", health(100, 0, 10, 0));
    provider("cheap", health(85, 15, 4_000, 0));
    provider("failing", health(70, 30, 10, 0));
    offer("dear", 500, "2");
    offer("cheap", 5, "1");
    offer("failing", 500, "0.1");

    Candidates chosen = choose(wish("cheapest"));

    assertThat(chosen.rule()).isEqualTo("cheapest");
    assertThat(chosen.ranked())
        .extracting(Candidate::provider)
        .containsExactly("cheap", "dear", "failing");
    assertThat(chosen.ranked()).extracting(Candidate::score).containsExactly(100.0, 75.0, 35.0);
  }

  @Test
  void preferencesOfTheChannelSayWhichPolicyWhoGoesFirstAndWhetherOthersMayFollow() {
    provider("a", health(100, 0, 10, 0));
    provider("b", health(90, 10, 10, 0));
    preferences =
        new StoredPreferences(
            PreferenceSet.EMPTY,
            Map.of(
                Channel.NUMBER,
                PreferenceSet.of(
                    Map.of(
                        PreferenceKey.POLICY,
                        "cheapest",
                        PreferenceKey.PREFERRED_PROVIDER,
                        "b",
                        PreferenceKey.FALLBACK_ENABLED,
                        false))));

    Candidates chosen = choose(wish(null));

    assertThat(chosen.rule()).isEqualTo("cheapest");
    assertThat(chosen.ranked().get(0).provider()).isEqualTo("b");
    assertThat(chosen.ranked().get(1).excluded()).isEqualTo("fallback_disabled");
  }

  @Test
  void aPinnedProviderIsTheOnlyOne() {
    provider("a", health(100, 0, 10, 0));
    provider("b", health(50, 50, 10, 0));

    Candidates chosen = choose(new RentWish("us", "wa", null, "b", null));

    assertThat(chosen.ranked())
        .filteredOn(Candidate::isEligible)
        .extracting(Candidate::provider)
        .containsExactly("b");
    assertThat(chosen.ranked())
        .filteredOn(each -> !each.isEligible())
        .extracting(Candidate::excluded)
        .containsExactly("not_asked_for");
  }

  @Test
  void whoCannotBeAskedIsNamedWithTheReason() {
    ranked.add(candidate("open", health(100, 0, 10, 0), ProviderStatus.UNAVAILABLE, null));
    ranked.add(candidate("drained", health(100, 0, 10, 0), ProviderStatus.UNAVAILABLE, "drained"));

    assertThat(choose(wish(null)).ranked())
        .extracting(Candidate::excluded)
        .containsExactlyInAnyOrder("breaker_open", "drained");
  }

  @Test
  void aPriceOverTheLimitPutsAProviderLastAndTheLimitIsHandedOver() {
    provider("dear", health(100, 0, 10, 0));
    provider("fair", health(60, 40, 10, 0));
    offer("dear", 500, "1.5");
    offer("fair", 500, "1.4");

    List<Candidate> chosen = choose(limited("1.4")).ranked();

    assertThat(chosen).extracting(Candidate::provider).containsExactly("fair", "dear");
    assertThat(chosen).allMatch(Candidate::isEligible);
    assertThat(chosen.get(0).reasons().getDouble("limit")).isEqualTo(1.4);
    assertThat(chosen.get(1).reasons().getString("last_because")).isEqualTo("over_max_price");
  }

  @Test
  void aLimitIsNotTakenForAnotherCurrency() {
    provider("roubles", health(100, 0, 10, 0));
    offers.add(
        new StoredOffer(
            "roubles",
            new NumberOffer("us", "wa", 9, new Price(new BigDecimal("90"), "RUB"), null),
            NOW));

    assertThat(choose(limited("1")).ranked().get(0).excluded()).isEqualTo("other_currency");
    assertThat(choose(wish(null)).ranked().get(0).isEligible()).isTrue();
  }

  @Test
  void freePriceGoesFirstWhereItIsAllowedAndNeverCostsMoreThanTheFixedPrice() {
    provider("a", health(100, 0, 10, 0));
    offers.add(new StoredOffer("a", offer(500, "1", "0.4"), NOW));
    assertThat(variants(wish(null))).containsExactly("free_price 1.0", " null");
    assertThat(variants(limited("0.5"))).containsExactly("free_price 0.5", " 0.5");
    assertThat(variants(limited("3"))).containsExactly("free_price 1.0", " 3.0");
    assertThat(variants(limited("0.3"))).containsExactly(" 0.3");

    settings = config(Map.of("numbers.free_price", "b")).numbers();
    assertThat(choose(wish(null)).ranked()).hasSize(1);
  }

  @Test
  void withoutAnyProviderNobodyIsLeft() {
    Candidates chosen =
        RentChoice.of(
            wish(null), new RentFacts(null, Map.of(), KnownOffers.NONE, channel()), settings, NOW);
    assertThat(chosen.ranked()).isEmpty();
  }

  private List<String> variants(RentWish wish) {
    return choose(wish).ranked().stream()
        .map(each -> each.variant() + " " + each.reasons().getDouble("limit"))
        .toList();
  }

  private Candidates choose(RentWish wish) {
    Ranking ranking = new Ranking(1, NOW, "number", "adjusted", ranked);
    return RentChoice.of(
        wish,
        new RentFacts(ranking, Map.of(), new KnownOffers(offers, syncs), channel()),
        settings,
        NOW);
  }

  private ChannelPreferences channel() {
    return Preferences.of(preferences, CONFIG.scoring(), CONFIG.dispatch()).of(Channel.NUMBER);
  }

  private static GatewayConfig config(Map<String, String> values) {
    return ConfigLoader.load(Optional.empty(), Map.of(), values);
  }

  private static RentWish wish(@Nullable String policy) {
    return new RentWish("us", "wa", null, null, policy);
  }

  private static RentWish limited(String maxPrice) {
    return new RentWish("us", "wa", new BigDecimal(maxPrice), null, null);
  }

  private void provider(String id, HealthSnapshot health) {
    ranked.add(candidate(id, health, ProviderStatus.HEALTHY, null));
  }

  private static RankedCandidate candidate(
      String id, HealthSnapshot health, ProviderStatus status, @Nullable String outOfService) {
    return new RankedCandidate(id, 1, List.of(), status, health, 1, 100, 0, outOfService);
  }

  private static HealthSnapshot health(
      int successes, int failures, double millis, long successAgoMillis) {
    return HealthSnapshot.of(
        successes, failures, millis, NOW - successAgoMillis, HealthSnapshot.NEVER);
  }

  private void offer(String provider, int stock, String price) {
    offers.add(new StoredOffer(provider, offer(stock, price, null), NOW - HOUR));
  }

  private static NumberOffer offer(int stock, String price, @Nullable String free) {
    return new NumberOffer("us", "wa", stock, dollars(price), free == null ? null : dollars(free));
  }

  private static Price dollars(String amount) {
    return new Price(new BigDecimal(amount), "USD");
  }
}

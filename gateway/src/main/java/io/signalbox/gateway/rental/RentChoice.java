package io.signalbox.gateway.rental;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.config.NumbersSettings;
import io.signalbox.gateway.operation.Candidate;
import io.signalbox.gateway.operation.Candidates;
import io.signalbox.gateway.operation.WhoMayBeAsked;
import io.signalbox.gateway.ranking.RankingJson;
import io.signalbox.scoring.ProviderStatus;
import io.signalbox.scoring.RankedCandidate;
import io.signalbox.scoring.Ranker;
import io.signalbox.scoring.Ranking;
import io.signalbox.scoring.ScorePolicy;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Whom to ask for a number, the best first. A pure function of the wish, what is known, and the
 * clock.
 *
 * <p>Health comes from scoring's newest ranking, stock and price from what providers said last. Who
 * is believed to have nothing, or nothing at the price, stands behind all others and is asked all
 * the same when they had nothing: what is known may be hours old, the question costs nothing, and
 * its answer is the truth.
 */
final class RentChoice {
  /** The variant in which a provider may pick any price up to the limit. */
  static final String FREE_PRICE = "free_price";

  /** The reason that holds the most that may be paid. */
  static final String LIMIT = "limit";

  private final RentWish wish;
  private final RentFacts facts;
  private final NumbersSettings settings;
  private final long nowMillis;
  private final WhoMayBeAsked who;

  private RentChoice(RentWish wish, RentFacts facts, NumbersSettings settings, long nowMillis) {
    this.wish = wish;
    this.facts = facts;
    this.settings = settings;
    this.nowMillis = nowMillis;
    this.who = new WhoMayBeAsked(facts.providers(), wish.provider(), nowMillis);
  }

  /** Chooses. */
  static Candidates of(RentWish wish, RentFacts facts, NumbersSettings settings, long nowMillis) {
    return new RentChoice(wish, facts, settings, nowMillis).choose();
  }

  /**
   * A provider with its place.
   *
   * @param doubt why it is asked last, such as {@code out_of_stock}; null if it is not
   * @param excluded why it is not asked at all; null if it is
   */
  private record Place(
      RankedCandidate ranked,
      OfferFacts offer,
      boolean preferred,
      @Nullable String doubt,
      @Nullable String excluded) {}

  private Candidates choose() {
    ScorePolicy policy =
        wish.policy() == null ? facts.preferences().policy() : ScorePolicy.named(wish.policy());
    Ranking known = facts.ranking();
    if (known == null) {
      return new Candidates(List.of(), policy.name(), 0);
    }
    List<io.signalbox.scoring.Candidate> scored = new ArrayList<>();
    for (RankedCandidate candidate : known.candidates()) {
      scored.add(scored(candidate));
    }
    Ranking ranking =
        Ranker.rank(
            known.id(),
            nowMillis,
            known.channel(),
            scored,
            policy,
            facts.preferences().parameters());
    List<Place> places = new ArrayList<>();
    ranking.candidates().forEach(candidate -> places.add(place(candidate)));
    // Stable: whoever is as good in these respects stays as scored.
    places.sort(
        Comparator.comparing((Place place) -> place.doubt() != null)
            .thenComparing(place -> !place.preferred()));
    List<Candidate> candidates = candidates(places);
    return new Candidates(candidates, policy.name(), who.retryAfterMillis(candidates));
  }

  private io.signalbox.scoring.Candidate scored(RankedCandidate candidate) {
    OfferFacts offer = offer(candidate.provider());
    BigDecimal price = offer.lowest(settings.currency());
    ProviderState state = facts.providers().get(candidate.provider());
    boolean open =
        candidate.status() == ProviderStatus.UNAVAILABLE && candidate.outOfServiceReason() == null;
    return new io.signalbox.scoring.Candidate(
        candidate.provider(),
        candidate.health(),
        candidate.priorityRank(),
        candidate.weight(),
        0,
        state == null ? 1 : state.limits().maxConcurrent(),
        offer.stock(),
        price == null ? OptionalDouble.empty() : OptionalDouble.of(price.doubleValue()),
        open,
        candidate.outOfServiceReason());
  }

  private OfferFacts offer(String provider) {
    return OfferFacts.of(facts.offers(), provider, settings, nowMillis);
  }

  private Place place(RankedCandidate candidate) {
    OfferFacts offer = offer(candidate.provider());
    return new Place(
        candidate,
        offer,
        candidate.provider().equals(facts.preferences().preferredProvider()),
        doubt(offer),
        excluded(candidate, offer));
  }

  private @Nullable String doubt(OfferFacts offer) {
    if (offer.stock().orElse(1) == 0) {
      return "out_of_stock";
    }
    BigDecimal lowest = offer.lowest(settings.currency());
    BigDecimal limit = wish.maxPrice();
    return limit != null && lowest != null && lowest.compareTo(limit) > 0 ? "over_max_price" : null;
  }

  private @Nullable String excluded(RankedCandidate candidate, OfferFacts offer) {
    String against = who.against(candidate);
    if (against != null) {
      return against;
    }
    // The limit would be taken for an amount of the other currency.
    return wish.maxPrice() != null && offer.isForeign(settings.currency())
        ? "other_currency"
        : null;
  }

  private List<Candidate> candidates(List<Place> places) {
    List<Candidate> candidates = new ArrayList<>();
    boolean closed = false;
    for (Place place : places) {
      String excluded = place.excluded();
      if (excluded == null && closed) {
        excluded = "fallback_disabled";
      }
      closed |= excluded == null && !facts.preferences().fallbackEnabled();
      BigDecimal free = excluded == null ? freeLimit(place.offer()) : null;
      if (free != null) {
        candidates.add(candidate(place, FREE_PRICE, free, null));
      }
      candidates.add(candidate(place, "", wish.maxPrice(), excluded));
    }
    return candidates;
  }

  /** The most that a provider may pick; null if it may not. Never more than the fixed price. */
  private @Nullable BigDecimal freeLimit(OfferFacts offer) {
    BigDecimal lowest = offer.lowestFree(settings.currency());
    BigDecimal fixed = offer.fixed(settings.currency());
    BigDecimal limit = wish.maxPrice() == null ? fixed : wish.maxPrice();
    if (lowest == null || limit == null) {
      return null;
    }
    BigDecimal most = fixed == null ? limit : limit.min(fixed);
    return lowest.compareTo(most) <= 0 ? most : null;
  }

  private static Candidate candidate(
      Place place, String variant, @Nullable BigDecimal limit, @Nullable String excluded) {
    JsonObject reasons = RankingJson.write(place.ranked());
    // What says nothing here, or stands beside the reasons.
    reasons.remove("provider");
    reasons.remove("score");
    reasons.remove("traffic_share");
    place.offer().describe(reasons);
    if (place.preferred()) {
      reasons.put("preferred", true);
    }
    if (limit != null) {
      reasons.put(LIMIT, limit.doubleValue());
    }
    if (place.doubt() != null) {
      reasons.put("last_because", place.doubt());
    }
    RankedCandidate ranked = place.ranked();
    return new Candidate(ranked.provider(), variant, ranked.score(), reasons, excluded, null, true);
  }
}

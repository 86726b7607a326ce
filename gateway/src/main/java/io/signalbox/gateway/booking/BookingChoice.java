package io.signalbox.gateway.booking;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.operation.Candidate;
import io.signalbox.gateway.operation.Candidates;
import io.signalbox.gateway.preferences.ChannelPreferences;
import io.signalbox.gateway.ranking.RankingJson;
import io.signalbox.scoring.ProviderStatus;
import io.signalbox.scoring.RankedCandidate;
import io.signalbox.scoring.Ranking;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked for a booking, and why, as things were at one moment. Pure.
 *
 * @param ranking the newest of the channel; null if there is none yet
 * @param providers booking providers by id
 * @param preferences of the channel
 */
record BookingChoice(
    @Nullable Ranking ranking,
    Map<String, ProviderState> providers,
    ChannelPreferences preferences) {

  private static final String BREAKER_OPEN = "breaker_open";

  /**
   * The candidates for a booking.
   *
   * @param wanted who is to do it; null for whoever is best
   */
  Candidates candidates(@Nullable String wanted, long nowMillis) {
    if (ranking == null) {
      return new Candidates(List.of(), preferences.policy().name(), 0);
    }
    List<RankedCandidate> ranked = new ArrayList<>(ranking.candidates());
    // Stable: all others stay as scored.
    ranked.sort(Comparator.comparing(each -> !isPreferred(each)));
    List<Candidate> candidates = new ArrayList<>();
    boolean closed = false;
    for (RankedCandidate each : ranked) {
      String excluded = excluded(each, wanted);
      if (excluded == null && closed) {
        excluded = "fallback_disabled";
      }
      closed |= excluded == null && !preferences.fallbackEnabled();
      candidates.add(
          new Candidate(each.provider(), "", each.score(), reasons(each), excluded, null, true));
    }
    return new Candidates(candidates, ranking.policy(), retryAfter(candidates, nowMillis));
  }

  private boolean isPreferred(RankedCandidate candidate) {
    return candidate.provider().equals(preferences.preferredProvider());
  }

  private static @Nullable String excluded(RankedCandidate candidate, @Nullable String wanted) {
    if (wanted != null && !wanted.equals(candidate.provider())) {
      return "not_asked_for";
    }
    if (candidate.outOfServiceReason() != null) {
      return candidate.outOfServiceReason();
    }
    return candidate.status() == ProviderStatus.UNAVAILABLE ? BREAKER_OPEN : null;
  }

  private JsonObject reasons(RankedCandidate candidate) {
    JsonObject reasons = RankingJson.write(candidate);
    // What says nothing here, or stands beside the reasons.
    reasons.remove("provider");
    reasons.remove("score");
    reasons.remove("traffic_share");
    return isPreferred(candidate) ? reasons.put("preferred", true) : reasons;
  }

  /** After how long a breaker lets somebody through, where nobody can be asked now. */
  private long retryAfter(List<Candidate> candidates, long nowMillis) {
    long soonest = Long.MAX_VALUE;
    for (Candidate candidate : candidates) {
      if (candidate.isEligible()) {
        return 0;
      }
      ProviderState state = providers.get(candidate.provider());
      if (BREAKER_OPEN.equals(candidate.excluded()) && state != null) {
        soonest = Math.min(soonest, state.breaker().openUntilMillis() - nowMillis);
      }
    }
    return soonest == Long.MAX_VALUE ? 0 : Math.max(1, soonest);
  }
}

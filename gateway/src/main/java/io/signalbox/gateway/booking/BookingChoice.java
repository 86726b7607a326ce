package io.signalbox.gateway.booking;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.operation.Candidate;
import io.signalbox.gateway.operation.Candidates;
import io.signalbox.gateway.operation.WhoMayBeAsked;
import io.signalbox.gateway.preferences.ChannelPreferences;
import io.signalbox.gateway.ranking.RankingJson;
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
    WhoMayBeAsked who = new WhoMayBeAsked(providers, wanted, nowMillis);
    List<Candidate> candidates = new ArrayList<>();
    boolean closed = false;
    for (RankedCandidate each : ranked) {
      String excluded = who.against(each);
      if (excluded == null && closed) {
        excluded = "fallback_disabled";
      }
      closed |= excluded == null && !preferences.fallbackEnabled();
      candidates.add(
          new Candidate(each.provider(), "", each.score(), reasons(each), excluded, null, true));
    }
    return new Candidates(candidates, ranking.policy(), who.retryAfterMillis(candidates));
  }

  private boolean isPreferred(RankedCandidate candidate) {
    return candidate.provider().equals(preferences.preferredProvider());
  }

  private JsonObject reasons(RankedCandidate candidate) {
    JsonObject reasons = RankingJson.write(candidate);
    // What says nothing here, or stands beside the reasons.
    reasons.remove("provider");
    reasons.remove("score");
    reasons.remove("traffic_share");
    return isPreferred(candidate) ? reasons.put("preferred", true) : reasons;
  }
}

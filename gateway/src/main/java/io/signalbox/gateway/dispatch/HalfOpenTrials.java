package io.signalbox.gateway.dispatch;

import io.signalbox.scoring.Exclusions;
import io.signalbox.scoring.RankedCandidate;
import io.signalbox.scoring.Ranking;
import org.jspecify.annotations.Nullable;

/** Who may be given a notification as a trial of a half-open breaker. Thread-confined. */
final class HalfOpenTrials {
  /** The rule that chose a provider for its trial. */
  static final String TRIAL = "half_open_trial";

  /** The rule that chose one for its trial because nobody else was left. */
  static final String LAST_RESORT = "half_open_last_resort";

  private static final String HALF_OPEN = "half_open";

  private final ProviderBoard board;

  HalfOpenTrials(ProviderBoard board) {
    this.board = board;
  }

  /** The first half-open provider that waits for a trial and may have this notification. */
  @Nullable BoardEntry candidate(Ranking ranking, Exclusions against, long nowMillis) {
    String only = usablePreferred(ranking);
    for (RankedCandidate candidate : ranking.candidates()) {
      BoardEntry entry = board.find(candidate.provider());
      if (entry != null
          && (only == null || only.equals(candidate.provider()))
          && entry.wantsTrial(nowMillis)
          && against.reasonAgainst(candidate.provider()) == null) {
        return entry;
      }
    }
    return null;
  }

  /**
   * Leaves half-open providers to those who may serve as a trial: others come to them only if there
   * is nobody else.
   */
  Exclusions sparing(Exclusions against, long nowMillis) {
    return provider -> {
      String reason = against.reasonAgainst(provider);
      BoardEntry entry = reason == null ? board.find(provider) : null;
      return entry != null && entry.wantsTrial(nowMillis) ? HALF_OPEN : reason;
    };
  }

  /** The preferred provider if it is usable: then nobody else is given traffic for a trial. */
  private static @Nullable String usablePreferred(Ranking ranking) {
    String wanted = ranking.preferred();
    RankedCandidate preferred = wanted == null ? null : ranking.find(wanted);
    return preferred != null && preferred.usable() ? wanted : null;
  }
}

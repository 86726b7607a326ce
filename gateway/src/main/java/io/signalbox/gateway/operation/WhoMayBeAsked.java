package io.signalbox.gateway.operation;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.scoring.ProviderStatus;
import io.signalbox.scoring.RankedCandidate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of the ranked providers an operation may ask at a moment, whatever its kind. Pure.
 *
 * @param providers those that there are, by id
 * @param wanted the only one that is to be asked; null for any
 */
public record WhoMayBeAsked(
    Map<String, ProviderState> providers, @Nullable String wanted, long nowMillis) {

  /** Why a provider is not asked; null if it may be. */
  public @Nullable String against(RankedCandidate candidate) {
    if (wanted != null && !wanted.equals(candidate.provider())) {
      return "not_asked_for";
    }
    if (candidate.outOfServiceReason() != null) {
      return candidate.outOfServiceReason();
    }
    // The breaker's own word is there before a ranking that knows of it.
    ProviderState state = providers.get(candidate.provider());
    boolean open = state != null && "open".equals(state.breaker().state());
    return open || candidate.status() == ProviderStatus.UNAVAILABLE
        ? PastAttempt.BREAKER_OPEN
        : null;
  }

  /**
   * After how long a breaker lets somebody through, where nobody can be asked now.
   *
   * @return 0 if somebody can be, or nobody knows
   */
  public long retryAfterMillis(List<Candidate> candidates) {
    long soonest = Long.MAX_VALUE;
    for (Candidate candidate : candidates) {
      if (candidate.isEligible()) {
        return 0;
      }
      ProviderState state = providers.get(candidate.provider());
      if (PastAttempt.BREAKER_OPEN.equals(candidate.excluded()) && state != null) {
        soonest = Math.min(soonest, state.breaker().openUntilMillis() - nowMillis);
      }
    }
    return soonest == Long.MAX_VALUE ? 0 : Math.max(1, soonest);
  }
}

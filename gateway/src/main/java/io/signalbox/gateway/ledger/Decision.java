package io.signalbox.gateway.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a provider was chosen: the ranking it was chosen from, the rule, who was left out, and the
 * routing policy.
 *
 * @param ranking the ranking at the time; null if there was none
 * @param rule the rule that chose, such as {@code best_score}
 * @param excluded who was left out and why
 * @param policy the name of the routing policy; null if that is not known
 */
public record Decision(
    @Nullable RankingSnapshot ranking,
    String rule,
    List<Excluded> excluded,
    @Nullable String policy) {

  /** Copies the list. */
  public Decision {
    excluded = List.copyOf(excluded);
  }

  /** A decision under no policy that is known. */
  public Decision(@Nullable RankingSnapshot ranking, String rule, List<Excluded> excluded) {
    this(ranking, rule, excluded, null);
  }

  /**
   * A candidate that was left out.
   *
   * @param provider its id
   * @param reason such as {@code breaker_open} or {@code already_tried}
   */
  public record Excluded(String provider, String reason) {}

  /**
   * A published ranking. Many decisions share one, so it is stored once, the first time a decision
   * refers to it.
   *
   * @param id unique among all rankings, growing with time
   * @param json candidates with their scores and inputs, as the API shows them
   */
  public record RankingSnapshot(long id, String json) {}
}

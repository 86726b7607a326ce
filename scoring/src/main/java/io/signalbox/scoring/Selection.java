package io.signalbox.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a provider from the ranking of one channel. Holds the turns of round-robin and when each
 * provider was chosen last, for the providers of the newest ranking only, so its memory is bounded
 * by the ranking. Use one object a channel. Thread-confined. A choice walks the candidates a few
 * times; unless somebody is excluded it allocates nothing.
 *
 * <p>How a choice is made:
 *
 * <ol>
 *   <li>Candidates with a reason against them, given by the caller or because they are out of
 *       service, are set aside and listed in the answer.
 *   <li>A {@linkplain Ranking#preferred preferred} provider that is left and {@linkplain
 *       RankedCandidate#usable usable} is taken.
 *   <li>Rarely (the exploration share, 1% unless configured; never while one is preferred) the one
 *       tried least recently is taken, so that backups are known to work and a provider with a bad
 *       record can earn a better one. A provider whose breaker was open when the ranking was made
 *       is not explored.
 *   <li>Else the usable ones take turns by their shares of the traffic, as {@link TrafficShares}
 *       moved them. If none of those left has a share, the first of the ranking is taken.
 *   <li>When none is usable, all that are left take turns by score: if all are bad, use them all
 *       rather than none, the least bad first.
 * </ol>
 *
 * <p>What is left to the caller: an exclusion is final here, whatever its reason. When the answer
 * is {@link ChoiceRule#NONE_LEFT} because every breaker is open, it is the caller who decides to
 * wait until the first breaker admits a trial, to use a fallback channel, or to choose again with
 * fewer reasons.
 */
public final class Selection {
  /** The exploration share unless configured. */
  public static final double DEFAULT_EXPLORATION_SHARE = 0.01;

  private final double explorationShare;
  private final RandomGenerator random;
  private @Nullable Ranking ranking;
  private Turn[] turns = {};
  private boolean allDegraded;
  private long choices;

  /** Makes a selection with the default exploration share. */
  public Selection(RandomGenerator random) {
    this(DEFAULT_EXPLORATION_SHARE, random);
  }

  /**
   * Makes a selection.
   *
   * @param explorationShare share of the choices that explore, 0 (never) to 1
   */
  public Selection(double explorationShare, RandomGenerator random) {
    if (!(explorationShare >= 0 && explorationShare <= 1)) {
      throw new IllegalArgumentException("explorationShare must be 0 to 1: " + explorationShare);
    }
    this.explorationShare = explorationShare;
    this.random = random;
  }

  /** Chooses for a first attempt, which may explore. */
  public Choice choose(Ranking ranking, Exclusions exclusions) {
    return choose(ranking, exclusions, true);
  }

  /**
   * Chooses a provider.
   *
   * @param ranking the channel's newest ranking
   * @param exclusions what speaks against each provider now; asked once for each candidate
   * @param mayExplore false for attempts that have failed over already or must not take a risk
   */
  public Choice choose(Ranking ranking, Exclusions exclusions, boolean mayExplore) {
    adoptIfNew(ranking);
    List<Exclusion> excluded = List.of();
    int eligible = 0;
    boolean anyUsable = false;
    for (Turn turn : turns) {
      String provider = turn.candidate.provider();
      String reason = turn.candidate.outOfServiceReason();
      if (reason == null) {
        reason = exclusions.reasonAgainst(provider);
      }
      turn.eligible = reason == null;
      if (reason == null) {
        eligible++;
        anyUsable |= turn.candidate.usable();
      } else {
        if (excluded.isEmpty()) {
          excluded = new ArrayList<>(turns.length);
        }
        excluded.add(new Exclusion(provider, reason));
      }
    }
    if (eligible == 0) {
      return new Choice(null, ChoiceRule.NONE_LEFT, excluded);
    }
    if (!anyUsable) {
      return chosen(leastBad(), ChoiceRule.LEAST_BAD, excluded);
    }
    if (ranking.preferred() != null) {
      Turn preferred = preferred(ranking.preferred());
      if (preferred != null) {
        return chosen(preferred, ChoiceRule.PREFERRED, excluded);
      }
    } else if (mayExplore && eligible > 1 && explores()) {
      return chosen(leastRecent(), ChoiceRule.EXPLORATION, excluded);
    }
    Turn next = nextInTurn();
    return chosen(next, ruleOf(next, ranking.strategy()), excluded);
  }

  /**
   * Says what {@link #choose} would decide now and changes nothing: no turn is taken, no random
   * number is drawn, and the ranking is not adopted. Exploration, which is chance, is left out.
   */
  public Choice preview(Ranking ranking, Exclusions exclusions) {
    Selection copy = new Selection(0, random);
    copy.choices = choices;
    copy.turns = turns;
    // Adopting makes turns of its own, so those of this selection stay as they are.
    copy.adopt(ranking);
    return copy.choose(ranking, exclusions, false);
  }

  private boolean explores() {
    return explorationShare > 0 && random.nextDouble() < explorationShare;
  }

  private Choice chosen(Turn turn, ChoiceRule rule, List<Exclusion> excluded) {
    turn.lastChosen = ++choices;
    return turn.choice(rule, excluded);
  }

  private ChoiceRule ruleOf(Turn turn, SelectionStrategy strategy) {
    if (turn.share == 0) {
      return ChoiceRule.BEST_SCORE;
    }
    if (strategy == SelectionStrategy.WEIGHTED) {
      return ChoiceRule.WEIGHTED_ROUND_ROBIN;
    }
    if (allDegraded) {
      return ChoiceRule.LEAST_BAD;
    }
    return turn == firstUsable() ? ChoiceRule.BEST_SCORE : ChoiceRule.TRAFFIC_SHARE;
  }

  private @Nullable Turn preferred(String provider) {
    for (Turn turn : turns) {
      if (turn.candidate.provider().equals(provider)) {
        return turn.usable() ? turn : null;
      }
    }
    return null;
  }

  private Turn firstUsable() {
    for (Turn turn : turns) {
      if (turn.usable()) {
        return turn;
      }
    }
    throw new IllegalStateException("the caller saw a usable candidate");
  }

  private Turn leastRecent() {
    Turn oldest = null;
    for (Turn turn : turns) {
      if (turn.eligible
          && turn.candidate.status() != ProviderStatus.UNAVAILABLE
          && (oldest == null || turn.lastChosen < oldest.lastChosen)) {
        oldest = turn;
      }
    }
    if (oldest == null) {
      throw new IllegalStateException("the caller saw an eligible candidate");
    }
    return oldest;
  }

  /**
   * Smooth weighted round-robin by share: everybody gains its share, the richest is taken and pays
   * for all.
   */
  private Turn nextInTurn() {
    Turn richest = null;
    long total = 0;
    for (Turn turn : turns) {
      if (turn.share > 0 && turn.usable()) {
        turn.credit += turn.share;
        total += turn.share;
        richest = richer(richest, turn);
      }
    }
    if (richest == null) {
      return firstUsable();
    }
    richest.credit -= total;
    return richest;
  }

  /** The same by score, among all that are left. */
  private Turn leastBad() {
    Turn richest = null;
    long total = 0;
    for (Turn turn : turns) {
      if (turn.eligible) {
        long gain = Math.round(Grades.leastBad(turn.candidate.score()));
        turn.credit += gain;
        total += gain;
        richest = richer(richest, turn);
      }
    }
    if (richest == null) {
      throw new IllegalStateException("the caller saw an eligible candidate");
    }
    richest.credit -= total;
    return richest;
  }

  private static Turn richer(@Nullable Turn richest, Turn turn) {
    return richest == null || turn.credit > richest.credit ? turn : richest;
  }

  // Rankings are compared by identity: one that was published anew is new, and comparing contents
  // would cost more than the whole choice.
  @SuppressWarnings("ReferenceEquality")
  private void adoptIfNew(Ranking next) {
    if (next != ranking) {
      adopt(next);
    }
  }

  /**
   * Takes over a new ranking: known providers keep their credit and history, others are forgotten.
   */
  private void adopt(Ranking next) {
    List<RankedCandidate> candidates = next.candidates();
    turns = Turn.next(candidates, turns);
    allDegraded = allDegraded(candidates);
    ranking = next;
  }

  private static boolean allDegraded(List<RankedCandidate> candidates) {
    int usable = 0;
    for (RankedCandidate candidate : candidates) {
      if (candidate.usable()) {
        usable++;
        if (candidate.status() == ProviderStatus.HEALTHY) {
          return false;
        }
      }
    }
    return usable > 1;
  }
}

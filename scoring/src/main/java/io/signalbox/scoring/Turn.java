package io.signalbox.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is remembered of a provider from choice to choice. */
final class Turn {
  private static final double TURNS_OF_ALL = 1e6;

  final RankedCandidate candidate;
  final long share;
  long credit;
  long lastChosen;
  boolean eligible;
  private @Nullable Choice usual;

  Turn(RankedCandidate candidate) {
    this.candidate = candidate;
    this.share = Math.round(candidate.share() * TURNS_OF_ALL);
  }

  boolean usable() {
    return eligible && candidate.usable();
  }

  Choice choice(ChoiceRule rule, List<Exclusion> excluded) {
    if (!excluded.isEmpty()) {
      return new Choice(candidate.provider(), rule, excluded);
    }
    Choice known = usual;
    if (known == null || known.rule() != rule) {
      known = new Choice(candidate.provider(), rule, excluded);
      usual = known;
    }
    return known;
  }

  /** Turns of a new ranking: known providers keep their credit and history. */
  static Turn[] next(List<RankedCandidate> candidates, Turn[] before) {
    Turn[] next = new Turn[candidates.size()];
    for (int i = 0; i < next.length; i++) {
      next[i] = new Turn(candidates.get(i));
      for (Turn known : before) {
        if (known.candidate.provider().equals(next[i].candidate.provider())) {
          next[i].credit = known.credit;
          next[i].lastChosen = known.lastChosen;
          break;
        }
      }
    }
    return next;
  }
}

package io.signalbox.scoring;

import java.util.ArrayList;
import java.util.List;

/**
 * The lowest price among the providers with at least {@code min_success_rate} (design, section 6);
 * all others stand below them.
 *
 * <ul>
 *   <li>Qualified, price known: 50 + 50 / (1 + excess), where excess is (price - lowest) / lowest,
 *       or the price itself when the lowest is 0. The cheapest scores 100, twice its price scores
 *       75.
 *   <li>Qualified, price not known: 50.
 *   <li>Not qualified: half of its success rate in percent, thus less than 50.
 * </ul>
 *
 * "Lowest" is the lowest price of those qualified and available, so that a provider nobody can use
 * does not set the scale; one that is cheaper still scores 100.
 */
public record CheapestPolicy() implements ScorePolicy {
  static final String NAME = "cheapest";

  private static final double QUALIFIED_POINTS = 50;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Score> score(List<Candidate> candidates, ScoreParameters parameters, long nowMillis) {
    double lowest = lowestPrice(candidates, parameters.minSuccessRate());
    List<Score> scores = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      scores.add(scoreOf(candidate, parameters.minSuccessRate(), lowest));
    }
    return scores;
  }

  private static double lowestPrice(List<Candidate> candidates, double minSuccessRate) {
    double lowest = Double.POSITIVE_INFINITY;
    for (Candidate candidate : candidates) {
      if (candidate.price().isPresent()
          && candidate.available()
          && qualifies(candidate, minSuccessRate)) {
        lowest = Math.min(lowest, candidate.price().getAsDouble());
      }
    }
    return lowest;
  }

  private static Score scoreOf(Candidate candidate, double minSuccessRate, double lowest) {
    double percent = Grades.successRate(candidate.health());
    if (!qualifies(candidate, minSuccessRate)) {
      return Score.sumOf(List.of(ScorePart.weighted("below_min_success_rate", percent, 0.5)));
    }
    ScorePart qualified = ScorePart.rule("min_success_rate", percent, QUALIFIED_POINTS);
    if (candidate.price().isEmpty()) {
      return Score.sumOf(List.of(qualified));
    }
    double price = candidate.price().getAsDouble();
    double points = QUALIFIED_POINTS / (1 + excess(price, lowest));
    return Score.sumOf(List.of(qualified, ScorePart.rule("price", price, points)));
  }

  private static double excess(double price, double lowest) {
    if (price <= lowest) {
      return 0;
    }
    return lowest > 0 ? (price - lowest) / lowest : price;
  }

  private static boolean qualifies(Candidate candidate, double minSuccessRate) {
    return candidate.health().effectiveSuccessRate() >= minSuccessRate;
  }
}

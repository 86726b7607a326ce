package io.signalbox.scoring;

import java.util.ArrayList;
import java.util.List;

/**
 * Starts from the success rate in percent and adjusts it (design, section 6), for operations such
 * as renting numbers where stock and freshness matter:
 *
 * <ul>
 *   <li>average response under 2 s: +10; over 5 s: -10
 *   <li>stock over 100: +10; under 10: -10; none: the score is 0; not known: no change
 *   <li>last success less than 1 h ago: +5; more than 24 h ago: -10
 * </ul>
 *
 * and limits the sum to 0 to 100. Example: success rate 80%, 1,500 ms, stock 5, last success 10
 * minutes ago: 80 + 10 - 10 + 5 = 85. Without a success in the window the response time is not
 * known and changes nothing; a provider that never succeeded gets no change for freshness.
 */
public record AdjustedPolicy() implements ScorePolicy {
  static final String NAME = "adjusted";

  private static final long FAST_BELOW_MILLIS = 2_000;
  private static final long SLOW_ABOVE_MILLIS = 5_000;
  private static final int PLENTY_ABOVE = 100;
  private static final int SCARCE_BELOW = 10;
  private static final long FRESH_BELOW_MILLIS = 3_600_000L;
  private static final long STALE_ABOVE_MILLIS = 24 * 3_600_000L;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Score> score(List<Candidate> candidates, ScoreParameters parameters, long nowMillis) {
    List<Score> scores = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      scores.add(scoreOf(candidate, nowMillis));
    }
    return scores;
  }

  private static Score scoreOf(Candidate candidate, long nowMillis) {
    HealthSnapshot health = candidate.health();
    if (candidate.stock().orElse(1) == 0) {
      return Score.sumOf(List.of(ScorePart.rule("out_of_stock", 0, 0)));
    }
    List<ScorePart> parts = new ArrayList<>(4);
    parts.add(ScorePart.weighted("success_rate", Grades.successRate(health), 1));
    if (health.successes() > 0) {
      double millis = health.averageResponseMillis();
      parts.add(ScorePart.rule("response_time", millis, pointsForResponse(millis)));
    }
    if (candidate.stock().isPresent()) {
      int stock = candidate.stock().getAsInt();
      parts.add(ScorePart.rule("stock", stock, pointsForStock(stock)));
    }
    if (health.lastSuccessAtMillis() != HealthSnapshot.NEVER) {
      long age = nowMillis - health.lastSuccessAtMillis();
      parts.add(ScorePart.rule("last_success_age", (double) age, pointsForAge(age)));
    }
    return Score.sumOf(parts);
  }

  private static double pointsForResponse(double millis) {
    if (millis < FAST_BELOW_MILLIS) {
      return 10;
    }
    return millis > SLOW_ABOVE_MILLIS ? -10 : 0;
  }

  private static double pointsForStock(int stock) {
    if (stock > PLENTY_ABOVE) {
      return 10;
    }
    return stock < SCARCE_BELOW ? -10 : 0;
  }

  private static double pointsForAge(long ageMillis) {
    if (ageMillis < FRESH_BELOW_MILLIS) {
      return 5;
    }
    return ageMillis > STALE_ABOVE_MILLIS ? -10 : 0;
  }
}

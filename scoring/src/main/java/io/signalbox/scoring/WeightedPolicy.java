package io.signalbox.scoring;

import java.util.ArrayList;
import java.util.List;

/**
 * The default policy: 40% health, 30% priority rank, 20% response time, 10% free load (design,
 * section 6).
 *
 * <p>Each part is graded 0 to 100: health by {@link HealthScore}; priority rank as 100 / rank;
 * response time as 100 x (1 - average / maximum), not under 0; free load as 100 x (1 - in flight /
 * maximum). Example: a secondary with health 87, 1,000 ms of 5,000 ms on average and 5 of 20
 * attempts under way scores 0.4 x 87 + 0.3 x 50 + 0.2 x 80 + 0.1 x 75 = 73.3.
 */
public record WeightedPolicy() implements ScorePolicy {
  static final String NAME = "weighted";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Score> score(List<Candidate> candidates, ScoreParameters parameters, long nowMillis) {
    List<Score> scores = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      scores.add(scoreOf(candidate, parameters));
    }
    return scores;
  }

  private static Score scoreOf(Candidate candidate, ScoreParameters parameters) {
    HealthSnapshot health = candidate.health();
    ScoreWeights weights = parameters.weights();
    return Score.sumOf(
        List.of(
            ScorePart.weighted("health", HealthScore.of(health, parameters), weights.health()),
            ScorePart.weighted("priority", Grades.priority(candidate), weights.priority()),
            ScorePart.weighted(
                "response_time", Grades.responseTime(health, parameters), weights.response()),
            ScorePart.weighted("free_load", Grades.freeLoad(candidate), weights.load())));
  }
}

package io.signalbox.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a choice among eight candidates costs, with and without reasons against some of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SelectionBenchmark {
  private static final int CANDIDATES = 8;

  @Param({"BEST", "WEIGHTED"})
  public SelectionStrategy strategy;

  private Ranking ranking;
  private Selection selection;

  /** Eight healthy providers with different response times. */
  @Setup
  public void setUp() {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < CANDIDATES; i++) {
      candidates.add(
          Candidate.of(
              "provider-" + i, HealthSnapshot.of(95, 5, 100 * i, 1_000, 900), i + 1, i, 64));
    }
    Ranking made =
        Ranker.rank(1, 1_000, "email", candidates, new WeightedPolicy(), ScoreParameters.DEFAULT);
    ranking = new TrafficShares(0.2, 5).step(made, strategy, 0.8, null, true);
    selection = new Selection(new SplittableRandom(1));
    String other = afterOneWasTried().provider();
    if (amongEight().provider() == null || other == null || other.equals("provider-0")) {
      throw new IllegalStateException("nobody, or the wrong one, is chosen");
    }
  }

  /** The usual case: nothing speaks against anybody. */
  @Benchmark
  public Choice amongEight() {
    return selection.choose(ranking, Exclusions.NONE);
  }

  /** A failover: the best was tried already. */
  @Benchmark
  public Choice afterOneWasTried() {
    return selection.choose(
        ranking, provider -> "provider-0".equals(provider) ? "already_tried" : null, false);
  }
}

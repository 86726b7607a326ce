package io.signalbox.scoring.replay;

import io.signalbox.scoring.replay.Side.Result;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * The other policy minus what was recorded, for one notification on average. The intervals are
 * percentiles of a bootstrap over notifications: both sides of a notification stay together.
 *
 * @param success share of successes, -1 to 1
 * @param latencyMillis time to success, over the notifications that succeeded on both sides
 * @param cost price
 * @param duplicates attempts that may have made a duplicate
 */
public record Difference(
    Interval success, Interval latencyMillis, Interval cost, Interval duplicates) {

  static Difference of(
      List<Result> recorded, List<Result> other, int resamples, RandomGenerator random) {
    int count = recorded.size();
    boolean[] both = new boolean[count];
    for (int i = 0; i < count; i++) {
      both[i] = recorded.get(i).success() && other.get(i).success();
    }
    double[] success = paired(recorded, other, result -> result.success() ? 1 : 0, new boolean[0]);
    double[] latency = paired(recorded, other, Result::latencyMillis, both);
    double[] cost = paired(recorded, other, Result::cost, new boolean[0]);
    double[] duplicates = paired(recorded, other, Result::duplicates, new boolean[0]);
    return new Difference(
        bootstrap(success, resamples, random),
        bootstrap(latency, resamples, random),
        bootstrap(cost, resamples, random),
        bootstrap(duplicates, resamples, random));
  }

  private static double[] paired(
      List<Result> recorded,
      List<Result> other,
      ToDoubleFunction<Result> value,
      boolean[] counted) {
    double[] differences = new double[recorded.size()];
    int kept = 0;
    for (int i = 0; i < differences.length; i++) {
      if (counted.length == 0 || counted[i]) {
        differences[kept++] =
            value.applyAsDouble(other.get(i)) - value.applyAsDouble(recorded.get(i));
      }
    }
    return Arrays.copyOf(differences, kept);
  }

  private static Interval bootstrap(double[] values, int resamples, RandomGenerator random) {
    if (values.length == 0) {
      return Interval.EMPTY;
    }
    double mean = Arrays.stream(values).average().orElse(0);
    double first = values[0];
    if (Arrays.stream(values).allMatch(value -> value == first)) {
      return new Interval(mean, mean, mean);
    }
    double[] means = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      double sum = 0;
      for (int k = 0; k < values.length; k++) {
        sum += values[random.nextInt(values.length)];
      }
      means[i] = sum / values.length;
    }
    Arrays.sort(means);
    return new Interval(
        mean,
        means[(int) Math.floor(0.025 * (resamples - 1))],
        means[(int) Math.ceil(0.975 * (resamples - 1))]);
  }
}

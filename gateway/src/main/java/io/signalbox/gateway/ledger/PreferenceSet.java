package io.signalbox.gateway.ledger;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is preferred in one place; what is not in it is left to the next wider place. Immutable. */
public final class PreferenceSet {
  /** Nothing is preferred. */
  public static final PreferenceSet EMPTY = new PreferenceSet(Map.of());

  private final Map<PreferenceKey, Object> values;

  private PreferenceSet(Map<PreferenceKey, Object> values) {
    this.values = values;
  }

  /** Makes a set of values that their keys have accepted. */
  public static PreferenceSet of(Map<PreferenceKey, Object> values) {
    return new PreferenceSet(Map.copyOf(values));
  }

  /** The value; null if it is not here. */
  public @Nullable Object get(PreferenceKey key) {
    return values.get(key);
  }

  /** A text; null if it is not here. */
  public @Nullable String text(PreferenceKey key) {
    return (String) values.get(key);
  }

  /** A flag; what is said otherwise if it is not here. */
  public boolean flag(PreferenceKey key, boolean otherwise) {
    Object value = values.get(key);
    return value == null ? otherwise : (Boolean) value;
  }

  /** A number; what is said otherwise if it is not here. */
  public double number(PreferenceKey key, double otherwise) {
    Object value = values.get(key);
    return value == null ? otherwise : ((Number) value).doubleValue();
  }

  /** A whole number; what is said otherwise if it is not here. */
  public long whole(PreferenceKey key, long otherwise) {
    Object value = values.get(key);
    return value == null ? otherwise : ((Number) value).longValue();
  }

  /** Whether nothing is in it. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** These over wider ones. The weights belong together: they come from one place. */
  public PreferenceSet over(PreferenceSet wider) {
    Map<PreferenceKey, Object> both = new EnumMap<>(PreferenceKey.class);
    both.putAll(wider.values);
    if (PreferenceKey.WEIGHTS.stream().anyMatch(values::containsKey)) {
      PreferenceKey.WEIGHTS.forEach(both::remove);
    }
    both.putAll(values);
    return of(both);
  }

  /**
   * These with changes.
   *
   * @param changes new values; null takes one away
   */
  public PreferenceSet with(Map<PreferenceKey, @Nullable Object> changes) {
    Map<PreferenceKey, Object> changed = new EnumMap<>(PreferenceKey.class);
    changed.putAll(values);
    changes.forEach(
        (key, value) -> {
          if (value == null) {
            changed.remove(key);
          } else {
            changed.put(key, value);
          }
        });
    return of(changed);
  }

  /** Why the weights do not fit together; null if they do, or are not here. */
  public @Nullable String weightsProblem() {
    double sum = 0;
    int given = 0;
    for (PreferenceKey key : PreferenceKey.WEIGHTS) {
      given += values.containsKey(key) ? 1 : 0;
      sum += number(key, 0);
    }
    boolean fits = given == 0 || (given == PreferenceKey.WEIGHTS.size() && isHundred(sum));
    return fits
        ? null
        : "health_weight, priority_weight, response_weight and load_weight must be given together"
            + " and be 100 together";
  }

  private static boolean isHundred(double sum) {
    return Math.abs(sum - 100) < 1e-6;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PreferenceSet set && set.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}

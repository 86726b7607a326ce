package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counters of one name that differ by the value of one tag, each made once and found by that value.
 * However many values come, there are no more than {@link #MOST}: the rest count together as {@link
 * #OTHER}. Thread-safe.
 */
final class CountersByTag {
  /** So many values have counters of their own. */
  static final int MOST = 256;

  /** The value that stands for the rest. */
  static final String OTHER = "other";

  private final MeterRegistry registry;
  private final String name;
  private final String description;
  private final Tags fixed;
  private final String tag;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();

  CountersByTag(MeterRegistry registry, String name, String description, Tags fixed, String tag) {
    this.registry = registry;
    this.name = name;
    this.description = description;
    this.fixed = fixed;
    this.tag = tag;
  }

  CountersByTag(MeterRegistry registry, String name, String description, String tag) {
    this(registry, name, description, Tags.empty(), tag);
  }

  /** Makes the counters of values that are known beforehand, so that they begin at 0. */
  CountersByTag with(Iterable<String> values) {
    values.forEach(this::of);
    return this;
  }

  /** The counter of a value. */
  Counter of(String value) {
    Counter known = counters.get(value);
    return known != null ? known : make(counters.size() < MOST ? value : OTHER);
  }

  /** How often a value was counted. */
  long count(String value) {
    Counter known = counters.get(value);
    return known == null ? 0 : Math.round(known.count());
  }

  private Counter make(String value) {
    return counters.computeIfAbsent(
        value,
        first ->
            Counter.builder(name)
                .description(description)
                .tags(fixed.and(tag, first))
                .register(registry));
  }
}

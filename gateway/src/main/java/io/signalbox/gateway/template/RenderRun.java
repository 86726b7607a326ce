package io.signalbox.gateway.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One filling of a template with data: what it may still cost, and what it found wrong. Each
 * look-up is a step, and each repetition of a section as many as its text has tags: some of them,
 * such as {@code {{.}}}, are filled in without a look-up. Thread-confined.
 */
final class RenderRun {
  /** More than the largest bill needs, less than what would hold up others. */
  static final int MOST_STEPS = 500_000;

  /** After so many missing variables nobody looks for more. */
  static final int MOST_MISSING = 20;

  private final Set<String> missing = new LinkedHashSet<>();
  private final Set<String> notTexts = new LinkedHashSet<>();
  private int steps = MOST_STEPS;
  private int tags;

  /** From now on it is a text of so many tags that is filled. */
  void begin(int tagsOfText) {
    tags = tagsOfText;
  }

  /** The data as a template sees them. */
  Scope scope(Map<String, Object> data) {
    return new Scope(this, "data", data);
  }

  /** The variables without a value; of an object that is not there, what is wanted of it. */
  List<String> missing() {
    return missing.stream()
        .filter(name -> missing.stream().noneMatch(other -> other.startsWith(name + ".")))
        .toList();
  }

  /** What was to be shown and is no text. */
  Set<String> notTexts() {
    return notTexts;
  }

  /** Goes on as if a variable had a value; false if it was missed before, or too many are. */
  boolean misses(@Nullable String name) {
    return name != null && missing.size() < MOST_MISSING && missing.add(name);
  }

  boolean isSpent() {
    return steps < 0;
  }

  private void step(int cost) {
    steps = Math.max(-1, steps - cost);
    if (steps < 0) {
      throw new IllegalStateException("too many steps");
    }
  }

  private Object wrap(String name, Object value) {
    if (value instanceof Map<?, ?> map) {
      return new Scope(this, name, map);
    }
    return value instanceof List<?> list ? new Series(this, name, list) : value;
  }

  /** An object of the data. */
  record Scope(RenderRun run, String name, Map<?, ?> values) {
    /** A member; null if there is none. */
    @Nullable Object get(String member) {
      run.step(1);
      Object value = values.get(member);
      if (value == null) {
        return run.missing.contains(member) ? "" : null;
      }
      return run.wrap(member, value);
    }

    void notText() {
      run.notTexts.add(name);
    }
  }

  /** A list of the data. */
  record Series(RenderRun run, String name, List<?> values) {
    Iterator<?> iterator() {
      List<Object> wrapped = new ArrayList<>(values.size());
      for (Object value : values) {
        run.step(1 + run.tags);
        wrapped.add(run.wrap(name, value));
      }
      return wrapped.iterator();
    }

    void notText() {
      run.notTexts.add(name);
    }
  }
}

package io.signalbox.gateway.compat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What host names stand for. A label in braces, as in {@code api.{edge}.{region}.twilio.com},
 * stands for any one. Read by many threads once it is filled.
 *
 * @param <T> what they stand for
 */
public final class HostTable<T> {
  private final Map<String, T> names = new HashMap<>();
  private final List<Pattern<T>> patterns = new ArrayList<>();

  private record Pattern<T>(List<String> labels, T value) {
    boolean matches(List<String> others) {
      if (labels.size() != others.size()) {
        return false;
      }
      for (int i = 0; i < labels.size(); i++) {
        if (!isAny(labels.get(i)) && !labels.get(i).equals(others.get(i))) {
          return false;
        }
      }
      return !others.contains("");
    }
  }

  /** Adds a host name; the same one only once. */
  public void put(String host, T value) {
    if (isPattern(host)) {
      patterns.add(new Pattern<>(labels(host), value));
    } else if (names.putIfAbsent(host.toLowerCase(Locale.ROOT), value) != null) {
      throw new IllegalArgumentException(host + " stands for two");
    }
  }

  /** What a host name stands for, however it is written; null if nothing. */
  public @Nullable T get(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    T found = names.get(name);
    return found != null || patterns.isEmpty() ? found : byPattern(labels(name));
  }

  private @Nullable T byPattern(List<String> labels) {
    for (Pattern<T> pattern : patterns) {
      if (pattern.matches(labels)) {
        return pattern.value();
      }
    }
    return null;
  }

  /** Whether a host name has labels that stand for any. */
  public static boolean isPattern(String host) {
    return host.indexOf('{') >= 0;
  }

  private static boolean isAny(String label) {
    return label.startsWith("{");
  }

  private static List<String> labels(String host) {
    List<String> labels = new ArrayList<>();
    Collections.addAll(labels, host.split("\\.", -1));
    return labels;
  }
}

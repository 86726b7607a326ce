package io.signalbox.gateway.policy;

import io.signalbox.spi.Channel;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A routing policy as it is written in its file: it says something about some keys and leaves the
 * others to the next layer.
 *
 * @param name what notifications call it: the file's name without its ending
 * @param source the file's name
 * @param types types of notifications that it applies to without being named
 * @param channels channels that it applies to without being named
 * @param values the texts of its keys; checked, each can be read by its key
 */
public record RoutingPolicy(
    String name,
    String source,
    Set<String> types,
    Set<Channel> channels,
    Map<String, String> values) {

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if a key is not known or its value cannot be read
   */
  public RoutingPolicy {
    types = Set.copyOf(types);
    channels = Set.copyOf(channels);
    values = Map.copyOf(values);
    values.forEach(RoutingPolicy::check);
  }

  private static void check(String name, String text) {
    PolicyKey<?> key = PolicyKeys.all().get(name);
    if (key == null || key.type().parse(text).isEmpty()) {
      throw new IllegalArgumentException("not checked: " + name);
    }
  }

  /** What it says about a key; null if nothing. */
  public <T> @Nullable T get(PolicyKey<T> key) {
    String text = values.get(key.name());
    return text == null ? null : key.type().parse(text).orElse(null);
  }
}

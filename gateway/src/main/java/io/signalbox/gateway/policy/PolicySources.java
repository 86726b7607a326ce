package io.signalbox.gateway.policy;

import java.util.Map;
import java.util.Set;

/**
 * Where the values of an effective policy come from.
 *
 * @param own the keys that the notification itself decides
 * @param layers for keys that a policy decides: which one, and why it applies
 */
public record PolicySources(Set<PolicyKey<?>> own, Map<PolicyKey<?>, String> layers) {
  private static final String NOTIFICATION = "notification";
  private static final String CONFIGURATION = "configuration";

  /** Copies the collections. */
  public PolicySources {
    own = Set.copyOf(own);
    layers = Map.copyOf(layers);
  }

  /**
   * Where the value of a key comes from: {@code notification}, {@code policy <name>}, {@code policy
   * <name> for type <type>}, {@code policy <name> for channel <channel>}, or {@code configuration}.
   */
  public String of(PolicyKey<?> key) {
    return own.contains(key) ? NOTIFICATION : layers.getOrDefault(key, CONFIGURATION);
  }

  /** The same, where the notification itself decides these keys. */
  PolicySources withOwn(Set<PolicyKey<?>> keys) {
    return new PolicySources(keys, layers);
  }
}

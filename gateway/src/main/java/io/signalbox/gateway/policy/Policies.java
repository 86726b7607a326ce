package io.signalbox.gateway.policy;

import io.signalbox.spi.Channel;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All routing policies at one moment. Immutable. */
public final class Policies {
  /** How many there may be. */
  public static final int MAX = 100;

  /** No policy at all. */
  public static final Policies NONE = new Policies(List.of());

  private final List<RoutingPolicy> all;
  private final Map<String, RoutingPolicy> byName = new LinkedHashMap<>();
  private final Map<String, RoutingPolicy> byType = new HashMap<>();
  private final Map<Channel, RoutingPolicy> byChannel = new EnumMap<>(Channel.class);

  /**
   * Makes a snapshot.
   *
   * @throws IllegalArgumentException if there are more than {@link #MAX}, or two have the same name
   *     or claim the same type or channel
   */
  public Policies(List<RoutingPolicy> all) {
    if (all.size() > MAX) {
      throw new IllegalArgumentException("at most " + MAX + " policies, were " + all.size());
    }
    this.all = List.copyOf(all);
    for (RoutingPolicy policy : all) {
      put(byName, policy.name(), policy);
      policy.types().forEach(type -> put(byType, type, policy));
      policy.channels().forEach(channel -> put(byChannel, channel, policy));
    }
  }

  private static <K> void put(Map<K, RoutingPolicy> map, K key, RoutingPolicy policy) {
    RoutingPolicy other = map.putIfAbsent(key, policy);
    if (other != null) {
      throw new IllegalArgumentException(
          policy.source() + " and " + other.source() + " both claim " + key);
    }
  }

  /** All of them, in the order of their names. */
  public List<RoutingPolicy> all() {
    return all;
  }

  /** The policy of a name; null if there is none. */
  public @Nullable RoutingPolicy find(String name) {
    return byName.get(name);
  }

  /** The policy that applies to a type; null if there is none. */
  public @Nullable RoutingPolicy forType(String type) {
    return byType.get(type);
  }

  /** The policy that applies to a channel; null if there is none. */
  public @Nullable RoutingPolicy forChannel(Channel channel) {
    return byChannel.get(channel);
  }
}

package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.NodeProviderMessages.ProvidersHere;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which providers other nodes lend, and who is to be asked for one. Times are milliseconds of a
 * clock of this process that only goes on. Thread-confined.
 */
final class Offers {
  /** A node tells each second what it has; one that has not for so long is not asked. */
  private static final long LAPSE_MILLIS = 5_000;

  /** So long nothing is believed of a node that is heard and does not hear. */
  private static final long REFUSED_MILLIS = 5_000;

  private final Map<String, Offer> byNode = new HashMap<>();
  private final Map<String, Long> refusedAt = new HashMap<>();

  /**
   * What a node has.
   *
   * @param clockMillis of that node, when it said so
   * @param heardAtMillis by the clock of this one
   */
  private record Offer(
      Map<String, ProviderState> providers, long clockMillis, long heardAtMillis) {}

  /** Takes in what a node tells; true if that is other than before. */
  boolean take(ProvidersHere here, long nowMillis) {
    if (isRefused(here.from(), nowMillis)) {
      return false;
    }
    Map<String, ProviderState> providers =
        here.providers().stream()
            .collect(Collectors.toMap(ProviderState::provider, one -> one, (one, same) -> same));
    Offer before = byNode.put(here.from(), new Offer(providers, here.clockMillis(), nowMillis));
    return before == null || !before.providers().equals(providers);
  }

  /** Whether each of some nodes has told what it has, be it nothing. */
  boolean hasAll(List<ClusterMember> nodes) {
    return nodes.stream().allMatch(one -> has(one.id()));
  }

  /** Whether a node has told what it has. */
  boolean has(String node) {
    return byNode.containsKey(node);
  }

  private boolean isRefused(String node, long nowMillis) {
    Long since = refusedAt.get(node);
    return since != null && nowMillis - since < REFUSED_MILLIS;
  }

  /** Forgets what was told too long ago. */
  void lapse(long nowMillis) {
    byNode.values().removeIf(offer -> nowMillis - offer.heardAtMillis() > LAPSE_MILLIS);
    refusedAt.values().removeIf(since -> nowMillis - since >= REFUSED_MILLIS);
  }

  /** Forgets what a node lends; true if it lent something. */
  boolean withdraw(String node) {
    return byNode.remove(node) != null;
  }

  /** The same, and hears nothing of that node for some seconds. */
  boolean refuse(String node, long nowMillis) {
    refusedAt.put(node, nowMillis);
    return withdraw(node);
  }

  /** All that is lent by somebody. */
  Set<String> providers() {
    Set<String> all = new HashSet<>();
    byNode.values().forEach(offer -> all.addAll(offer.providers().keySet()));
    return all;
  }

  /** A provider as a node lends it; null if it does not. */
  @Nullable ProviderState of(ClusterMember node, String provider) {
    Offer offer = byNode.get(node.id());
    return offer == null ? null : offer.providers().get(provider);
  }

  /** The time by the clock of a node, rather too early; empty if it lends nothing. */
  OptionalLong nowThere(String node, long nowMillis) {
    Offer offer = byNode.get(node);
    return offer == null
        ? OptionalLong.empty()
        : OptionalLong.of(offer.clockMillis() + nowMillis - offer.heardAtMillis());
  }

  /**
   * Who is to be asked for a provider: of those that have it one that takes new work, then one
   * whose breaker is closed, then the one that has lent it so far, then the eldest.
   *
   * @param peers the other nodes, the eldest first
   * @param soFar id of the one that lends it now; null if none does
   * @return null if none has it
   */
  @Nullable ClusterMember lender(
      String provider, List<ClusterMember> peers, @Nullable String soFar) {
    return peers.stream()
        .filter(peer -> of(peer, provider) != null)
        .min(
            Comparator.comparing((ClusterMember peer) -> !isActive(peer, provider))
                .thenComparing(peer -> !hasClosedBreaker(peer, provider))
                .thenComparing(peer -> !peer.id().equals(soFar)))
        .orElse(null);
  }

  private boolean isActive(ClusterMember peer, String provider) {
    ProviderState state = of(peer, provider);
    return state != null && state.stage() == Stage.ACTIVE;
  }

  private boolean hasClosedBreaker(ClusterMember peer, String provider) {
    ProviderState state = of(peer, provider);
    return state != null && state.breaker().isClosed();
  }
}

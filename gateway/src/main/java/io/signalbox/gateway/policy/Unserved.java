package io.signalbox.gateway.policy;

import io.signalbox.spi.Channel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Something that a routing policy names and nobody here serves: a mistyped provider, perhaps, for
 * which its notifications would wait until their window is over. That is no mistake of the file:
 * the provider may be dropped in later.
 *
 * @param policy the policy's name
 * @param key the key that names it: {@code provider} or {@code fallback_channels}
 * @param value what it names
 */
public record Unserved(String policy, String key, String value) {

  /**
   * All such names, by policy.
   *
   * @param providers the providers that there are, with their channels
   */
  public static List<Unserved> in(Policies policies, Map<String, Set<Channel>> providers) {
    List<Unserved> found = new ArrayList<>();
    for (RoutingPolicy policy : policies.all()) {
      String provider = policy.get(PolicyKeys.PROVIDER);
      if (provider != null && !providers.containsKey(provider)) {
        found.add(new Unserved(policy.name(), PolicyKeys.PROVIDER.name(), provider));
      }
      List<Channel> fallbacks = policy.get(PolicyKeys.FALLBACK_CHANNELS);
      for (Channel channel : fallbacks == null ? List.<Channel>of() : fallbacks) {
        if (!isServed(channel, providers.values())) {
          found.add(
              new Unserved(policy.name(), PolicyKeys.FALLBACK_CHANNELS.name(), channel.wireName()));
        }
      }
    }
    return found;
  }

  private static boolean isServed(Channel channel, Collection<Set<Channel>> served) {
    return served.stream().anyMatch(channels -> channels.contains(channel));
  }

  /** What is wrong, as a sentence part. */
  public String problem() {
    return key.equals(PolicyKeys.PROVIDER.name())
        ? "there is no provider of that id here"
        : "no provider here serves that channel";
  }
}

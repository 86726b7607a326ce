package io.signalbox.gateway.degradation;

import io.signalbox.gateway.ledger.Backlog;
import io.signalbox.spi.Channel;
import java.util.List;

/**
 * What the mode of a channel is made from.
 *
 * @param channel which channel
 * @param providers all that are configured for it; empty if only work is left of it
 * @param attempts attempts over it in the last minute that succeeded or failed
 * @param failures those that failed
 * @param fallbacks attempts of the last minute that asked for it and went over a fallback channel
 * @param lanes its lanes that have something
 * @param lanesAtMillis when the lanes were looked at
 */
public record ChannelFacts(
    Channel channel,
    List<ProviderFacts> providers,
    int attempts,
    int failures,
    int fallbacks,
    List<Backlog> lanes,
    long lanesAtMillis) {

  /** Copies the lists. */
  public ChannelFacts {
    providers = List.copyOf(providers);
    lanes = List.copyOf(lanes);
  }

  /** How many providers take work. */
  public long usableProviders() {
    return providers.stream().filter(ProviderFacts::usable).count();
  }

  /** How many providers are configured. */
  public int configuredProviders() {
    return providers.size();
  }

  /** Share of the last minute's attempts that succeeded, 0 to 1; 1 if there were none. */
  public double successRate() {
    return attempts == 0 ? 1 : (double) (attempts - failures) / attempts;
  }

  /** Share of the last minute's attempts for it that went over fallback channels, 0 to 1. */
  public double fallbackShare() {
    int all = attempts + fallbacks;
    return all == 0 ? 0 : (double) fallbacks / all;
  }

  /** Age of what has been due longest, in milliseconds; 0 if nothing is due. */
  public long oldestDueMillis() {
    return lanes.stream().mapToLong(this::ageMillis).max().orElse(0);
  }

  /** Age of what has been due longest in a lane, in milliseconds; 0 if nothing is due there. */
  long ageMillis(Backlog lane) {
    return lane.due() == 0 ? 0 : Math.max(0, lanesAtMillis - lane.oldestDueAtMillis());
  }
}

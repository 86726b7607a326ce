package io.signalbox.gateway.bus;

import io.signalbox.scoring.breaker.BreakerSnapshot;

/** What nodes that share their breakers tell each other, through whoever shares them. */
public final class BreakerMessages {
  private BreakerMessages() {}

  /** The sealed family of this conversation. */
  public sealed interface BreakerMessage extends LocalMessage {}

  /** A breaker of this node is as it decided by itself. */
  public record BreakerDecided(String provider, BreakerSnapshot snapshot)
      implements BreakerMessage {}

  /** The nodes agree on this state of a provider's breaker, unless one knows a newer one. */
  public record BreakerAgreed(String provider, BreakerSnapshot snapshot)
      implements BreakerMessage {}

  /** Each breaker of this node shall tell how it is. */
  public record BreakersAsked() implements BreakerMessage {}

  /** What gateways agree on is to be looked at now. */
  public record BreakersLook() implements BreakerMessage {}
}

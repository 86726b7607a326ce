package io.signalbox.gateway.bus;

/** What nodes ask and tell each other about themselves. */
public final class PeerMessages {
  private PeerMessages() {}

  /** The sealed family of this conversation. */
  public sealed interface PeerMessage extends NodeMessage {}

  /** Asks whether a node hears; answered with {@link Pong}. */
  public record Ping() implements PeerMessage {}

  /** It does. */
  public record Pong() implements PeerMessage {}

  /**
   * Asks a node to ping another, as a rule the one who asks; answered with {@link Pong} if that one
   * answers.
   *
   * @param node id of the other
   */
  public record PingOther(String node) implements PeerMessage {}

  /**
   * Something has changed that nodes share: each looks at once, and not only when its time has
   * come. May be lost.
   *
   * @param from id of the node on which it changed
   */
  public record Ring(String from, Bell bell) implements PeerMessage {}

  /** What has changed. */
  public enum Bell {
    /** A provider's breaker. */
    BREAKERS,
    /** Routing preferences. */
    PREFERENCES,
    /** The plugins of the node that rings, which is new. */
    PLUGINS
  }
}

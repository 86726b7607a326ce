package io.signalbox.gateway.model;

/** How much works: of one channel, or of the whole gateway. Ordered from good to bad. */
public enum DegradationMode {
  /** All of it. */
  NORMAL(0),
  /** Messages go, with something in reserve gone: a provider is lost, or fallbacks do the work. */
  PARTIAL(1),
  /** Messages are late, or a channel does not work. */
  DEGRADED(2),
  /** No channel works, or notifications cannot be stored. */
  CRITICAL(3);

  private final int level;

  DegradationMode(int level) {
    this.level = level;
  }

  /** 0 for normal to 3 for critical, for the metric. */
  public int level() {
    return level;
  }

  /** The worse of the two. */
  public DegradationMode orWorse(DegradationMode other) {
    return other.level > level ? other : this;
  }
}

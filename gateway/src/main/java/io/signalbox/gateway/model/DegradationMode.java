package io.signalbox.gateway.model;

/** How much works: of one channel, or of the whole gateway. Ordered from good to bad. */
public enum DegradationMode {
  /** All of it. */
  NORMAL,
  /** Messages go, with something in reserve gone: a provider is lost, or fallbacks do the work. */
  PARTIAL,
  /** Messages are late, or a channel does not work. */
  DEGRADED,
  /** No channel works, or notifications cannot be stored. */
  CRITICAL;

  /** 0 for normal to 3 for critical, for the metric. */
  public int level() {
    return ordinal();
  }

  /** The worse of the two. */
  public DegradationMode orWorse(DegradationMode other) {
    return other.level() > level() ? other : this;
  }
}

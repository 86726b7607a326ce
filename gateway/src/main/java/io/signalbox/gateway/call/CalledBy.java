package io.signalbox.gateway.call;

/**
 * On whose behalf a provider is called.
 *
 * @param tenant whose call it is; empty if it is nobody's, such as the synchronisation of stock
 */
public record CalledBy(String tenant) {
  /** The gateway itself. */
  public static final CalledBy GATEWAY = new CalledBy("");
}

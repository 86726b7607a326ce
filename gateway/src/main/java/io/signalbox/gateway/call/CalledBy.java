package io.signalbox.gateway.call;

import io.signalbox.gateway.model.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a provider is called.
 *
 * @param tenant whose call it is; empty if it is nobody's, such as the synchronisation of stock
 * @param trace where what it is for stands in its trace; null if in none
 */
public record CalledBy(String tenant, @Nullable TraceContext trace) {
  /** The gateway itself. */
  public static final CalledBy GATEWAY = new CalledBy("");

  /** Somebody whose call is in no trace. */
  public CalledBy(String tenant) {
    this(tenant, null);
  }
}

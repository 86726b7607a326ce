package io.signalbox.gateway.guard;

import java.time.Duration;
import java.util.List;

/**
 * A plugin that does not give back its provider's thread.
 *
 * @param provider the provider's id
 * @param plugin name and version
 * @param lasting for how long, when this was told
 * @param where the plugin's innermost frame, or what the thread does if none is the plugin's
 * @param stack the thread's whole stack, innermost first
 */
public record Blockage(
    String provider, String plugin, Duration lasting, String where, List<String> stack) {

  /** Copies the stack. */
  public Blockage {
    stack = List.copyOf(stack);
  }

  /** One line for people. */
  public String text() {
    return "plugin " + plugin + " blocks its thread at " + where;
  }
}

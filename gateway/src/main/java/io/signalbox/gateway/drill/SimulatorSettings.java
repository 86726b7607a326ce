package io.signalbox.gateway.drill;

import io.signalbox.gateway.sandbox.SandboxLink;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated provider behaved before a drill. It is kept with the drill in the ledger, so that
 * it can be put back even if the gateway dies in the middle of one.
 *
 * @param plugin whose simulated side
 * @param values its settings, as control calls take them
 */
record SimulatorSettings(String plugin, JsonObject values) {
  /** The name under which a drill keeps them. */
  static final String PARAMETER = "simulator_before";

  private static final String PLUGIN = "plugin";
  private static final List<String> NAMES =
      List.of("mode", "rate", "latency_ms", "receipt_delay_ms", "retry_after_seconds");

  /** Takes them from what the simulator tells of a plugin. */
  static SimulatorSettings of(String plugin, JsonObject told) {
    JsonObject values = new JsonObject();
    for (String name : NAMES) {
      if (told.getValue(name) != null) {
        values.put(name, told.getValue(name));
      }
    }
    return new SimulatorSettings(plugin, values);
  }

  /** Reads what {@link #toJson} gave; null if there is nothing. */
  static @Nullable SimulatorSettings read(@Nullable JsonObject json) {
    return json == null ? null : of(json.getString(PLUGIN, ""), json);
  }

  JsonObject toJson() {
    return values.copy().put(PLUGIN, plugin);
  }

  /** Makes the simulator behave as before. */
  Future<Void> putBack(SandboxLink sandbox) {
    return sandbox.change(plugin, values).mapEmpty();
  }
}

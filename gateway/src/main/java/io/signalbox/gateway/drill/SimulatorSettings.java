package io.signalbox.gateway.drill;

import io.signalbox.gateway.ledger.Drill;
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
      List.of("mode", "rate", "calls", "latency_ms", "receipt_delay_ms", "retry_after_seconds");

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

  /** Those that a drill keeps; null if it has none. */
  static @Nullable SimulatorSettings of(Drill drill) {
    JsonObject kept = drill.parameters().getJsonObject(PARAMETER);
    return kept == null ? null : of(kept.getString(PLUGIN, ""), kept);
  }

  JsonObject toJson() {
    return values.copy().put(PLUGIN, plugin);
  }

  /** Makes the simulator behave as before; a fault that stays would spoil all that follows. */
  Future<Void> putBack(SandboxLink sandbox, Insistence insistence) {
    return insistence.on(
        "putting the simulator of " + plugin + " back",
        () -> sandbox.change(plugin, values).mapEmpty());
  }
}

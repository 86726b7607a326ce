package io.signalbox.deploy.resilience;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A fault with its time.
 *
 * @param beginMillis from the start of the load
 * @param endMillis from the start of the load
 * @param plugins whom it befalls
 * @param settings what the simulator is told at its begin; at its end all is as before
 */
record Outage(long beginMillis, long endMillis, List<String> plugins, JsonObject settings) {

  /** Copies the list. */
  Outage {
    plugins = List.copyOf(plugins);
  }

  boolean covers(long millis) {
    return millis >= beginMillis && millis < endMillis;
  }
}

package io.signalbox.gateway.plugins;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.plugins.Change.Order;
import io.signalbox.loader.check.PluginJar;
import java.util.Optional;

/** What must be so before a plugin is changed. */
final class Preconditions {
  private Preconditions() {}

  /** Refuses a name that no plugin can have. */
  static void requireName(String plugin) {
    if (!PluginJar.isPluginName(plugin)) {
      throw new GatewayException(
          422, "the name of a plugin is 1 to 40 lower-case letters, digits and hyphens");
    }
  }

  /** Refuses an order that was made for another state of the folder. */
  static void requireExpected(Order order, Optional<String> present) {
    if (order.onlyNew() && present.isPresent()) {
      throw new GatewayException(
          412, "If-None-Match: * asks for a new plugin, and there is one of that name");
    }
    if (order.present() != null && !present.equals(Optional.of(order.present()))) {
      throw new GatewayException(
          412,
          "If-Match names another jar than the present one, "
              + present.map(sha256 -> "whose SHA-256 is " + sha256).orElse("which does not exist"));
    }
  }
}

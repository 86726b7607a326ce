package io.signalbox.gateway.plugins;

import io.signalbox.gateway.model.OrderStamp;
import io.signalbox.gateway.plugins.PluginVersion.Source;
import org.jspecify.annotations.Nullable;

/**
 * The newest order for a plugin that was carried out here.
 *
 * @param stamp when it was given
 * @param sha256 which jar it put; null if it removed the plugin
 * @param source how
 * @param everywhere whether it was carried out on all nodes that were there: only then those that
 *     were not there carry it out too
 */
record LastOrder(OrderStamp stamp, @Nullable String sha256, Source source, boolean everywhere) {

  /** The same, carried out on all nodes. */
  LastOrder carriedOutEverywhere() {
    return new LastOrder(stamp, sha256, source, true);
  }
}

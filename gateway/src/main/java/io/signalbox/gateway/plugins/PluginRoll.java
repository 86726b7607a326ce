package io.signalbox.gateway.plugins;

import io.signalbox.gateway.plugins.Change.Done;
import io.signalbox.gateway.plugins.Change.Order;
import io.signalbox.gateway.plugins.PluginVersion.Source;
import io.vertx.core.Future;
import java.util.List;

/** Carries a change that was made here to the other nodes of a cluster. */
@FunctionalInterface
public interface PluginRoll {
  /** That of a gateway without a cluster. */
  PluginRoll NONE = (order, source, done) -> Future.succeededFuture(List.of());

  /**
   * Makes the same change on one node after the other; the next one follows only when it runs on
   * the one before.
   *
   * @return what it came to on each; does not fail
   */
  Future<List<NodeChange>> toOthers(Order order, Source source, Done done);
}

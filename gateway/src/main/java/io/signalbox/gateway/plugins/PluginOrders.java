package io.signalbox.gateway.plugins;

import io.signalbox.gateway.plugins.Change.Done;
import io.signalbox.gateway.plugins.Change.Order;
import io.signalbox.gateway.plugins.Change.Outcome;
import io.signalbox.gateway.plugins.PluginVersion.Source;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What administrators order: it is carried out here first, and then, if this gateway is a node of a
 * cluster, on one other node after the other. Two orders for one plugin at the same time are
 * refused by the node at which they meet. Refusals are as those of {@link PluginDesk}. Thread-safe.
 */
public final class PluginOrders {
  private final PluginDesk desk;
  private volatile PluginRoll roll = PluginRoll.NONE;

  /** Makes it for a gateway without a cluster. */
  public PluginOrders(PluginDesk desk) {
    this.desk = desk;
  }

  /** Carries changes to other nodes from now on. */
  public void rollBy(PluginRoll toOthers) {
    roll = toOthers;
  }

  /** All plugins of this node. */
  public List<PluginView> plugins() {
    return desk.plugins();
  }

  /** Puts a jar into the folder; see {@link PluginDesk#upload}. */
  public Future<Done> upload(
      Order order, @Nullable String expected, Function<Path, Future<Void>> fill) {
    return rolled(order, Source.UPLOAD, () -> desk.upload(order, expected, fill));
  }

  /** Puts a kept jar back; see {@link PluginDesk#rollback}. */
  public Future<Done> rollback(Order order, @Nullable String sha256) {
    return rolled(order, Source.ROLLBACK, () -> desk.rollback(order, sha256));
  }

  /** Takes a plugin out of the folder; see {@link PluginDesk#remove}. */
  public Future<Done> remove(Order order) {
    return rolled(order, Source.FOLDER, () -> desk.remove(order));
  }

  private Future<Done> rolled(Order order, Source source, Supplier<Future<Done>> here) {
    return here.get()
        .compose(
            done ->
                done.outcome() == Outcome.PENDING
                    ? Future.succeededFuture(done)
                    : roll.toOthers(order, source, done).map(done::with));
  }
}

package io.signalbox.gateway.plugins;

import io.signalbox.gateway.plugins.Change.Done;
import io.signalbox.gateway.plugins.Change.Order;
import io.signalbox.gateway.plugins.Change.Outcome;
import io.signalbox.gateway.plugins.PluginVersion.Source;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What administrators order: it is carried out here first, and then, if this gateway is a node of a
 * cluster, on one other node after the other. Of two orders for one plugin, given at two nodes at
 * the same time, the newer one counts on all. An order that goes on for long is answered before its
 * end. Refusals are as those of {@link PluginDesk}. Thread-safe.
 */
public final class PluginOrders {
  /** With the change itself well below the time after which an idle connection is closed. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final PluginDesk desk;
  private final Duration patience;

  /** One for each plugin that was changed. */
  private final ConcurrentMap<String, Done> last = new ConcurrentHashMap<>();

  private volatile PluginRoll roll = PluginRoll.NONE;

  /** Makes it for a gateway without a cluster. */
  public PluginOrders(PluginDesk desk) {
    this(desk, PATIENCE);
  }

  /**
   * The same.
   *
   * @param patience how long an answer waits for the other nodes
   */
  public PluginOrders(PluginDesk desk, Duration patience) {
    this.desk = desk;
    this.patience = patience;
  }

  /** Carries changes to other nodes from now on. */
  public void rollBy(PluginRoll toOthers) {
    roll = toOthers;
  }

  /** All plugins of this node. */
  public List<PluginView> plugins() {
    return desk.plugins();
  }

  /** Whether each provider file of this node runs as it stands there. */
  public boolean isAllRunning() {
    return desk.isAllRunning();
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

  /** What came of the last order that was given here and goes to other nodes. */
  public Optional<Done> last(String plugin) {
    return Optional.ofNullable(last.get(plugin));
  }

  private Future<Done> rolled(Order order, Source source, Supplier<Future<Done>> here) {
    return here.get()
        .compose(
            done ->
                done.outcome() == Outcome.PENDING
                    ? Future.succeededFuture(done)
                    : rolled(order, source, done));
  }

  private Future<Done> rolled(Order order, Source source, Done done) {
    tell(done.rolling());
    return roll.toOthers(order, source, done)
        .map(done::with)
        .compose(
            over ->
                over.outcome() == Outcome.STOPPED
                    ? Future.succeededFuture(over)
                    : desk.everywhere(over).map(over))
        .onSuccess(this::tell)
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            failure ->
                failure instanceof TimeoutException
                    ? Future.succeededFuture(done.rolling())
                    : Future.failedFuture(failure));
  }

  /** A roll that ends late does not hide a newer one. */
  private void tell(Done news) {
    last.merge(
        news.plugin(),
        news,
        (known, told) -> told.stamp().compareTo(known.stamp()) >= 0 ? told : known);
  }
}

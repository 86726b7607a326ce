package io.signalbox.gateway.plugins;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.model.OrderStamp;
import io.signalbox.gateway.plugins.Change.Done;
import io.signalbox.gateway.plugins.Change.Order;
import io.signalbox.gateway.plugins.PluginVersion.Source;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one order at a time through for each plugin, and none that is older than what was carried
 * out, so that orders given at several nodes at once end the same on all; and notes what was
 * carried out, for nodes that were not there. Thread-safe.
 */
final class OrderBook {
  private static final Logger LOG = LoggerFactory.getLogger(OrderBook.class);
  private static final int CONFLICT = 409;

  /** What a node answers to another that is to ask again. */
  private static final int BUSY = 503;

  /** The jar cannot be used, or does not run: so it will be the next time. */
  private static final int UNUSABLE = 422;

  private final Blocking blocking;
  private final PluginHistory history;
  private final InstantSource clock;
  private final String id = UUID.randomUUID().toString();
  private final Set<String> changing = ConcurrentHashMap.newKeySet();

  OrderBook(Blocking blocking, PluginHistory history, InstantSource clock) {
    this.blocking = blocking;
    this.history = history;
    this.clock = clock;
  }

  /**
   * Carries an order out, and notes it.
   *
   * @return with its stamp; fails with status 409 if another change of that plugin is under way,
   *     503 if it comes from another node, or 409 if a newer order was carried out
   */
  Future<Done> carryOut(Order order, Source source, Supplier<Future<Done>> change) {
    if (!changing.add(order.plugin())) {
      return Future.failedFuture(
          new GatewayException(
              order.stamp() == null ? CONFLICT : BUSY,
              "another change of this plugin is under way; try again soon"));
    }
    return Future.<Void>succeededFuture()
        .compose(
            now -> {
              requireNewest(order);
              OrderStamp stamp = stamp(order);
              return change
                  .get()
                  .map(done -> done.stamped(stamp))
                  .compose(
                      done -> noted(done, source),
                      failure ->
                          refused(order, failure).compose(x -> Future.failedFuture(failure)));
            })
        .onComplete(ended -> changing.remove(order.plugin()));
  }

  /**
   * Refuses what another node ordered before what was carried out here.
   *
   * @throws GatewayException of status 409
   */
  void requireNewest(Order order) {
    OrderStamp stamp = order.stamp();
    if (stamp != null && isSuperseded(order.plugin(), stamp)) {
      throw new GatewayException(CONFLICT, "a newer order for this plugin was carried out here");
    }
  }

  /** Whether a newer order was carried out. */
  boolean isSuperseded(String plugin, OrderStamp stamp) {
    LastOrder last = history.record(plugin).last();
    return last != null && last.stamp().compareTo(stamp) > 0;
  }

  private OrderStamp stamp(Order order) {
    OrderStamp given = order.stamp();
    LastOrder last = history.record(order.plugin()).last();
    return given != null
        ? given
        : OrderStamp.after(last == null ? null : last.stamp(), clock.millis(), id);
  }

  private Future<Done> noted(Done done, Source source) {
    LastOrder order = new LastOrder(done.stamp(), done.after().orElse(null), source, false);
    return write(() -> history.ordered(done.plugin(), order)).map(done);
  }

  /** What does not run is not tried again because another node has it. */
  private Future<Void> refused(Order order, Throwable failure) {
    OrderStamp stamp = order.stamp();
    boolean unusable = failure instanceof GatewayException refusal && refusal.status() == UNUSABLE;
    return stamp == null || !unusable
        ? Future.succeededFuture()
        : write(() -> history.refused(order.plugin(), stamp));
  }

  /** Notes that an order was carried out on all nodes. Does not fail. */
  Future<Void> everywhere(String plugin, OrderStamp stamp) {
    return write(() -> history.everywhere(plugin, stamp));
  }

  /** The change itself was made: that its order is not known afterwards does not undo it. */
  private Future<Void> write(Blocking.Task note) {
    return blocking
        .run(note)
        .otherwise(
            failure -> {
              LOG.warn("an order for a plugin could not be noted: {}", failure.toString());
              return null;
            });
  }
}

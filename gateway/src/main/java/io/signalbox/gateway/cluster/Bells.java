package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.BreakerMessages.BreakerDecided;
import io.signalbox.gateway.bus.BreakerMessages.BreakersLook;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.NodeBus;
import io.signalbox.gateway.bus.PeerMessages.Bell;
import io.signalbox.gateway.bus.PeerMessages.Ring;
import io.signalbox.gateway.bus.PreferenceMessages.InForce;
import io.signalbox.gateway.bus.PreferenceMessages.Reread;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rings at the other nodes when something has changed that all of them share, so that they look at
 * once. What rings within a moment rings once; whoever misses it looks soon by itself. Thread-safe.
 */
final class Bells {
  private static final Logger LOG = LoggerFactory.getLogger(Bells.class);

  /** What is decided is stored first, which takes a moment. */
  private static final long GATHER_MILLIS = 50;

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Bus local;
  private final NodeBus nodes;
  private final Set<Bell> owed = ConcurrentHashMap.newKeySet();
  private volatile List<MessageConsumer<?>> heard = List.of();
  private volatile Consumer<String> pluginsRung = from -> {};

  Bells(Vertx vertx, Bus local, NodeBus nodes) {
    this.vertx = vertx;
    this.local = local;
    this.nodes = nodes;
  }

  /** Begins. */
  void open() {
    nodes.listen(Ring.class, this::rung);
    heard =
        List.of(
            local.listen(
                Addresses.BREAKERS_DECIDED, BreakerDecided.class, told -> ring(Bell.BREAKERS)),
            local.listen(Addresses.PREFERENCES, InForce.class, told -> ring(Bell.PREFERENCES)));
  }

  /** Rings no more. */
  void close() {
    heard.forEach(MessageConsumer::unregister);
  }

  /** Calls back with the id of a node that is new and has plugins. */
  void onPlugins(Consumer<String> listener) {
    pluginsRung = listener;
  }

  /** Rings. */
  void ring(Bell bell) {
    if (owed.add(bell)) {
      vertx.setTimer(
          GATHER_MILLIS,
          due -> {
            owed.remove(bell);
            nodes.tell(new Ring(nodes.node(), bell));
          });
    }
  }

  private void rung(Ring ring) {
    if (ring.from().equals(nodes.node())) {
      return;
    }
    switch (ring.bell()) {
      case BREAKERS -> local.publish(Addresses.BREAKERS_LOOK, new BreakersLook());
      case PREFERENCES ->
          local
              .request(Addresses.PREFERENCES_REREAD, new Reread(), InForce.class, READ_TIMEOUT)
              .onFailure(
                  failure -> LOG.debug("preferences are read later: {}", failure.toString()));
      case PLUGINS -> pluginsRung.accept(ring.from());
    }
  }
}

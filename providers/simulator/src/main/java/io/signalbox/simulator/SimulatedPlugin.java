package io.signalbox.simulator;

import io.signalbox.simulator.core.Books;
import io.signalbox.simulator.core.FaultMode;
import io.signalbox.simulator.core.FaultSettings;
import io.signalbox.simulator.core.ListenHost;
import io.signalbox.simulator.core.PluginFront;
import io.signalbox.simulator.core.PluginState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One plugin's remote side behind its own listener, as control calls see it. */
final class SimulatedPlugin {
  private final PluginFront front;
  private final PluginState state;
  private final PluginListener listener;

  SimulatedPlugin(Vertx vertx, PluginFront front, PluginState state, ListenHost host, int port) {
    this.front = front;
    this.state = state;
    this.listener = new PluginListener(vertx, host, port, front);
  }

  String name() {
    return front.name();
  }

  PluginState state() {
    return state;
  }

  List<String> calls() {
    return front.calls();
  }

  /** What the provider sold; null if it sells nothing. */
  @Nullable Books books() {
    return front.books();
  }

  Future<Void> start() {
    return listener.start();
  }

  Future<Void> stop() {
    front.close();
    state.webhooks().close();
    return listener.setOpen(false);
  }

  /** Takes new settings; done when the listening socket is as they want it. */
  Future<Void> change(FaultSettings settings) {
    state.change(settings);
    front.changed(settings);
    return listener.setOpen(settings.mode() != FaultMode.REFUSE);
  }

  JsonObject describe() {
    return new JsonObject()
        .put("url", listener.url())
        .mergeIn(state.settings().toJson())
        .put("received", state.received().count())
        .put("account", front.account());
  }
}

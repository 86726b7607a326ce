package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Providers between nodes: this one lends what it has and borrows what it lacks. All of it happens
 * on one context. Thread-safe.
 */
final class ProviderExchange {
  /** What was handed over before the others knew that this node leaves is refused, not unheard. */
  private static final long LAST_REFUSALS_MILLIS = 200;

  private final Vertx vertx;
  private final Context home;
  private final Bus local;
  private final OwnProviders own = new OwnProviders();
  private final LentProviders lent;
  private final BorrowedProviders borrowed;
  private @Nullable MessageConsumer<ProviderState> heard;
  private boolean closed;

  /**
   * Makes one that does nothing yet.
   *
   * @param webhookBytes how many bytes of webhooks of other nodes are held at once
   */
  ProviderExchange(Vertx vertx, Context home, Bus local, ClusterNode node, long webhookBytes) {
    this.vertx = vertx;
    this.home = home;
    this.local = local;
    this.lent = new LentProviders(vertx, local, node, own, webhookBytes);
    this.borrowed = new BorrowedProviders(vertx, local, node, own, lent::changed);
  }

  /**
   * Begins.
   *
   * @param running tells the providers that run already
   * @param switchedOff tells the ids of those that are not to run here; called again and again
   * @return completes when it is known what the other nodes have, or after some seconds without
   */
  Future<Void> open(Supplier<List<ProviderState>> running, Supplier<Set<String>> switchedOff) {
    Promise<Void> known = Promise.promise();
    home.runOnContext(
        go -> {
          if (closed) {
            known.complete();
            return;
          }
          // Heard before those are read that run already, so that no change falls in between.
          heard = local.listen(Addresses.PROVIDERS, ProviderState.class, this::changed);
          own.leaveOut(switchedOff);
          running.get().forEach(own::update);
          lent.open();
          borrowed.open().onComplete(known);
        });
    return known.future();
  }

  private void changed(ProviderState state) {
    if (own.update(state)) {
      lent.changed();
      borrowed.heard(state.provider());
    }
  }

  /**
   * Lends nothing more, and borrows nothing further; attempts under way go on, until {@link #end}.
   */
  Future<Void> close() {
    Promise<Void> done = Promise.promise();
    home.runOnContext(
        go -> {
          closed = true;
          MessageConsumer<ProviderState> listening = heard;
          if (listening == null) {
            done.complete();
            return;
          }
          listening.unregister();
          lent.close();
          borrowed.close();
          vertx.setTimer(LAST_REFUSALS_MILLIS, due -> done.complete());
        });
    return done.future();
  }

  /** Nothing is under way any more; called after {@link #close}. */
  void end() {
    home.runOnContext(go -> borrowed.end());
  }
}

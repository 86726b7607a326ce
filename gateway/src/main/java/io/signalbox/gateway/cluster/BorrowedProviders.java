package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.LocalMessage;
import io.signalbox.gateway.bus.NodeProviderMessages.LookUpThere;
import io.signalbox.gateway.bus.NodeProviderMessages.LookedUpThere;
import io.signalbox.gateway.bus.NodeProviderMessages.ProvidersHere;
import io.signalbox.gateway.bus.NodeProviderMessages.ReceiveThere;
import io.signalbox.gateway.bus.NodeProviderMessages.ReceivedThere;
import io.signalbox.gateway.bus.ProviderMessages.Control;
import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.bus.ProviderMessages.LookUp;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.bus.ProviderMessages.ProviderMessage;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Receive;
import io.signalbox.gateway.bus.ProviderMessages.Received;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Providers of other nodes that this one lacks. Each stands on the local bus as if it ran here,
 * with a negative generation: the rest of the gateway needs to know nothing of it, and one that
 * starts here takes its place by the ordinary rule that the higher generation counts.
 *
 * <p>An attempt whose node refuses it was not begun. One whose node gives no answer, or is gone, is
 * left without an answer too, which makes it unknown. Thread-confined.
 */
final class BorrowedProviders {
  private static final Logger LOG = LoggerFactory.getLogger(BorrowedProviders.class);
  private static final long FIRST_GENERATION = -1_000_000_000_000L;
  private static final int UNAVAILABLE = 503;
  private static final int CONFLICT = 409;
  private static final long LOOK_MILLIS = 1_000;

  /** Longer than the other node waits itself. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Bus local;
  private final ClusterNode node;
  private final OwnProviders own;
  private final HandOvers handOvers;
  private final Offers offers = new Offers();
  private final Map<String, Loan> loans = new HashMap<>();
  private long generation = FIRST_GENERATION;
  private boolean closed;
  private long timer = -1;

  /** A provider that is used on another node. */
  private record Loan(
      ClusterMember lender,
      long generation,
      ProviderState offered,
      MessageConsumer<ProviderMessage> consumer) {}

  BorrowedProviders(Vertx vertx, Bus local, ClusterNode node, OwnProviders own) {
    this.vertx = vertx;
    this.local = local;
    this.node = node;
    this.own = own;
    this.handOvers = new HandOvers(vertx, node.bus(), this::withdrawn, this::unheard);
  }

  void open() {
    node.bus().listen(ProvidersHere.class, this::offered);
    node.onLeft(
        member -> {
          handOvers.lost(member.id());
          withdrawn(member.id());
        });
    handOvers.open();
    timer = vertx.setPeriodic(LOOK_MILLIS, due -> look());
  }

  /** Begins no further loan. Those that there are last until {@link #end}. */
  void close() {
    closed = true;
    vertx.cancelTimer(timer);
  }

  /** Nothing is under way any more. */
  void end() {
    handOvers.close();
  }

  private void offered(ProvidersHere here) {
    if (closed || here.from().equals(node.id()) || !node.has(here.from())) {
      return;
    }
    if (here.leaving()) {
      handOvers.leaves(here.from());
    }
    if (offers.take(here, LentProviders.clockMillis())) {
      settle();
    }
  }

  /** Offers lapse, and provider files come, go and are switched off without a word. */
  private void look() {
    offers.lapse(LentProviders.clockMillis());
    settle();
  }

  /** A node that has left, or says nothing, is not asked until it tells what it has. */
  private void withdrawn(String from) {
    if (offers.withdraw(from)) {
      settle();
    }
  }

  /** A node that is heard and hears nothing would offer again at once what it cannot do. */
  private void unheard(String from) {
    if (offers.refuse(from, LentProviders.clockMillis())) {
      LOG.warn("a node that lends providers does not hear this one: its offers are left for now");
      settle();
    }
  }

  /**
   * A provider of this node has told something. The end of an old generation of it may have looked,
   * to whoever heard it, like the end of what is borrowed since.
   */
  void heard(String provider) {
    if (closed) {
      return;
    }
    settle(provider);
    Loan loan = loans.get(provider);
    if (loan != null) {
      local.publish(Addresses.PROVIDERS, here(loan, Stage.ACTIVE));
    }
  }

  /** Borrows what runs nowhere here and somewhere else, and gives the rest back. */
  private void settle() {
    if (closed) {
      return;
    }
    Set<String> all = new HashSet<>(loans.keySet());
    all.addAll(offers.providers());
    all.forEach(this::settle);
  }

  private void settle(String provider) {
    Loan loan = loans.get(provider);
    ClusterMember lender = own.has(provider) ? null : lender(provider, loan);
    ProviderState offered = lender == null ? null : offers.of(lender, provider);
    if (lender == null || offered == null) {
      if (loan != null) {
        giveBack(loan);
        loans.remove(provider);
        local.publish(Addresses.PROVIDERS, here(loan, Stage.STOPPED));
      }
      return;
    }
    boolean same = loan != null && loan.lender().id().equals(lender.id());
    if (loan != null && same && loan.offered().equals(offered)) {
      return;
    }
    Loan next;
    if (loan != null && same) {
      next = new Loan(loan.lender(), loan.generation(), offered, loan.consumer());
    } else {
      if (loan != null) {
        giveBack(loan);
      }
      next = begin(lender, offered);
    }
    loans.put(provider, next);
    local.publish(Addresses.PROVIDERS, here(next, Stage.ACTIVE));
  }

  private @Nullable ClusterMember lender(String provider, @Nullable Loan loan) {
    return offers.lender(provider, node.peers(), loan == null ? null : loan.lender().id());
  }

  private Loan begin(ClusterMember lender, ProviderState offered) {
    long mine = ++generation;
    LOG.info("provider {} is used on node {}", offered.provider(), lender.address());
    return new Loan(
        lender,
        mine,
        offered,
        local.answer(
            Addresses.provider(offered.provider(), mine),
            ProviderMessage.class,
            message -> asked(lender, offered.provider(), message)));
  }

  private static void giveBack(Loan loan) {
    LOG.info(
        "provider {} is no longer used on node {}",
        loan.offered().provider(),
        loan.lender().address());
    loan.consumer().unregister();
  }

  /** As it stands on the local bus. */
  private static ProviderState here(Loan loan, Stage stage) {
    ProviderState there = loan.offered();
    return new ProviderState(
        there.provider(),
        there.plugin(),
        there.pluginVersion(),
        loan.generation(),
        there.channels(),
        there.priority(),
        there.weight(),
        there.limits(),
        there.price(),
        there.timeout(),
        there.statusLookup(),
        stage,
        there.breaker(),
        List.of("it does not run on this node, which uses it on node " + loan.lender().address()));
  }

  private Future<? extends LocalMessage> asked(
      ClusterMember lender, String provider, ProviderMessage message) {
    if (message instanceof Deliver deliver) {
      return deliver(lender, provider, deliver);
    }
    if (message instanceof LookUp lookUp) {
      return lookUp(lender, provider, lookUp);
    }
    if (message instanceof Receive receive) {
      return receive(lender, provider, receive);
    }
    String where = "it runs on node " + lender.address();
    return Future.failedFuture(
        message instanceof Control
            ? new GatewayException(CONFLICT, where + ": give the command there")
            : new GatewayException(UNAVAILABLE, where));
  }

  private Future<LookedUp> lookUp(ClusterMember lender, String provider, LookUp lookUp) {
    return node.bus()
        .ask(
            lender.id(),
            new LookUpThere(provider, lookUp.query()),
            LookedUpThere.class,
            lookUp.query().timeout().multipliedBy(2).plus(MARGIN))
        .map(LookedUpThere::lookedUp);
  }

  /** Whoever sent the webhook repeats what was not answered. */
  private Future<Received> receive(ClusterMember lender, String provider, Receive receive) {
    return node.bus()
        .ask(
            lender.id(),
            ReceiveThere.of(provider, receive.request()),
            ReceivedThere.class,
            LentProviders.VERIFY.plusSeconds(1))
        .map(there -> new Received(there.result()))
        .recover(
            failure ->
                Future.failedFuture(
                    new GatewayException(UNAVAILABLE, "its node did not take the webhook")));
  }

  private Future<Delivered> deliver(ClusterMember lender, String provider, Deliver deliver) {
    OptionalLong nowThere = offers.nowThere(lender.id(), LentProviders.clockMillis());
    return nowThere.isEmpty()
        ? Future.failedFuture(new GatewayException(UNAVAILABLE, "its node does not offer it"))
        : handOvers.deliver(lender.id(), provider, nowThere.getAsLong(), deliver);
  }
}

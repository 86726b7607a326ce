package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.NodeProviderMessages.ProvidersHere;
import io.signalbox.gateway.bus.OperationMessages.OperationMessage;
import io.signalbox.gateway.bus.ProviderMessages.ProviderMessage;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private static final long LOOK_MILLIS = 1_000;

  /** After so many looks nobody waits any more for a node that does not tell what it has. */
  private static final int FIRST_LOOKS = 3;

  private final Vertx vertx;
  private final Bus local;
  private final ClusterNode node;
  private final OwnProviders own;
  private final HandOvers handOvers;
  private final LenderCalls calls;
  private final Runnable newcomer;
  private final Promise<Void> allHeard = Promise.promise();
  private final Offers offers = new Offers();
  private final Map<String, Loan> loans = new HashMap<>();
  private long generation = FIRST_GENERATION;
  private int looks;
  private boolean closed;
  private long timer = -1;

  /** A provider that is used on another node. */
  private record Loan(
      ClusterMember lender,
      long generation,
      ProviderState offered,
      MessageConsumer<ProviderMessage> consumer,
      MessageConsumer<OperationMessage> operations) {}

  /**
   * Makes one that has borrowed nothing.
   *
   * @param newcomer called when a node tells for the first time what it has: it may not know yet
   *     what this one has
   */
  BorrowedProviders(Vertx vertx, Bus local, ClusterNode node, OwnProviders own, Runnable newcomer) {
    this.vertx = vertx;
    this.local = local;
    this.node = node;
    this.own = own;
    this.newcomer = newcomer;
    this.handOvers = new HandOvers(vertx, node.bus(), this::withdrawn, this::unheard);
    this.calls = new LenderCalls(node, offers, handOvers);
  }

  /** Begins; completes when all other nodes have told what they have, or soon without. */
  Future<Void> open() {
    node.bus().listen(ProvidersHere.class, this::offered);
    node.onLeft(
        member -> {
          handOvers.lost(member.id());
          withdrawn(member.id());
        });
    handOvers.open();
    timer = vertx.setPeriodic(LOOK_MILLIS, due -> look());
    heardAll(offers.hasAll(node.peers()));
    return allHeard.future();
  }

  private void heardAll(boolean all) {
    if (all) {
      allHeard.tryComplete();
    }
  }

  /** Begins no further loan. Those that there are last until {@link #end}. */
  void close() {
    closed = true;
    vertx.cancelTimer(timer);
    heardAll(true);
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
    boolean known = offers.has(here.from());
    if (offers.take(here, LentProviders.clockMillis())) {
      if (!known) {
        newcomer.run();
      }
      settle();
      heardAll(offers.hasAll(node.peers()));
    }
  }

  /** Offers lapse, and provider files come, go and are switched off without a word. */
  private void look() {
    offers.lapse(LentProviders.clockMillis());
    settle();
    heardAll(++looks >= FIRST_LOOKS);
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
      local.publish(Addresses.PROVIDERS, here(loan, loan.offered().stage()));
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
      next =
          new Loan(loan.lender(), loan.generation(), offered, loan.consumer(), loan.operations());
    } else {
      if (loan != null) {
        giveBack(loan);
      }
      next = begin(lender, offered);
    }
    loans.put(provider, next);
    local.publish(Addresses.PROVIDERS, here(next, offered.stage()));
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
            message -> calls.ask(lender, offered.provider(), message)),
        local.answer(
            Addresses.operations(offered.provider(), mine),
            OperationMessage.class,
            message -> calls.operate(lender, offered.provider(), message)));
  }

  private static void giveBack(Loan loan) {
    LOG.info(
        "provider {} is no longer used on node {}",
        loan.offered().provider(),
        loan.lender().address());
    loan.consumer().unregister();
    loan.operations().unregister();
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
        there.abilities(),
        stage,
        there.breaker(),
        List.of("it does not run on this node, which uses it on node " + loan.lender().address()),
        there.account());
  }
}

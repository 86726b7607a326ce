package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.NodeBus;
import io.signalbox.gateway.bus.NodeProviderMessages.AskHad;
import io.signalbox.gateway.bus.NodeProviderMessages.DeliverThere;
import io.signalbox.gateway.bus.NodeProviderMessages.DeliveredThere;
import io.signalbox.gateway.bus.NodeProviderMessages.Had;
import io.signalbox.gateway.bus.NodeProviderMessages.LookUpThere;
import io.signalbox.gateway.bus.NodeProviderMessages.LookedUpThere;
import io.signalbox.gateway.bus.NodeProviderMessages.ProvidersHere;
import io.signalbox.gateway.bus.NodeProviderMessages.ReceiveThere;
import io.signalbox.gateway.bus.NodeProviderMessages.ReceivedThere;
import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.bus.ProviderMessages.LookUp;
import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Receive;
import io.signalbox.gateway.bus.ProviderMessages.Received;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.DeliveryRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The providers of this node for the others: tells which there are, and makes attempts for nodes
 * that do not have them, each once. Breaker, health and metrics are this node's, as for its own
 * attempts. Thread-confined.
 */
final class LentProviders {
  private static final long GATHER_MILLIS = 50;

  /** An announcement may be lost, and a node may be new. */
  private static final long REPEAT_MILLIS = 1_000;

  private static final Duration MARGIN = Duration.ofSeconds(1);

  /** How long a provider may take to verify a webhook of another node. */
  static final Duration VERIFY = Duration.ofSeconds(3);

  /** A refusal by which the other node knows that nothing was begun. */
  private static final int NOT_BEGUN = 503;

  /** One by which it does not. */
  private static final int TAKEN_BEFORE = 409;

  /** How many attempts are remembered so that a second copy of one is refused. */
  private static final int REMEMBERED = 16_384;

  /** An attempt that has lost more than this part of its time on the way was cut short. */
  private static final int CUT_SHORT_PART = 10;

  private final Vertx vertx;
  private final Bus local;
  private final ClusterNode node;
  private final NodeBus nodes;
  private final OwnProviders own;
  private final Map<String, Integer> loads = new HashMap<>();
  private final Set<AttemptId> underWay = new HashSet<>();
  private final Map<AttemptId, Boolean> taken = new Newest();
  private boolean closed;
  private long timer = -1;

  /** Tells of what has changed since; -1 if nothing has. */
  private long owed = -1;

  LentProviders(Vertx vertx, Bus local, ClusterNode node, OwnProviders own) {
    this.vertx = vertx;
    this.local = local;
    this.node = node;
    this.nodes = node.bus();
    this.own = own;
  }

  /** Forgets the eldest. */
  private static final class Newest extends LinkedHashMap<AttemptId, Boolean> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<AttemptId, Boolean> eldest) {
      return size() > REMEMBERED;
    }
  }

  void open() {
    nodes.answer(DeliverThere.class, this::deliver);
    nodes.answer(AskHad.class, asked -> Future.succeededFuture(had(asked)));
    nodes.answer(LookUpThere.class, this::lookUp);
    nodes.answer(ReceiveThere.class, this::receive);
    timer = vertx.setPeriodic(REPEAT_MILLIS, due -> tell());
    tell();
  }

  /** Others are to use none of them any more; attempts under way go on. */
  void close() {
    closed = true;
    vertx.cancelTimer(timer);
    vertx.cancelTimer(owed);
    nodes.tell(new ProvidersHere(nodes.node(), clockMillis(), true, List.of()));
  }

  /** A provider of this node has changed. */
  void changed() {
    if (owed < 0 && !closed) {
      owed =
          vertx.setTimer(
              GATHER_MILLIS,
              due -> {
                owed = -1;
                tell();
              });
    }
  }

  private void tell() {
    nodes.tell(new ProvidersHere(nodes.node(), clockMillis(), false, own.active()));
  }

  /** Goes on while the process stands still. */
  static long clockMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  private Future<DeliveredThere> deliver(DeliverThere asked) {
    AttemptId attempt = asked.deliver().attempt();
    if (taken.containsKey(attempt)) {
      return refused(TAKEN_BEFORE, "that attempt was handed over before");
    }
    ProviderState state = own.active(asked.provider());
    if (state == null || closed) {
      return refused(NOT_BEGUN, "that provider takes no work here any more");
    }
    long lateMillis = Math.max(0, clockMillis() - asked.handedOverAtMillis());
    if (lateMillis >= HandOvers.ANSWER.toMillis()
        || lateMillis >= asked.deliver().request().timeout().toMillis()) {
      // By then the other node may have given it up. This one, or the way to it, stood still.
      return refused(NOT_BEGUN, "the request came too late");
    }
    if (loads.getOrDefault(asked.provider(), 0) >= bound(state)) {
      return refused(NOT_BEGUN, "that provider has enough to do");
    }
    Deliver deliver = without(lateMillis, asked.deliver());
    taken.put(attempt, true);
    underWay.add(attempt);
    loads.merge(asked.provider(), 1, Integer::sum);
    return local
        .request(
            Addresses.provider(asked.provider(), state.generation()),
            deliver,
            Delivered.class,
            deliver.request().timeout().plus(MARGIN))
        .map(DeliveredThere::new)
        .onComplete(
            ended -> {
              underWay.remove(attempt);
              loads.merge(asked.provider(), -1, Integer::sum);
            });
  }

  /** Whoever asks has bounded how many it asks, and the provider how many wait. */
  private Future<LookedUpThere> lookUp(LookUpThere asked) {
    ProviderState state = own.active(asked.provider());
    if (state == null || !state.statusLookup()) {
      return Future.succeededFuture(new LookedUpThere(LookedUp.without(LookUpAnswer.NOT_ASKED)));
    }
    return local
        .request(
            Addresses.provider(asked.provider(), state.generation()),
            new LookUp(asked.query()),
            LookedUp.class,
            // Its turn may come as late as the answer may take.
            asked.query().timeout().multipliedBy(2).plus(MARGIN))
        .map(LookedUpThere::new);
  }

  private Future<ReceivedThere> receive(ReceiveThere asked) {
    ProviderState state = own.active(asked.provider());
    return state == null
        ? Future.failedFuture(new GatewayException(NOT_BEGUN, "that provider is not here"))
        : local
            .request(
                Addresses.provider(asked.provider(), state.generation()),
                new Receive(asked.request()),
                Received.class,
                VERIFY)
            .map(received -> new ReceivedThere(received.result()));
  }

  /** Each node keeps to the provider's limit, as it would if it had the provider itself. */
  private int bound(ProviderState state) {
    return state.limits().maxConcurrent() * Math.max(1, node.peers().size());
  }

  /** The attempt with the time that is left of it: its deadline stays where it was. */
  private static Deliver without(long lateMillis, Deliver deliver) {
    DeliveryRequest asked = deliver.request();
    DeliveryRequest now =
        new DeliveryRequest(
            asked.attemptId(),
            asked.idempotencyKey(),
            asked.channel(),
            asked.notificationType(),
            asked.recipient(),
            asked.content(),
            asked.timeout().minusMillis(lateMillis),
            asked.validFor(),
            asked.tags());
    boolean cutShort = lateMillis * CUT_SHORT_PART > asked.timeout().toMillis();
    return new Deliver(deliver.attempt(), now, deliver.cutShort() || cutShort);
  }

  private Had had(AskHad asked) {
    return new Had(
        asked.attempts().stream().filter(underWay::contains).collect(Collectors.toSet()));
  }

  private static Future<DeliveredThere> refused(int status, String why) {
    return Future.failedFuture(new GatewayException(status, why));
  }
}

package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.NodeBus;
import io.signalbox.gateway.bus.NodeOperationMessages.OperateThere;
import io.signalbox.gateway.bus.NodeOperationMessages.OperatedThere;
import io.signalbox.gateway.bus.NodeProviderMessages.AskHad;
import io.signalbox.gateway.bus.NodeProviderMessages.DeliverThere;
import io.signalbox.gateway.bus.NodeProviderMessages.DeliveredThere;
import io.signalbox.gateway.bus.NodeProviderMessages.Had;
import io.signalbox.gateway.bus.NodeProviderMessages.LookUpThere;
import io.signalbox.gateway.bus.NodeProviderMessages.LookedUpThere;
import io.signalbox.gateway.bus.NodeProviderMessages.ProvidersHere;
import io.signalbox.gateway.bus.NodeProviderMessages.ReceiveThere;
import io.signalbox.gateway.bus.NodeProviderMessages.ReceivedThere;
import io.signalbox.gateway.bus.OperationMessages.Operate;
import io.signalbox.gateway.bus.OperationMessages.Operated;
import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.bus.ProviderMessages.LookUp;
import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Receive;
import io.signalbox.gateway.bus.ProviderMessages.Received;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.DeliveryRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

  /** An attempt that has lost more than this part of its time on the way was cut short. */
  private static final int CUT_SHORT_PART = 10;

  private final Vertx vertx;
  private final Bus local;
  private final ClusterNode node;
  private final NodeBus nodes;
  private final OwnProviders own;
  private final long webhookBytes;
  private final HandedOver deliveries = new HandedOver();
  private final HandedOver operations = new HandedOver();
  private long webhookBytesUnderWay;
  private boolean closed;
  private long timer = -1;

  /** Tells of what has changed since; -1 if nothing has. */
  private long owed = -1;

  /**
   * Makes one that lends nothing yet.
   *
   * @param webhookBytes how many bytes of webhooks that were handed over are held at once
   */
  LentProviders(Vertx vertx, Bus local, ClusterNode node, OwnProviders own, long webhookBytes) {
    this.vertx = vertx;
    this.local = local;
    this.node = node;
    this.nodes = node.bus();
    this.own = own;
    this.webhookBytes = webhookBytes;
  }

  void open() {
    nodes.answer(DeliverThere.class, this::deliver);
    nodes.answer(OperateThere.class, this::operate);
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
    nodes.tell(new ProvidersHere(nodes.node(), clockMillis(), false, own.lent()));
  }

  /** Goes on while the process stands still. */
  static long clockMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  private Future<DeliveredThere> deliver(DeliverThere asked) {
    Deliver whole = asked.deliver();
    return lend(
        deliveries,
        asked.provider(),
        own.active(asked.provider()),
        whole.attempt(),
        asked.handedOverAtMillis(),
        whole.request().timeout(),
        (state, lateMillis) -> {
          Deliver deliver = without(lateMillis, whole);
          return local
              .request(
                  Addresses.provider(asked.provider(), state.generation()),
                  deliver,
                  Delivered.class,
                  deliver.request().timeout().plus(MARGIN))
              .map(DeliveredThere::new);
        });
  }

  private Future<OperatedThere> operate(OperateThere asked) {
    ProviderCall<?> whole = asked.operate().call();
    AttemptId attempt = asked.operate().attempt();
    return lend(
        operations,
        asked.provider(),
        whole.type().settles() ? own.present(asked.provider()) : own.active(asked.provider()),
        attempt,
        asked.handedOverAtMillis(),
        whole.timeout(),
        (state, lateMillis) -> {
          ProviderCall<?> call = whole.within(whole.timeout().minusMillis(lateMillis));
          return local
              .request(
                  Addresses.operations(asked.provider(), state.generation()),
                  new Operate(attempt, call),
                  Operated.class,
                  call.timeout().plus(MARGIN))
              .map(operated -> OperatedThere.of(call, operated));
        });
  }

  /**
   * Makes an attempt for another node, or refuses.
   *
   * @param state of the provider; null if there is none that takes this
   */
  private <T> Future<T> lend(
      HandedOver kind,
      String provider,
      @Nullable ProviderState state,
      AttemptId attempt,
      long handedOverAtMillis,
      Duration timeout,
      BiFunction<ProviderState, Long, Future<T>> action) {
    if (kind.wasTaken(attempt)) {
      return refused(HandedOver.TAKEN_BEFORE, "that attempt was handed over before");
    }
    if (state == null || closed) {
      return refused(HandedOver.NOT_BEGUN, "that provider takes no work here any more");
    }
    long lateMillis = Math.max(0, clockMillis() - handedOverAtMillis);
    GatewayException against = kind.against(provider, lateMillis, timeout.toMillis(), bound(state));
    return against == null
        ? kind.make(provider, attempt, () -> action.apply(state, lateMillis))
        : Future.failedFuture(against);
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
    long bytes = asked.request().body().length();
    if (state == null || webhookBytesUnderWay + bytes > webhookBytes) {
      String why = state == null ? "that provider is not here" : "too many webhooks are held here";
      return Future.failedFuture(new GatewayException(HandedOver.NOT_BEGUN, why));
    }
    webhookBytesUnderWay += bytes;
    return local
        .request(
            Addresses.provider(asked.provider(), state.generation()),
            new Receive(asked.request()),
            Received.class,
            VERIFY)
        .map(received -> new ReceivedThere(received.result()))
        .onComplete(done -> webhookBytesUnderWay -= bytes);
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
            asked.tags(),
            asked.traceparent(),
            asked.mail());
    boolean cutShort = lateMillis * CUT_SHORT_PART > asked.timeout().toMillis();
    return new Deliver(deliver.attempt(), now, deliver.cutShort() || cutShort);
  }

  private Had had(AskHad asked) {
    return new Had(
        asked.attempts().stream()
            .filter(attempt -> deliveries.has(attempt) || operations.has(attempt))
            .collect(Collectors.toSet()));
  }

  private static <T> Future<T> refused(int status, String why) {
    return Future.failedFuture(new GatewayException(status, why));
  }
}

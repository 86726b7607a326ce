package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.LocalMessage;
import io.signalbox.gateway.bus.NodeMessage;
import io.signalbox.gateway.bus.NodeOperationMessages.OperateThere;
import io.signalbox.gateway.bus.NodeOperationMessages.OperatedThere;
import io.signalbox.gateway.bus.NodeProviderMessages.DeliverThere;
import io.signalbox.gateway.bus.NodeProviderMessages.DeliveredThere;
import io.signalbox.gateway.bus.NodeProviderMessages.LookUpThere;
import io.signalbox.gateway.bus.NodeProviderMessages.LookedUpThere;
import io.signalbox.gateway.bus.NodeProviderMessages.ReceiveThere;
import io.signalbox.gateway.bus.NodeProviderMessages.ReceivedThere;
import io.signalbox.gateway.bus.OperationMessages.Operate;
import io.signalbox.gateway.bus.OperationMessages.Operated;
import io.signalbox.gateway.bus.OperationMessages.OperationMessage;
import io.signalbox.gateway.bus.ProviderMessages.Control;
import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.bus.ProviderMessages.LookUp;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.bus.ProviderMessages.ProviderMessage;
import io.signalbox.gateway.bus.ProviderMessages.Receive;
import io.signalbox.gateway.bus.ProviderMessages.Received;
import io.signalbox.gateway.model.AttemptId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** What the gateway asks a provider that is borrowed, asked of the node that has it. */
final class LenderCalls {
  private static final int UNAVAILABLE = 503;
  private static final int CONFLICT = 409;
  private static final int BAD_REQUEST = 400;

  /** Longer than the other node waits itself. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private final ClusterNode node;
  private final Offers offers;
  private final HandOvers handOvers;

  LenderCalls(ClusterNode node, Offers offers, HandOvers handOvers) {
    this.node = node;
    this.offers = offers;
    this.handOvers = handOvers;
  }

  /** Hands a message of this gateway to the node that has the provider. */
  Future<? extends LocalMessage> ask(
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
    return handOver(
            lender,
            deliver.attempt(),
            nowThere -> new DeliverThere(provider, nowThere, deliver),
            DeliveredThere.class,
            deliver.request().timeout())
        .map(DeliveredThere::delivered);
  }

  /** Asks the node that has the provider to make a call of an operation. */
  Future<Operated> operate(ClusterMember lender, String provider, OperationMessage message) {
    return message instanceof Operate operate
        ? handOver(
                lender,
                operate.attempt(),
                nowThere -> new OperateThere(provider, nowThere, operate),
                OperatedThere.class,
                operate.call().timeout())
            .map(OperatedThere::operated)
        : Future.failedFuture(new GatewayException(BAD_REQUEST, "not a call"));
  }

  private <R extends NodeMessage> Future<R> handOver(
      ClusterMember lender,
      AttemptId attempt,
      LongFunction<NodeMessage> message,
      Class<R> answer,
      Duration timeout) {
    OptionalLong nowThere = offers.nowThere(lender.id(), LentProviders.clockMillis());
    return nowThere.isEmpty()
        ? Future.failedFuture(new GatewayException(UNAVAILABLE, "its node does not offer it"))
        : handOvers.handOver(
            lender.id(), attempt, message.apply(nowThere.getAsLong()), answer, timeout);
  }
}

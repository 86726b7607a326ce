package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.NodeBus;
import io.signalbox.gateway.bus.PeerMessages.Ping;
import io.signalbox.gateway.bus.PeerMessages.PingOther;
import io.signalbox.gateway.bus.PeerMessages.Pong;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks other nodes whether they hear. A node that has just joined must have heard from the others
 * before it takes work: for a moment, messages to it and its answers may be lost. And each node
 * asks from time to time, through another, whether it is heard itself: after a network was cut and
 * healed, or several nodes died at once, the others may have forgotten where it listens. Then it
 * listens anew.
 *
 * <p>Confined to the context on which it is made.
 */
final class PeerPings {
  private static final Logger LOG = LoggerFactory.getLogger(PeerPings.class);

  private static final Duration ANSWER = Duration.ofMillis(500);

  /** How often a new node asks each of the others before it goes on without the answer. */
  private static final int FIRST_TRIES = 10;

  private static final Duration THROUGH_OTHER = ANSWER.multipliedBy(3);

  /** With {@link #LOST_AFTER}, half a minute until a node that nobody hears listens anew. */
  private static final Duration WATCH = Duration.ofSeconds(10);

  private static final int LOST_AFTER = 2;
  private static final int BAD_GATEWAY = 502;

  private final Vertx vertx;
  private final ClusterNode node;
  private final NodeBus bus;
  private final Duration watch;
  private long timer = -1;
  private int unheard;
  private int turn;
  private boolean asking;
  private volatile boolean stopped;

  PeerPings(Vertx vertx, ClusterNode node) {
    this(vertx, node, WATCH);
  }

  PeerPings(Vertx vertx, ClusterNode node, Duration watch) {
    this.vertx = vertx;
    this.node = node;
    this.bus = node.bus();
    this.watch = watch;
  }

  /** Answers others. */
  void answer() {
    bus.answer(Ping.class, asked -> Future.succeededFuture(new Pong()));
    bus.answer(
        PingOther.class,
        asked ->
            bus.ask(asked.node(), new Ping(), Pong.class, ANSWER)
                .recover(
                    failure ->
                        Future.failedFuture(
                            new GatewayException(BAD_GATEWAY, "no answer from that node"))));
  }

  /** Asks all others; completes when each has answered or was asked often enough. */
  Future<Void> first() {
    List<Future<Void>> asked = node.peers().stream().map(peer -> first(peer, FIRST_TRIES)).toList();
    return Future.join(asked).mapEmpty();
  }

  private Future<Void> first(ClusterMember peer, int tries) {
    return bus.ask(peer.id(), new Ping(), Pong.class, ANSWER)
        .<Void>mapEmpty()
        .recover(
            failure -> {
              if (tries > 1 && node.has(peer.id())) {
                return vertx.timer(ANSWER.toMillis()).compose(late -> first(peer, tries - 1));
              }
              LOG.warn(
                  "node {} does not answer: {}; this one goes on without it",
                  peer.address(),
                  failure.getMessage());
              return Future.succeededFuture();
            });
  }

  /** Begins to ask through others whether this node is heard. */
  void watch() {
    if (stopped) {
      return;
    }
    timer = vertx.setPeriodic(watch.toMillis(), due -> look());
  }

  /** Asks no more. */
  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void look() {
    List<ClusterMember> peers = node.peers();
    if (peers.isEmpty() || asking) {
      return;
    }
    asking = true;
    ClusterMember through = peers.get(Math.floorMod(turn++, peers.size()));
    bus.ask(through.id(), new PingOther(node.id()), Pong.class, THROUGH_OTHER)
        .compose(
            heard -> {
              unheard = 0;
              return Future.<Void>succeededFuture();
            },
            failure -> notHeard(through, failure))
        .onFailure(failure -> LOG.warn("this node could not listen anew: {}", failure.toString()))
        .onComplete(done -> asking = false);
  }

  private Future<Void> notHeard(ClusterMember through, Throwable failure) {
    boolean forgotten =
        failure instanceof GatewayException refusal && refusal.status() == BAD_GATEWAY;
    if (!forgotten) {
      // Nothing is known of this node; the next look asks another.
      return Future.succeededFuture();
    }
    if (stopped || ++unheard < LOST_AFTER) {
      return Future.succeededFuture();
    }
    unheard = 0;
    LOG.warn("node {} does not reach this one, which now listens anew", through.address());
    return bus.openAgain();
  }
}

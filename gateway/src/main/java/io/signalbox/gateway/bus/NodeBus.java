package io.signalbox.gateway.bus;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door to the other nodes of a cluster: typed, over the event bus of a Vert.x instance of its
 * own, so that what is local stays local by construction. A message may be lost, and a request to a
 * node that has just died is answered by its time-out alone: what matters stands in the ledger.
 *
 * <p>A node has one address for all that it is asked, and hears what is told to all at another.
 * Handlers are called, and answers come, on one context of the gateway's Vert.x. Thread-safe.
 */
public final class NodeBus {
  private static final Logger LOG = LoggerFactory.getLogger(NodeBus.class);
  private static final int UNAVAILABLE = 503;

  /**
   * How long the others are waited for until they know that this node does not listen any more:
   * while members come and go, that can take as long as they do.
   */
  private static final long SILENCE_SECONDS = 10;

  private final Vertx cluster;
  private final String node;
  private final Context home;
  private final Map<Class<?>, Function<NodeMessage, Future<? extends NodeMessage>>> answers =
      new ConcurrentHashMap<>();
  private final Map<Class<?>, Consumer<NodeMessage>> listeners = new ConcurrentHashMap<>();
  private final List<MessageConsumer<NodeMessage>> consumers = new CopyOnWriteArrayList<>();
  private boolean closed;
  private volatile boolean ended;

  /**
   * Makes it; {@link #open} begins to listen.
   *
   * @param cluster the clustered Vert.x, used for this alone
   * @param node id of this node
   * @param home where handlers are called
   */
  public NodeBus(Vertx cluster, String node, Context home) {
    this.cluster = cluster;
    this.node = node;
    this.home = home;
    cluster.eventBus().registerCodec(new NodeCodec());
    cluster.eventBus().codecSelector(body -> body instanceof NodeMessage ? NodeCodec.NAME : null);
  }

  /** Id of this node. */
  public String node() {
    return node;
  }

  /** Answers messages of one type; there is one handler for each. */
  public <M extends NodeMessage> void answer(
      Class<M> type, Function<M, Future<? extends NodeMessage>> handler) {
    answers.put(type, message -> handler.apply(type.cast(message)));
  }

  /** Hears messages of one type that are told to all; there is one handler for each. */
  public <M extends NodeMessage> void listen(Class<M> type, Consumer<M> handler) {
    listeners.put(type, message -> handler.accept(type.cast(message)));
  }

  /** Begins to listen; completes when the other nodes know of it. */
  public synchronized Future<Void> open() {
    MessageConsumer<NodeMessage> asked =
        cluster
            .eventBus()
            .consumer(Addresses.node(node), message -> home.runOnContext(go -> asked(message)));
    MessageConsumer<NodeMessage> told =
        cluster
            .eventBus()
            .consumer(Addresses.NODES, message -> home.runOnContext(go -> told(message)));
    consumers.add(asked);
    consumers.add(told);
    return onHome(asked.completion().compose(done -> told.completion()));
  }

  /** Listens no more, for good; completes when the other nodes know of it, fails after 10 s. */
  public synchronized Future<Void> close() {
    closed = true;
    return silence();
  }

  private synchronized Future<Void> silence() {
    List<MessageConsumer<NodeMessage>> open = List.copyOf(consumers);
    consumers.removeAll(open);
    List<Future<Void>> silent =
        open.stream()
            .map(consumer -> consumer.unregister().timeout(SILENCE_SECONDS, TimeUnit.SECONDS))
            .toList();
    return onHome(Future.join(silent).mapEmpty());
  }

  /** Listens anew, as if it had not before; after {@link #close} it does not. */
  public Future<Void> openAgain() {
    return silence()
        .otherwise(
            failure -> {
              LOG.debug("old consumers are left behind: {}", failure.toString());
              return null;
            })
        .compose(silent -> openUnlessClosed());
  }

  private synchronized Future<Void> openUnlessClosed() {
    return closed ? Future.succeededFuture() : open();
  }

  private void asked(Message<NodeMessage> message) {
    Bus.reply(
        message,
        NodeMessage.class,
        body -> {
          Function<NodeMessage, Future<? extends NodeMessage>> handler =
              answers.get(body.getClass());
          return handler == null
              ? Future.failedFuture(
                  new GatewayException(501, body.getClass().getSimpleName() + " is not answered"))
              : handler.apply(body);
        });
  }

  private void told(Message<NodeMessage> message) {
    try {
      NodeMessage body = message.body();
      listeners.getOrDefault(body.getClass(), unheard -> {}).accept(body);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      LOG.error("what a node told could not be dealt with", e);
    }
  }

  /** Nothing is told or asked from here any more: the node leaves. Called after {@link #close}. */
  public void end() {
    ended = true;
  }

  /** Tells all nodes, this one too. */
  public void tell(NodeMessage message) {
    if (!ended) {
      cluster.eventBus().publish(Addresses.NODES, message);
    }
  }

  /**
   * Asks a node.
   *
   * @return fails with a {@link GatewayException}: a {@link NobodyListensException} if nobody
   *     listens there, 504 after the time-out, or the status with which the node refused
   */
  public <R extends NodeMessage> Future<R> ask(
      String other, NodeMessage message, Class<R> answer, Duration timeout) {
    if (ended) {
      return onHome(
          Future.failedFuture(new GatewayException(UNAVAILABLE, "this node has left the cluster")));
    }
    return onHome(
        cluster
            .eventBus()
            .<NodeMessage>request(
                Addresses.node(other),
                message,
                new DeliveryOptions().setSendTimeout(timeout.toMillis()))
            .map(reply -> answer.cast(reply.body()))
            .recover(failure -> Future.failedFuture(Bus.toGatewayException(failure))));
  }

  private <T> Future<T> onHome(Future<T> there) {
    Promise<T> here = Promise.promise();
    there.onComplete((AsyncResult<T> result) -> home.runOnContext(go -> here.handle(result)));
    return here.future();
  }
}

package io.signalbox.gateway.bus;

import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.spi.events.EventStream;
import io.signalbox.spi.events.NotificationEvent;
import io.signalbox.spi.intake.Accepted;
import io.signalbox.spi.intake.IntakeRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only door to the event bus: local, typed, and with failures that arrive at once. A handler
 * that throws becomes a failed reply instead of a time-out. Thread-safe.
 */
public final class Bus {
  /** The failure code of a bug in a handler, as opposed to a refusal. */
  public static final int INTERNAL = 500;

  private static final Logger LOG = LoggerFactory.getLogger(Bus.class);

  /** What is told to whoever listens belongs to no trace; what is asked does. */
  private static final DeliveryOptions LOCAL =
      new DeliveryOptions().setLocalOnly(true).setTracingPolicy(TracingPolicy.IGNORE);

  private final Vertx vertx;

  /** Makes a door to the bus of a Vert.x instance on which {@link #install} was called. */
  public Bus(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Teaches the bus to pass our messages by reference. Called once for each Vert.x instance. */
  public static Bus install(Vertx vertx) {
    vertx.eventBus().registerCodec(new IdentityCodec());
    vertx
        .eventBus()
        .codecSelector(
            body ->
                body instanceof LocalMessage
                        || body instanceof IntakeRequest
                        || body instanceof Accepted
                        || body instanceof NotificationEvent
                    ? IdentityCodec.NAME
                    : null);
    return new Bus(vertx);
  }

  /** Sends to one handler and forgets. */
  public void send(String address, LocalMessage message) {
    vertx.eventBus().send(address, message, LOCAL);
  }

  /** Sends to every handler and forgets. */
  public void publish(String address, LocalMessage message) {
    vertx.eventBus().publish(address, message, LOCAL);
  }

  /** Sends to one handler what comes at about the same time together. */
  public <M extends LocalMessage> Gathered<M> sending(String address) {
    return new Gathered<>(message -> send(address, message));
  }

  /** The same to every handler. */
  public <M extends LocalMessage> Gathered<M> publishing(String address) {
    return new Gathered<>(message -> publish(address, message));
  }

  /** Where the ledger tells its events: to whoever listens through {@link EventStream}. */
  public EventOutlet events() {
    return new BusEventOutlet(vertx, LOCAL);
  }

  /**
   * Sends to one handler and waits for its answer.
   *
   * @return fails with a {@link GatewayException}: 503 if nobody listens, 504 after the timeout, or
   *     the status with which the handler refused
   */
  public <R extends LocalMessage> Future<R> request(
      String address, LocalMessage message, Class<R> answer, Duration timeout) {
    DeliveryOptions options =
        new DeliveryOptions().setLocalOnly(true).setSendTimeout(timeout.toMillis());
    return vertx
        .eventBus()
        .request(address, message, options)
        .map(Message::body)
        .map(answer::cast)
        .recover(failure -> Future.failedFuture(toGatewayException(failure)));
  }

  /** Takes messages of one type and answers each with what the Future brings. */
  public <M> MessageConsumer<M> answer(
      String address, Class<M> type, Function<M, ? extends Future<?>> handler) {
    return vertx.eventBus().<M>localConsumer(address, message -> reply(message, type, handler));
  }

  /** Takes messages of one type without answering. */
  public <M extends LocalMessage> MessageConsumer<M> listen(
      String address, Class<M> type, Consumer<M> handler) {
    return vertx
        .eventBus()
        .<M>localConsumer(
            address,
            message -> {
              Object body = message.body();
              if (body instanceof Several several) {
                several.messages().forEach(each -> tell(address, type, each, handler));
              } else {
                tell(address, type, body, handler);
              }
            });
  }

  private static <M> void tell(String address, Class<M> type, Object told, Consumer<M> handler) {
    try {
      handler.accept(type.cast(told));
    } catch (RuntimeException | LinkageError | AssertionError e) {
      LOG.error("a handler of {} failed", address, e);
    }
  }

  static <M> void reply(
      Message<M> message, Class<M> type, Function<M, ? extends Future<?>> handler) {
    Future<?> answer;
    try {
      answer = handler.apply(type.cast(message.body()));
    } catch (RuntimeException | LinkageError | AssertionError e) {
      answer = Future.failedFuture(e);
    }
    answer
        .onSuccess(message::reply)
        .onFailure(
            failure -> {
              if (failure instanceof GatewayException refusal) {
                message.fail(refusal.status(), String.valueOf(refusal.getMessage()));
              } else {
                LOG.error("a handler of {} failed", message.address(), failure);
                message.fail(INTERNAL, "internal error");
              }
            });
  }

  /** Vert.x answers so for what still waited in a consumer that was unregistered: never handled. */
  private static boolean wasDiscarded(ReplyException reply) {
    return reply.failureType() == ReplyFailure.TIMEOUT
        && String.valueOf(reply.getMessage()).startsWith("Discarded");
  }

  static GatewayException toGatewayException(Throwable failure) {
    if (failure instanceof ReplyException reply) {
      if (reply.failureType() == ReplyFailure.NO_HANDLERS || wasDiscarded(reply)) {
        return new NobodyListensException("nobody listens: " + reply.getMessage());
      }
      if (reply.failureType() == ReplyFailure.TIMEOUT) {
        return new GatewayException(504, "no answer in time");
      }
      return new GatewayException(reply.failureCode(), String.valueOf(reply.getMessage()));
    }
    return new GatewayException(INTERNAL, String.valueOf(failure.getMessage()));
  }
}

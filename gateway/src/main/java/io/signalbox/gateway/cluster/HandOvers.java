package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.NobodyListensException;
import io.signalbox.gateway.bus.NodeBus;
import io.signalbox.gateway.bus.NodeMessage;
import io.signalbox.gateway.bus.NodeProviderMessages.AskHad;
import io.signalbox.gateway.bus.NodeProviderMessages.Had;
import io.signalbox.gateway.model.AttemptId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attempts that other nodes make for this one. A node is asked twice a second whether it still has
 * them: one that says nothing, or does not know of an attempt, is waited for no longer, and the
 * attempt fails with status 504, which makes it unknown. Thread-confined.
 */
final class HandOvers {
  /** Within which a node that was handed an attempt must have said that it has it. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(HandOvers.class);
  private static final long LOOK_MILLIS = 500;

  /** Within which that question is answered; so an attempt is given up no earlier than this. */
  static final Duration ANSWER = SIGN_OF_LIFE.minusMillis(LOOK_MILLIS);

  /** Longer than the other node waits itself. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private static final int NO_ANSWER = 504;

  private final Vertx vertx;
  private final NodeBus bus;
  private final Consumer<String> silent;
  private final Consumer<String> unheard;
  private final Map<String, Map<AttemptId, Waiting>> underWay = new HashMap<>();
  private final Set<String> asking = new HashSet<>();
  private final Set<String> leaving = new HashSet<>();
  private long timer = -1;

  /**
   * Makes one that waits for nothing.
   *
   * @param silent hears of a node that gave no answer
   * @param unheard hears of a node that no question reaches
   */
  HandOvers(Vertx vertx, NodeBus bus, Consumer<String> silent, Consumer<String> unheard) {
    this.vertx = vertx;
    this.bus = bus;
    this.silent = silent;
    this.unheard = unheard;
  }

  /** An attempt that has no outcome yet. */
  private static final class Waiting {
    private final Promise<NodeMessage> answer = Promise.promise();
    private boolean missed;
  }

  /** Begins to ask; ends with {@link #close}. */
  void open() {
    timer = vertx.setPeriodic(LOOK_MILLIS, due -> underWay.forEach(this::look));
  }

  void close() {
    vertx.cancelTimer(timer);
  }

  /**
   * Hands an attempt to a node.
   *
   * @param message what asks for it
   * @param timeout how long the attempt may take
   * @return fails with a {@link GatewayException}: 503 if it was certainly not begun
   */
  <R extends NodeMessage> Future<R> handOver(
      String node, AttemptId attempt, NodeMessage message, Class<R> answer, Duration timeout) {
    Waiting waiting = new Waiting();
    underWay.computeIfAbsent(node, id -> new HashMap<>()).put(attempt, waiting);
    bus.ask(node, message, answer, timeout.plus(MARGIN))
        .onFailure(failure -> unreached(node, failure))
        .onComplete(waiting.answer::tryComplete, waiting.answer::tryFail);
    return waiting
        .answer
        .future()
        .map(answer::cast)
        .onComplete(ended -> remove(node, attempt, waiting));
  }

  private void remove(String node, AttemptId attempt, Waiting waiting) {
    underWay.computeIfPresent(
        node,
        (id, all) -> {
          all.remove(attempt, waiting);
          return all.isEmpty() ? null : all;
        });
  }

  /** A node will soon listen no more; it ends what is under way, or is {@link #lost} meanwhile. */
  void leaves(String node) {
    leaving.add(node);
  }

  /** A node has gone. */
  void lost(String node) {
    leaving.remove(node);
    fail(underWay.getOrDefault(node, Map.of()), "its node has left the cluster");
  }

  private static void fail(Map<AttemptId, Waiting> waiting, String why) {
    GatewayException unanswered = new GatewayException(NO_ANSWER, why);
    Set.copyOf(waiting.values()).forEach(each -> each.answer.tryFail(unanswered));
  }

  private void look(String node, Map<AttemptId, Waiting> all) {
    if (leaving.contains(node) || !asking.add(node)) {
      return;
    }
    Map<AttemptId, Waiting> asked = Map.copyOf(all);
    bus.ask(node, new AskHad(asked.keySet()), Had.class, ANSWER)
        .onComplete(done -> asking.remove(node))
        .onSuccess(had -> had(asked, had))
        .onFailure(
            failure -> {
              unreached(node, failure);
              if (isLate(failure) && !leaving.contains(node)) {
                LOG.warn("a node with {} attempts of this one says nothing", asked.size());
                fail(asked, "its node gave no sign of life");
                silent.accept(node);
              }
            });
  }

  private void unreached(String node, Throwable failure) {
    if (failure instanceof NobodyListensException && !leaving.contains(node)) {
      unheard.accept(node);
    }
  }

  private static boolean isLate(Throwable failure) {
    return failure instanceof GatewayException refusal && refusal.status() == NO_ANSWER;
  }

  /** An outcome may be on its way: what is missing twice is lost. */
  private static void had(Map<AttemptId, Waiting> asked, Had had) {
    Map<AttemptId, Waiting> lost = new HashMap<>();
    asked.forEach(
        (attempt, waiting) -> {
          if (had.attempts().contains(attempt)) {
            waiting.missed = false;
          } else if (waiting.missed) {
            lost.put(attempt, waiting);
          } else {
            waiting.missed = true;
          }
        });
    fail(lost, "its node does not know of it");
  }
}

package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.NobodyListensException;
import io.signalbox.gateway.bus.NodeMessage;
import io.signalbox.gateway.bus.NodePluginMessages.AskedBy;
import io.signalbox.gateway.bus.NodePluginMessages.DropPlugin;
import io.signalbox.gateway.bus.NodePluginMessages.OrderDone;
import io.signalbox.gateway.bus.NodePluginMessages.PluginTaken;
import io.signalbox.gateway.bus.NodePluginMessages.TakePlugin;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.plugins.Change.Done;
import io.signalbox.gateway.plugins.Change.Order;
import io.signalbox.gateway.plugins.Change.Outcome;
import io.signalbox.gateway.plugins.NodeChange;
import io.signalbox.gateway.plugins.PluginRoll;
import io.signalbox.gateway.plugins.PluginVersion.Source;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a change of a plugin from node to node. A node on which it does not run keeps what it had
 * and stops the roll, as does one that was given a newer order; one that is just starting or has
 * gone does not: it asks for what it lacks when it is ready. Thread-safe.
 */
final class RollingChange implements PluginRoll {
  private static final Logger LOG = LoggerFactory.getLogger(RollingChange.class);

  /** For the jar, its check, its start and, if it does not run, the way back. */
  private static final Duration NODE_TIMEOUT = Duration.ofSeconds(60);

  /** A node that takes other jars is soon done with them. */
  private static final Duration WHILE_BUSY = Duration.ofSeconds(2);

  /** As long as a change there may take that was ordered there. */
  private static final int BUSY_TRIES = 15;

  private static final int BUSY = 503;
  private static final Set<String> WELL =
      Set.of(
          Outcome.RUNNING.wireName(),
          Outcome.LOADED.wireName(),
          Outcome.UNCHANGED.wireName(),
          Outcome.REMOVED.wireName());

  private final Vertx vertx;
  private final ClusterNode node;
  private final Duration whileBusy;

  /** What each node was asked and has not answered; of several plugins at a time. */
  private final ConcurrentMap<String, Set<Promise<PluginTaken>>> asked = new ConcurrentHashMap<>();

  RollingChange(Vertx vertx, ClusterNode node) {
    this(vertx, node, WHILE_BUSY);
  }

  RollingChange(Vertx vertx, ClusterNode node, Duration whileBusy) {
    this.vertx = vertx;
    this.node = node;
    this.whileBusy = whileBusy;
    node.onLeft(
        member ->
            // A copy: who is told takes itself out.
            Set.copyOf(asked.getOrDefault(member.id(), Set.of()))
                .forEach(
                    waiting ->
                        waiting.tryFail(new NobodyListensException("it has left the cluster"))));
  }

  @Override
  public Future<List<NodeChange>> toOthers(Order order, Source source, Done done) {
    AskedBy by = askedBy(order.who());
    NodeMessage message =
        done.after()
            .<NodeMessage>map(
                sha256 ->
                    new TakePlugin(
                        order.plugin(), sha256, source.wireName(), by, node.id(), done.stamp()))
            .orElseGet(() -> new DropPlugin(order.plugin(), by, done.stamp()));
    List<ClusterMember> others = new ArrayList<>(node.peers());
    others.sort(Comparator.comparing(ClusterMember::address));
    return next(message, others, List.of())
        .onSuccess(
            changes -> {
              if (changes.stream().allMatch(NodeChange::goesOn)) {
                node.bus().tell(new OrderDone(order.plugin(), done.stamp()));
              }
              LOG.info(
                  "plugin {} as {} on the other nodes: {}",
                  order.plugin(),
                  done.after().orElse("removed"),
                  changes.stream()
                      .map(each -> each.node() + " " + each.outcome())
                      .collect(Collectors.joining(", ")));
            });
  }

  private static AskedBy askedBy(Who who) {
    return new AskedBy(who.tenant(), who.actor(), who.origin(), who.correlationId());
  }

  private Future<List<NodeChange>> next(
      NodeMessage message, List<ClusterMember> left, List<NodeChange> done) {
    if (left.isEmpty()) {
      return Future.succeededFuture(done);
    }
    ClusterMember member = left.get(0);
    List<ClusterMember> rest = left.subList(1, left.size());
    return ask(member, message, BUSY_TRIES)
        .map(taken -> taken(member, taken))
        .otherwise(failure -> notTaken(member, failure))
        .compose(
            change -> {
              List<NodeChange> changes = new ArrayList<>(done);
              changes.add(change);
              if (change.goesOn()) {
                return next(message, rest, changes);
              }
              rest.forEach(
                  each -> changes.add(new NodeChange(each.address(), "not_asked", "", false)));
              return Future.succeededFuture(changes);
            });
  }

  private Future<PluginTaken> ask(ClusterMember member, NodeMessage message, int tries) {
    return ask(member, message)
        .recover(
            failure ->
                tries > 1 && isBusy(failure) && node.has(member.id())
                    ? vertx
                        .timer(whileBusy.toMillis())
                        .compose(later -> ask(member, message, tries - 1))
                    : Future.failedFuture(failure));
  }

  private static boolean isBusy(Throwable failure) {
    return failure instanceof GatewayException refusal
        && refusal.status() == BUSY
        && !(failure instanceof NobodyListensException);
  }

  private Future<PluginTaken> ask(ClusterMember member, NodeMessage message) {
    Promise<PluginTaken> answer = Promise.promise();
    asked.compute(
        member.id(),
        (id, waiting) -> {
          Set<Promise<PluginTaken>> all = waiting == null ? ConcurrentHashMap.newKeySet() : waiting;
          all.add(answer);
          return all;
        });
    node.bus()
        .ask(member.id(), message, PluginTaken.class, NODE_TIMEOUT)
        .onComplete(answer::tryComplete, answer::tryFail);
    return answer.future().onComplete(ended -> answered(member.id(), answer));
  }

  private void answered(String member, Promise<PluginTaken> answer) {
    asked.computeIfPresent(
        member,
        (id, waiting) -> {
          waiting.remove(answer);
          return waiting.isEmpty() ? null : waiting;
        });
  }

  private static NodeChange taken(ClusterMember member, PluginTaken taken) {
    return new NodeChange(
        member.address(), taken.outcome(), taken.detail(), WELL.contains(taken.outcome()));
  }

  private static NodeChange notTaken(ClusterMember member, Throwable failure) {
    int status = failure instanceof GatewayException refusal ? refusal.status() : 500;
    String why = String.valueOf(failure.getMessage());
    return failure instanceof NobodyListensException
        ? new NodeChange(member.address(), "absent", why, true)
        : new NodeChange(member.address(), status < 500 ? "refused" : "failed", why, false);
  }
}

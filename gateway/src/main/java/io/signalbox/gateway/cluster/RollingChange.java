package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.NodeMessage;
import io.signalbox.gateway.bus.NodePluginMessages.AskedBy;
import io.signalbox.gateway.bus.NodePluginMessages.DropPlugin;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Carries a change of a plugin from node to node. A node on which it does not run keeps what it had
 * and stops the roll; one that is just starting or has gone does not: it asks for what it lacks
 * when it is ready. Thread-safe.
 */
final class RollingChange implements PluginRoll {
  /** For the jar, its check, its start and, if it does not run, the way back. */
  private static final Duration NODE_TIMEOUT = Duration.ofSeconds(60);

  private static final int NOBODY_LISTENS = 503;
  private static final Set<String> WELL =
      Set.of(
          Outcome.RUNNING.wireName(),
          Outcome.LOADED.wireName(),
          Outcome.UNCHANGED.wireName(),
          Outcome.REMOVED.wireName());

  private final ClusterNode node;
  private final ConcurrentMap<String, Promise<PluginTaken>> asked = new ConcurrentHashMap<>();

  RollingChange(ClusterNode node) {
    this.node = node;
    node.onLeft(
        member -> {
          Promise<PluginTaken> waiting = asked.get(member.id());
          if (waiting != null) {
            waiting.tryFail(new GatewayException(NOBODY_LISTENS, "it has left the cluster"));
          }
        });
  }

  @Override
  public Future<List<NodeChange>> toOthers(Order order, Source source, Done done) {
    AskedBy by = askedBy(order.who());
    NodeMessage message =
        done.after()
            .<NodeMessage>map(
                sha256 -> new TakePlugin(order.plugin(), sha256, source.wireName(), by, node.id()))
            .orElseGet(() -> new DropPlugin(order.plugin(), by));
    List<ClusterMember> others = new ArrayList<>(node.peers());
    others.sort(Comparator.comparing(ClusterMember::address));
    return next(message, others, List.of());
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
    return ask(member, message)
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

  private Future<PluginTaken> ask(ClusterMember member, NodeMessage message) {
    Promise<PluginTaken> answer = Promise.promise();
    // One change of a plugin at a time is carried, but several plugins may be changed.
    asked.merge(
        member.id(),
        answer,
        (before, now) -> {
          before.future().onFailure(now::tryFail);
          return now;
        });
    node.bus()
        .ask(member.id(), message, PluginTaken.class, NODE_TIMEOUT)
        .onComplete(answer::tryComplete, answer::tryFail);
    return answer.future().onComplete(ended -> asked.remove(member.id(), answer));
  }

  private static NodeChange taken(ClusterMember member, PluginTaken taken) {
    return new NodeChange(
        member.address(), taken.outcome(), taken.detail(), WELL.contains(taken.outcome()));
  }

  private static NodeChange notTaken(ClusterMember member, Throwable failure) {
    int status = failure instanceof GatewayException refusal ? refusal.status() : 500;
    String why = String.valueOf(failure.getMessage());
    return status == NOBODY_LISTENS
        ? new NodeChange(member.address(), "absent", why, true)
        : new NodeChange(member.address(), status < 500 ? "refused" : "failed", why, false);
  }
}

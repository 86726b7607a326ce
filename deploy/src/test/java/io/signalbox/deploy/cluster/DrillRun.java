package io.signalbox.deploy.cluster;

import static org.awaitility.Awaitility.await;

import io.signalbox.deploy.Report;
import io.signalbox.deploy.cluster.DrillScript.Phase;
import io.signalbox.deploy.cluster.DrillScript.Step;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.awaitility.core.ConditionTimeoutException;

/** One drill from the start of the processes to their end. */
final class DrillRun {
  private static final int NODES = 3;
  private static final int KILLED = 1;
  private static final int FROZEN = 2;
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration RECEIPTS = Duration.ofMinutes(3);
  private static final int NODE_BITS = 6;

  /** Begins as an outage of a node. */
  private record Away(int number, long since, long certainSince) {}

  private final DrillPlan plan;
  private final Path directory;
  private Cluster cluster;
  private Senders senders;
  private Away killed;
  private Away frozen;
  private long killedUntil;
  private long frozenUntil;

  DrillRun(DrillPlan plan, Path directory) {
    this.plan = plan;
    this.directory = directory;
  }

  /** Runs it. */
  DrillResult run() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (NodeNetwork network = NodeNetwork.best(NODES);
        Cluster started =
            Cluster.start(
                vertx,
                network,
                directory,
                NODES,
                plan.providerMillis(),
                UnaryOperator.identity())) {
      cluster = started;
      senders = new Senders(vertx, cluster.urls(), cluster.token(), plan.perSecond());
      try {
        return underLoad(network);
      } finally {
        senders.end();
      }
    }
  }

  private DrillResult underLoad(NodeNetwork network) throws Exception {
    senders.begin();
    await("all nodes take mails")
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                senders.accepted().stream().map(Senders.Accepted::node).distinct().count()
                    == NODES);
    List<Phase> phases = new DrillScript().run(steps(network), plan.seconds());
    senders.stop();
    boolean drained = drain();
    return new DrillAnalysis(cluster, senders, phases, drained)
        .result(takeover(killed, killedUntil), takeover(frozen, frozenUntil));
  }

  private List<Step> steps(NodeNetwork network) {
    List<Step> steps = new ArrayList<>();
    steps.add(
        step(
            "a node is killed and started again",
            plan.killed(),
            () -> {
              int number = nodeNumber(KILLED);
              long since = System.currentTimeMillis();
              cluster.kill(KILLED);
              killed = new Away(number, since, System.currentTimeMillis());
            },
            () -> {
              killedUntil = System.currentTimeMillis();
              cluster.startAgain(KILLED);
            }));
    steps.add(
        step(
            "a node stands still and goes on",
            plan.frozen(),
            () -> {
              int number = nodeNumber(FROZEN);
              long since = System.currentTimeMillis();
              cluster.freeze(FROZEN);
              frozen = new Away(number, since, since);
            },
            () -> {
              frozenUntil = System.currentTimeMillis();
              cluster.thaw(FROZEN);
            }));
    steps.add(
        step(
            "Redis is killed and comes back empty",
            plan.redis(),
            cluster::killRedis,
            cluster::startRedisEmpty));
    steps.add(step("PostgreSQL is restarted", plan.postgres(), cluster::restartPostgres, () -> {}));
    if (network.canCut()) {
      steps.add(
          step(
              "two nodes are cut from each other",
              plan.cut(),
              () -> cluster.cut(0, KILLED),
              () -> cluster.heal(0, KILLED)));
    }
    return steps;
  }

  private static Step step(
      String name, DrillPlan.Span span, DrillScript.Action begin, DrillScript.Action end) {
    return new Step(name, span.at(), span.lasts(), begin, end);
  }

  /** A node's number stands in the ids that it makes. */
  private int nodeNumber(int node) {
    long key = NotificationId.parse(senders.lastOf(node)).orElseThrow().key();
    return (int) (key & ((1 << NODE_BITS) - 1));
  }

  private OptionalLong takeover(Away away, long until) {
    OptionalLong first = cluster.ledger().takeover(away.number, away.certainSince, until);
    return first.isPresent()
        ? OptionalLong.of(first.getAsLong() - away.since)
        : OptionalLong.empty();
  }

  /** All accepted, and no notification left to work at; receipts are waited for a while. */
  private boolean drain() {
    boolean drained = workEnds();
    try {
      await("receipts")
          .atMost(RECEIPTS)
          .pollInterval(POLL)
          .until(() -> cluster.ledger().withoutReceipt() == 0);
    } catch (ConditionTimeoutException e) {
      Report.print("%d have no final receipt yet", cluster.ledger().withoutReceipt());
    }
    return drained;
  }

  private boolean workEnds() {
    try {
      await("the drain")
          .atMost(plan.drainLimit())
          .pollInterval(POLL)
          .until(
              () ->
                  senders.isOver() && cluster.spooled() == 0 && cluster.ledger().unfinished() == 0);
      return true;
    } catch (ConditionTimeoutException e) {
      Report.print(
          "not drained: %d of %d accepted, %d unfinished",
          senders.accepted().size(), senders.issued(), cluster.ledger().unfinished());
      return false;
    }
  }
}

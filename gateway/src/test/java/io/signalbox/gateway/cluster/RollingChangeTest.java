package io.signalbox.gateway.cluster;

import static io.signalbox.gateway.cluster.TestNodes.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.NodePluginMessages.PluginTaken;
import io.signalbox.gateway.bus.NodePluginMessages.TakePlugin;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.model.OrderStamp;
import io.signalbox.gateway.plugins.Change.Done;
import io.signalbox.gateway.plugins.Change.Order;
import io.signalbox.gateway.plugins.Change.Outcome;
import io.signalbox.gateway.plugins.NodeChange;
import io.signalbox.gateway.plugins.PluginVersion.Source;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RollingChangeTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final TestNodes nodes = new TestNodes();
  private ClusterNode one;
  private ClusterNode other;
  private RollingChange roll;

  @BeforeEach
  void join() {
    one = nodes.answering();
    other = nodes.answering();
    ended(new PeerPings(nodes.vertx(), other).first());
    await().atMost(LIMIT).until(() -> one.peers().size() == 1);
    roll = new RollingChange(nodes.vertx(), one, Duration.ofMillis(10));
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  private Future<List<NodeChange>> roll(String plugin) {
    return roll.toOthers(
        new Order(plugin, new Who("default", "test", "", ""), null, false),
        Source.UPLOAD,
        new Done(
            plugin,
            Outcome.RUNNING,
            Optional.empty(),
            Optional.of("a".repeat(64)),
            "",
            List.of(),
            new OrderStamp(7, "n1")));
  }

  @Test
  void aNodeThatIsBusyIsAskedAgainAndIsNotAbsent() {
    AtomicInteger asked = new AtomicInteger();
    other
        .bus()
        .answer(
            TakePlugin.class,
            take ->
                asked.incrementAndGet() < 3
                    ? Future.failedFuture(new GatewayException(503, "busy"))
                    : Future.succeededFuture(
                        new PluginTaken(Outcome.RUNNING.wireName(), "at last")));
    assertThat(ended(roll("p"))).extracting(NodeChange::outcome).containsExactly("running");

    other
        .bus()
        .answer(TakePlugin.class, take -> Future.failedFuture(new GatewayException(503, "busy")));
    assertThat(ended(roll("p")))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.outcome()).isEqualTo("failed");
              assertThat(change.goesOn()).isFalse();
            });
  }

  @Test
  void whatANodeWasAskedEndsWhenItLeavesForEachPluginAlone() {
    AtomicInteger asked = new AtomicInteger();
    Promise<PluginTaken> first = Promise.promise();
    other
        .bus()
        .answer(
            TakePlugin.class,
            take -> {
              asked.incrementAndGet();
              return take.plugin().equals("first")
                  ? first.future()
                  : Promise.<PluginTaken>promise().future();
            });
    Future<List<NodeChange>> refused = roll("first");
    Future<List<NodeChange>> second = roll("second");
    Future<List<NodeChange>> third = roll("third");
    await().atMost(LIMIT).until(() -> asked.get() == 3);

    first.fail(new GatewayException(422, "it does not run"));
    assertThat(ended(refused)).extracting(NodeChange::outcome).containsExactly("refused");
    assertThat(second.isComplete()).isFalse();
    nodes.leave(other);

    assertThat(ended(second)).extracting(NodeChange::outcome).containsExactly("absent");
    assertThat(ended(third)).extracting(NodeChange::outcome).containsExactly("absent");
  }

  @Test
  void aNodeThatCannotTellTheOthersFromStrangersTakesNothing() {
    NodePlugins.distrust(other.bus());
    assertThat(ended(roll("p")))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.outcome()).isEqualTo("refused");
              assertThat(change.detail()).contains("cluster.tls_cert_file", "plugins.allow");
            });
  }
}

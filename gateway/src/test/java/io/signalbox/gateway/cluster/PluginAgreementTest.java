package io.signalbox.gateway.cluster;

import static io.signalbox.gateway.cluster.TestNodes.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.plugins.Change.Done;
import io.signalbox.gateway.plugins.Change.Outcome;
import io.signalbox.gateway.plugins.MailJar;
import io.signalbox.gateway.plugins.NodeChange;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes come to the same plugins, whoever was given which order while others were away. */
@Timeout(180)
class PluginAgreementTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String MAIL = "mail";

  @TempDir Path home;

  private final TestNodes nodes = new TestNodes();
  private PluginNode one;
  private PluginNode cutOff;

  @BeforeEach
  void start() throws Exception {
    one = new PluginNode(nodes, home.resolve("one"), LIMIT);
    cutOff = new PluginNode(nodes, home.resolve("cut-off"), LIMIT);
    one.join();
  }

  @AfterEach
  void close() {
    cutOff.close();
    one.close();
    nodes.close();
  }

  private void awaitVersion(PluginNode node, String plugin, String version) {
    await().atMost(LIMIT).until(() -> node.version(plugin).equals(version));
  }

  @Test
  void whatWasOrderedOnEitherSideOfASplitIsCaughtUpAndTheNewestCounts() {
    ended(one.upload(MAIL, MailJar.of("1.0")));
    ended(cutOff.upload(MAIL, MailJar.of("2.0")));
    cutOff.join();
    awaitVersion(one, MAIL, "2.0");
    assertThat(cutOff.version(MAIL)).isEqualTo("2.0");

    cutOff.leave();
    ended(cutOff.remove(MAIL));
    cutOff.join();
    awaitVersion(one, MAIL, "");

    cutOff.leave();
    ended(one.upload(MAIL, MailJar.of("3.0")));
    cutOff.join();
    awaitVersion(cutOff, MAIL, "3.0");
    assertThat(one.version(MAIL)).isEqualTo("3.0");
  }

  @Test
  void anOrderThatStoppedAtANodeIsToldToNobodyUntilItIsGivenAgain() {
    AtomicReference<String> third = new AtomicReference<>("running");
    cutOff.orders.rollBy(
        (order, source, done) ->
            Future.succeededFuture(
                List.of(new NodeChange("x", third.get(), "", third.get().equals("running")))));
    ended(cutOff.upload(MAIL, MailJar.of("1.0")));
    assertThat(cutOff.told()).hasSize(1);

    third.set("refused");
    Done stopped = ended(cutOff.upload(MAIL, MailJar.of("2.0")));
    assertThat(stopped.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(cutOff.orders.last(MAIL)).contains(stopped);
    assertThat(cutOff.told()).isEmpty();

    third.set("running");
    assertThat(ended(cutOff.upload(MAIL, MailJar.of("2.0"))).outcome())
        .isEqualTo(Outcome.UNCHANGED);
    cutOff.join();
    awaitVersion(one, MAIL, "2.0");
  }

  @Test
  void aRollThatTakesLongIsAnsweredBeforeItEndsAndToldOfAfterwards() throws Exception {
    try (PluginNode slow = new PluginNode(nodes, home.resolve("slow"), Duration.ofMillis(1))) {
      Promise<List<NodeChange>> others = Promise.promise();
      slow.orders.rollBy((order, source, done) -> others.future());
      Done answered = ended(slow.upload(MAIL, MailJar.of("1.0")));
      assertThat(answered.outcome()).isEqualTo(Outcome.ROLLING);
      assertThat(slow.orders.last(MAIL)).contains(answered);
      assertThat(slow.told()).isEmpty();

      others.complete(List.of(new NodeChange("x", "running", "", true)));
      await().atMost(LIMIT).until(() -> !slow.told().isEmpty());
      await()
          .atMost(LIMIT)
          .until(() -> slow.orders.last(MAIL).orElseThrow().outcome() == Outcome.LOADED);
    }
  }

  @Test
  void ordersGivenAtTwoNodesAtOnceEndTheSameOnBoth() {
    cutOff.join();
    await().atMost(LIMIT).until(() -> one.size() == 2);
    Future<Done> here = one.upload(MAIL, MailJar.of("1.0"));
    Future<Done> there = cutOff.upload(MAIL, MailJar.of("2.0"));
    Done first = ended(here);
    Done second = ended(there);
    String newest = first.stamp().compareTo(second.stamp()) > 0 ? "1.0" : "2.0";
    awaitVersion(one, MAIL, newest);
    awaitVersion(cutOff, MAIL, newest);
    assertThat(List.of(first.outcome(), second.outcome())).contains(Outcome.LOADED);
  }
}

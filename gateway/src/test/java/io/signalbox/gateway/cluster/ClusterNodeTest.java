package io.signalbox.gateway.cluster;

import static io.signalbox.gateway.cluster.TestNodes.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.BreakerMessages.BreakerDecided;
import io.signalbox.gateway.bus.BreakerMessages.BreakersLook;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.NobodyListensException;
import io.signalbox.gateway.bus.PeerMessages.Ping;
import io.signalbox.gateway.bus.PeerMessages.Pong;
import io.signalbox.gateway.config.ClusterSettings.Tls;
import io.signalbox.scoring.breaker.BreakerSnapshot;
import io.signalbox.scoring.breaker.BreakerState;
import io.signalbox.testkit.TestCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ClusterNodeTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(40);

  @TempDir Path folder;

  private final TestNodes nodes = new TestNodes();

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void nodesFindEachOtherAnswerAndSeeWhoLeaves() {
    ClusterNode one = nodes.answering();
    ClusterNode other = nodes.answering();
    ClusterNode third = nodes.answering();
    List<String> left = new CopyOnWriteArrayList<>();
    one.onLeft(member -> left.add(member.id()));
    await().atMost(LIMIT).until(() -> one.members().size() == 3);
    assertThat(third.members()).extracting(ClusterMember::id).contains(one.id(), other.id());
    assertThat(third.members().get(0).id()).as("the eldest first").isEqualTo(one.id());
    ended(new PeerPings(nodes.vertx(), third).first());
    assertThat(ask(third, other)).succeedsWithin(SOON).isEqualTo(new Pong());

    nodes.leave(third);

    await().atMost(LIMIT).until(() -> left.contains(third.id()));
    assertThat(one.peers()).extracting(ClusterMember::id).containsExactly(other.id());
    assertThat(one.has(third.id())).isFalse();
    assertThat(askInVain(one, third))
        .failsWithin(SOON)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(GatewayException.class);
  }

  private static CompletableFuture<Pong> ask(ClusterNode from, ClusterNode to) {
    return ask(from, to, Duration.ofSeconds(20));
  }

  /** For what will not be answered. */
  private static CompletableFuture<Pong> askInVain(ClusterNode from, ClusterNode to) {
    return ask(from, to, Duration.ofSeconds(2));
  }

  private static CompletableFuture<Pong> ask(ClusterNode from, ClusterNode to, Duration patience) {
    return from.bus()
        .ask(to.id(), new Ping(), Pong.class, patience)
        .toCompletionStage()
        .toCompletableFuture();
  }

  @Test
  void aNodeThatTheOthersForgotListensAnew() {
    ClusterNode one = nodes.answering();
    ClusterNode other = nodes.answering();
    ended(new PeerPings(nodes.vertx(), other).first());
    AtomicInteger asked = new AtomicInteger();
    other
        .bus()
        .answer(
            Ping.class,
            ping -> {
              asked.incrementAndGet();
              return Future.succeededFuture(new Pong());
            });
    forget(other);
    PeerPings pings = new PeerPings(nodes.vertx(), other, Duration.ofMillis(100));
    pings.watch();
    try {
      await().atMost(LIMIT).until(() -> asked.get() > 0);
      assertThat(ask(one, other)).succeedsWithin(SOON).isEqualTo(new Pong());
    } finally {
      pings.stop();
    }
  }

  @Test
  void aNodeThatIsClosedWhileItListensAnewIsHeardNoMore() {
    ClusterNode one = nodes.answering();
    ClusterNode other = nodes.answering();
    ended(new PeerPings(nodes.vertx(), other).first());

    Future<Void> again = other.bus().openAgain();
    Future<Void> closed = other.bus().close();
    // Whether it still listens anew depends on which of the two was sooner.
    ended(Future.join(again.otherwiseEmpty(), closed));

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(askInVain(one, other))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(NobodyListensException.class));
  }

  @Test
  @EnabledOnOs(OS.LINUX) // Where all of 127.0.0.0/8 is this machine.
  void membersMeetAtTheGivenAddressAlone() throws Exception {
    String address = nodes.join().members().get(0).address();
    int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
    try (Socket given = new Socket(loopback(1), port)) {
      assertThat(given.isConnected()).isTrue();
    }
    assertThatThrownBy(() -> new Socket(loopback(2), port).close())
        .isInstanceOf(ConnectException.class);
  }

  private static InetAddress loopback(int last) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }

  /** What a partition did to versions of the cluster's software, or two deaths at once may do. */
  private static void forget(ClusterNode node) {
    HazelcastInstance any = Hazelcast.getAllHazelcastInstances().iterator().next();
    any.getMultiMap("__vertx.subs").remove(Addresses.node(node.id()));
  }

  @Test
  void overTlsANodeOfAnotherAuthorityIsNotHeard() throws Exception {
    Optional<Tls> ours = tls("ours");
    ClusterNode one = nodes.answering(ours);
    ClusterNode other = nodes.answering(ours);
    ended(new PeerPings(nodes.vertx(), other).first());
    assertThat(ask(one, other)).succeedsWithin(SOON).isEqualTo(new Pong());

    ClusterNode stranger = nodes.answering(tls("theirs"));

    await().atMost(LIMIT).until(() -> one.members().size() == 3);
    assertThat(askInVain(stranger, one)).failsWithin(SOON);
    assertThat(askInVain(one, stranger)).failsWithin(SOON);
    assertThat(ask(other, one)).succeedsWithin(SOON).isEqualTo(new Pong());
  }

  private Optional<Tls> tls(String name) throws Exception {
    TestCertificate certificate =
        TestCertificate.create(Files.createDirectory(folder.resolve(name)));
    return Optional.of(new Tls(certificate.pem(), certificate.pemKey(), certificate.pem()));
  }

  private static BreakerDecided decided() {
    return new BreakerDecided(
        "p", new BreakerSnapshot(BreakerState.OPEN, 1, 0, 0, 30_000, 0, false, "for a test"));
  }

  @Test
  void whatABreakerDecidesRingsAtTheOthersAndNotAtItself() {
    Vertx there = Vertx.vertx();
    try {
      Bus here = Bus.install(nodes.vertx());
      Bus away = Bus.install(there);
      ClusterNode one = nodes.answering();
      ClusterNode other = nodes.answering();
      ended(new PeerPings(nodes.vertx(), other).first());
      new Bells(nodes.vertx(), here, one.bus()).open();
      new Bells(there, away, other.bus()).open();
      List<String> looked = new CopyOnWriteArrayList<>();
      here.listen(Addresses.BREAKERS_LOOK, BreakersLook.class, look -> looked.add("here"));
      away.listen(Addresses.BREAKERS_LOOK, BreakersLook.class, look -> looked.add("away"));

      here.publish(Addresses.BREAKERS_DECIDED, decided());
      await().atMost(LIMIT).until(() -> looked.contains("away"));
      away.publish(Addresses.BREAKERS_DECIDED, decided());
      await().atMost(LIMIT).until(() -> looked.contains("here"));

      assertThat(looked).containsExactly("away", "here");
    } finally {
      ended(there.close());
    }
  }
}

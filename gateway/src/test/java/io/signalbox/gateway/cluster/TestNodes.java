package io.signalbox.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.config.ClusterSettings;
import io.signalbox.gateway.config.ClusterSettings.Tls;
import io.signalbox.gateway.redis.TestPort;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Nodes of one cluster in this JVM. They find each other at the first one's port. */
final class TestNodes implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Vertx vertx = Vertx.vertx();
  private final Context home = vertx.getOrCreateContext();
  private final List<ClusterNode> open = new ArrayList<>();
  private final String name = "test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
  private String first = "";

  Vertx vertx() {
    return vertx;
  }

  Context home() {
    return home;
  }

  ClusterNode join() {
    return join(Optional.empty());
  }

  ClusterNode join(Optional<Tls> tls) {
    return join(tls, home);
  }

  private ClusterNode join(Optional<Tls> tls, Context at) {
    ClusterNode node = ended(ClusterNode.join(settings(tls), at));
    open.add(node);
    return node;
  }

  /** Of one more node. */
  ClusterSettings settings(Optional<Tls> tls) {
    int port = TestPort.free();
    if (first.isEmpty()) {
      first = "127.0.0.1:" + port;
    }
    return new ClusterSettings(
        true,
        name,
        "127.0.0.1",
        port,
        0,
        List.of(first),
        Optional.empty(),
        Duration.ofSeconds(10),
        1,
        tls,
        tls.isPresent());
  }

  /** A node that answers pings. */
  ClusterNode answering() {
    return answering(Optional.empty());
  }

  ClusterNode answering(Optional<Tls> tls) {
    return answering(tls, home);
  }

  /** One whose handlers are called on that context. */
  ClusterNode answering(Optional<Tls> tls, Context at) {
    ClusterNode node = join(tls, at);
    new PeerPings(vertx, node).answer();
    ended(node.bus().open());
    return node;
  }

  void leave(ClusterNode node) {
    open.remove(node);
    // While members come and go it may give up waiting for the others.
    ended(node.bus().close().otherwiseEmpty());
    ended(node.leave());
  }

  static <T> T ended(Future<T> future) {
    CompletableFuture<T> told = future.toCompletionStage().toCompletableFuture();
    await().atMost(LIMIT).until(told::isDone);
    assertThat(future.succeeded()).as("%s", future.cause()).isTrue();
    return future.result();
  }

  @Override
  public void close() {
    List.copyOf(open).forEach(this::leave);
    ended(vertx.close());
  }
}

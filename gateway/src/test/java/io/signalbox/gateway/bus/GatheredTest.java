package io.signalbox.gateway.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes together travels together, and is told one by one. */
class GatheredTest {
  private static final String ADDRESS = "signalbox.test.gathered";

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.install(vertx);
  private final List<Object> first = new CopyOnWriteArrayList<>();
  private final List<Object> second = new CopyOnWriteArrayList<>();
  private final AtomicInteger travelled = new AtomicInteger();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void allGetAllInOrderWithFewMessages() {
    listen();
    Gathered<PoliciesChanged> gathered = bus.publishing(ADDRESS);
    List<PoliciesChanged> sent = news(100);

    vertx.getOrCreateContext().runOnContext(now -> sent.forEach(gathered::send));

    awaitAll(sent);
    assertThat(travelled).hasValue(1);
  }

  @Test
  void oneOutsideOfAnyContextGoesAtOnce() {
    listen();
    List<PoliciesChanged> sent = news(1);

    bus.<PoliciesChanged>publishing(ADDRESS).send(sent.get(0));

    awaitAll(sent);
  }

  @Test
  void whatComesFromManyContextsAllArrives() {
    listen();
    Gathered<PoliciesChanged> gathered = bus.publishing(ADDRESS);
    for (int i = 0; i < 20; i++) {
      vertx.getOrCreateContext().runOnContext(now -> news(50).forEach(gathered::send));
    }

    Awaitility.await("all").until(() -> first.size() == 1_000 && second.size() == 1_000);
  }

  @Test
  void aListenerThatFailsIsToldTheRest() {
    bus.listen(
        ADDRESS,
        PoliciesChanged.class,
        told -> {
          first.add(told);
          throw new IllegalStateException("a listener's fault");
        });
    Gathered<PoliciesChanged> gathered = bus.publishing(ADDRESS);

    vertx.getOrCreateContext().runOnContext(now -> news(3).forEach(gathered::send));

    Awaitility.await("all").until(() -> first.size() == 3);
  }

  private static List<PoliciesChanged> news(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new PoliciesChanged(List.of("policy-" + i)))
        .toList();
  }

  private void listen() {
    bus.listen(ADDRESS, PoliciesChanged.class, first::add);
    bus.listen(ADDRESS, PoliciesChanged.class, second::add);
    vertx
        .eventBus()
        .addOutboundInterceptor(
            sending -> {
              travelled.incrementAndGet();
              sending.next();
            });
  }

  private void awaitAll(List<PoliciesChanged> sent) {
    Awaitility.await("all")
        .until(() -> first.size() == sent.size() && second.size() == sent.size());
    assertThat(first).isEqualTo(sent);
    assertThat(second).isEqualTo(sent);
  }
}

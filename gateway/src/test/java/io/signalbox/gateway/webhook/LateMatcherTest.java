package io.signalbox.gateway.webhook;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.LateMatches;
import io.signalbox.gateway.ledger.LateMatches.Match;
import io.signalbox.gateway.ledger.WebhookInbox;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each look finds one receipt more than the one before. */
class LateMatcherTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final List<Long> asked = new CopyOnWriteArrayList<>();
  private final List<Match> told = new CopyOnWriteArrayList<>();
  private final AtomicLong newest = new AtomicLong(50_000);
  private final AtomicLong full = new AtomicLong();
  private final LateMatcher matcher =
      new LateMatcher(vertx, inbox(), Clock.systemUTC(), 1, told::add);

  private WebhookInbox inbox() {
    return (WebhookInbox)
        Proxy.newProxyInstance(
            WebhookInbox.class.getClassLoader(),
            new Class<?>[] {WebhookInbox.class},
            (proxy, method, arguments) ->
                "matchesLate".equals(method.getName()) ? true : matched((long) arguments[0]));
  }

  private Future<LateMatches> matched(long after) {
    asked.add(after);
    boolean more = full.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    List<Match> found = more ? List.of(new Match("p", List.of())) : List.of();
    return Future.succeededFuture(
        new LateMatches(found, more ? newest.get() : newest.getAndIncrement(), more));
  }

  @AfterEach
  void close() throws Exception {
    matcher.stop();
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void eachReceiptIsLookedAtTwiceSoonAndAgainLater() {
    vertx.runOnContext(go -> matcher.start());
    await().atMost(LIMIT).until(() -> asked.size() >= 100);

    List<Long> all = List.copyOf(asked);
    assertThat(all.subList(0, 9))
        .containsExactly(
            -1L, 40_000L, 50_000L, 50_001L, 50_002L, 50_003L, 50_004L, 50_005L, 50_006L);
    assertThat(all.get(9)).as("all that is remembered").isEqualTo(40_000L);
    assertThat(all.get(10)).isEqualTo(50_008L);
    // The hundredth look goes back by forty.
    assertThat(all.get(99)).isEqualTo(50_097L - 39);
  }

  @Test
  void whatIsTooMuchForOneLookIsLookedForAtOnce() {
    full.set(3);
    vertx.runOnContext(go -> matcher.start());
    await().atMost(LIMIT).until(() -> asked.size() >= 6);

    assertThat(List.copyOf(asked).subList(0, 6))
        .containsExactly(-1L, -1L, -1L, -1L, 40_000L, 50_000L);
    assertThat(told).hasSize(3);
  }
}

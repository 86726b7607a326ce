package io.signalbox.gateway.delivery;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.spi.Channel;
import io.signalbox.spi.CheckResult;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.StatusLookup;
import io.signalbox.spi.StatusQuery;
import io.signalbox.testkit.ManualClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookupDeskTest {
  private static final Receipt RECEIPT =
      new Receipt(
          "lookup:m:sent",
          null,
          "m",
          ReceiptStatus.SENT,
          ReasonClass.NONE,
          "sent",
          null,
          null,
          null,
          Instant.ofEpochMilli(1));

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Asked asked = new Asked();

  /** Moved by hand: no pause of the machine gives anybody a turn. */
  private final ManualClock clock = new ManualClock(Instant.EPOCH);

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
  }

  @Test
  void tellsWhatTheProviderSays() throws Exception {
    LookupDesk desk = desk(100, Duration.ofSeconds(5));
    asked.answer = query -> Future.succeededFuture(Optional.of(RECEIPT));
    assertThat(get(lookUp(desk))).isEqualTo(new LookedUp(LookUpAnswer.FOUND, RECEIPT));
    asked.answer = query -> Future.succeededFuture(Optional.empty());
    assertThat(get(lookUp(desk)).answer()).isEqualTo(LookUpAnswer.NOT_FOUND);
  }

  @Test
  void everyWayOfNotAnsweringIsAFailure() throws Exception {
    LookupDesk desk = desk(100, Duration.ofMillis(200));
    asked.answer = query -> Future.failedFuture("401");
    assertThat(get(lookUp(desk)).answer()).isEqualTo(LookUpAnswer.FAILED);
    asked.answer =
        query -> {
          throw new IllegalStateException("a bug");
        };
    assertThat(get(lookUp(desk)).answer()).isEqualTo(LookUpAnswer.FAILED);
    asked.answer = query -> Promise.<Optional<Receipt>>promise().future();
    assertThat(get(lookUp(desk)).answer()).isEqualTo(LookUpAnswer.FAILED);
  }

  @Test
  void asksAtItsRateAndLetsOnlySoManyWait() throws Exception {
    // A burst of 10, then 10 a second; 1 s of waiting has room for 10.
    LookupDesk desk = desk(10, Duration.ofSeconds(1));
    List<Future<LookedUp>> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      all.add(lookUp(desk));
    }
    await().until(() -> all.stream().filter(Future::isComplete).count() == 20);
    assertThat(asked.queries).hasSize(10);
    for (Future<LookedUp> one : all.subList(20, 30)) {
      assertThat(get(one).answer()).isEqualTo(LookUpAnswer.NOT_ASKED);
    }
    for (int most : new int[] {15, 20}) {
      clock.advance(Duration.ofMillis(500));
      await().until(() -> asked.queries.size() >= most);
      assertThat(asked.queries).hasSize(most);
    }
    for (Future<LookedUp> one : all.subList(0, 20)) {
      assertThat(get(one).answer()).isEqualTo(LookUpAnswer.NOT_FOUND);
    }
  }

  @Test
  void nobodyWaitsForAClosedProvider() throws Exception {
    LookupDesk desk = desk(1, Duration.ofSeconds(5));
    get(lookUp(desk));
    Future<LookedUp> waiting = lookUp(desk);
    context.runOnContext(now -> desk.close());
    assertThat(get(waiting).answer()).isEqualTo(LookUpAnswer.NOT_ASKED);
    assertThat(get(lookUp(desk)).answer()).isEqualTo(LookUpAnswer.NOT_ASKED);
    await().untilAsserted(() -> assertThat(asked.queries).hasSize(1));
  }

  private LookupDesk desk(double perSecond, Duration timeout) {
    return new LookupDesk(
        vertx,
        "alpha",
        asked,
        new GatewayConfig.Lookup(perSecond, timeout, Duration.ZERO, List.of()),
        clock);
  }

  private Future<LookedUp> lookUp(LookupDesk desk) {
    Promise<LookedUp> answer = Promise.promise();
    context.runOnContext(now -> desk.lookUp(query()).onComplete(answer));
    return answer.future();
  }

  private static StatusQuery query() {
    return new StatusQuery(
        "n-1",
        "n",
        null,
        Channel.SMS,
        new Recipient.Phone("+15558675310"),
        Instant.ofEpochMilli(1),
        Duration.ofSeconds(1));
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** Counts the questions and answers them as it is told. */
  private static final class Asked implements StatusLookup {
    final List<StatusQuery> queries = new CopyOnWriteArrayList<>();
    volatile Function<StatusQuery, Future<Optional<Receipt>>> answer =
        query -> Future.succeededFuture(Optional.empty());

    @Override
    public Future<Optional<Receipt>> lookUp(StatusQuery query) {
      queries.add(query);
      return answer.apply(query);
    }

    @Override
    public Future<CheckResult> check() {
      return Future.succeededFuture(CheckResult.healthy("fine"));
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}

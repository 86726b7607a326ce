package io.signalbox.gateway.rental;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.RentalHint;
import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.gateway.call.CalledBy;
import io.signalbox.gateway.call.NumberCall.Rent;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.Decision.RankingSnapshot;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.HeardEvents;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationLedger;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.gateway.operation.NewOperation;
import io.signalbox.gateway.operation.OperationDesk;
import io.signalbox.gateway.operation.OperationHall;
import io.signalbox.gateway.operation.OperationKinds;
import io.signalbox.gateway.operation.OperationMarket;
import io.signalbox.gateway.operation.OperationMeter;
import io.signalbox.gateway.operation.OperationVerticle;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.scoring.HealthSnapshot;
import io.signalbox.scoring.ProviderStatus;
import io.signalbox.scoring.RankedCandidate;
import io.signalbox.scoring.Ranking;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.events.NotificationEvent;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Price;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalMessage;
import io.signalbox.spi.operation.RentalState;
import io.signalbox.spi.operation.RentalStatus;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Codes come from the provider into the ledger, and are told. */
class RentalVerticleTest extends LedgerContract {
  private static final Evidence EVIDENCE = Evidence.answered(200, null, null);

  private final HeardEvents heard = new HeardEvents();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile RentalStatus status = new RentalStatus(RentalState.WAITING, List.of());
  private volatile @Nullable Price limit;
  private Bus bus;
  private GatewayConfig config;

  @Override
  protected EventOutlet outlet() {
    return heard;
  }

  /** A provider on the other side of the door. */
  private final ProviderCalls calls =
      new ProviderCalls() {
        @Override
        @SuppressWarnings("unchecked")
        public <T> Future<Answer<T>> call(String provider, ProviderCall<T> call, CalledBy by) {
          if (call instanceof Rent rent) {
            limit = rent.request().maxPrice();
            Rental rental = new Rental("r-1", "+15550001234", null, null, null);
            return Future.succeededFuture((Answer<T>) new Answer.Done<>(rental, EVIDENCE));
          }
          asked.incrementAndGet();
          return Future.succeededFuture(
              (Answer<T>) new Answer.Done<>(Optional.of(status), EVIDENCE));
        }
      };

  @Test
  void aCodeIsStoredAndToldOnceAndWhatHasEndedIsAskedForNoMore() throws Exception {
    Operation rented = rent("50ms");
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> asked.get() >= 2);
    assertThat(heard.types()).doesNotContain("operation.code_received");

    status = received("123456");
    awaitCode();
    assertThat(stored(rented).messages()).extracting(RentalMessage::code).containsExactly("123456");
    int before = asked.get();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> asked.get() >= before + 2);
    status = new RentalStatus(RentalState.FINISHED, List.of());
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> stored(rented).state() == RentalState.FINISHED);

    assertThat(stored(rented).messages()).hasSize(1);
    assertThat(codes()).hasSize(1);
    NotificationEvent told = codes().get(0);
    assertThat(told.operation().id()).isEqualTo(rented.id().toString());
    assertThat(told.operation().result()).contains("123456");
    assertThat(told).asString().doesNotContain("123456");
    assertThat(await(operations().toFollow(Channel.NUMBER, Long.MAX_VALUE / 10_000, 10, 10)))
        .isEmpty();
  }

  @Test
  void aWebhookThatHintsHasTheProviderAskedAtOnce() throws Exception {
    rent("1m");
    status = received("654321");
    bus.publish(Addresses.RENTALS, new RentalHint("alpha", "r-of-nobody"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              bus.publish(Addresses.RENTALS, new RentalHint("alpha", "r-1"));
              return !codes().isEmpty();
            });
    assertThat(codes()).hasSize(1);
  }

  private OperationLedger operations() {
    return opened.whole().operations();
  }

  /** Rents, with everything that follows the rental. */
  private Operation rent(String pollAfter) throws Exception {
    config =
        ConfigLoader.load(
            Optional.empty(),
            Map.of(),
            Map.of("numbers.poll_after", pollAfter, "numbers.poll_max", pollAfter));
    bus = Bus.install(vertx);
    Clock clock = Clock.systemUTC();
    OperationMarket market =
        new OperationMarket(
            bus,
            Channel.NUMBER,
            Preferences.of(StoredPreferences.NONE, config.scoring(), config.dispatch()));
    OperationHall hall = new OperationHall(config.operations(), OperationMeter.NONE, () -> false);
    OperationDesk desk =
        new OperationDesk(vertx, bus, operations(), hall, ids, config.operations(), clock);
    await(
        vertx.deployVerticle(
            new OperationVerticle(
                bus,
                operations(),
                opened.whole().orphans(),
                new OperationKinds(
                    List.of(
                        new RentKind(market, opened.whole().offers(), config.numbers(), clock))),
                calls,
                config.operations(),
                hall,
                clock,
                () -> 0.5)));
    await(
        vertx.deployVerticle(
            new RentalVerticle(bus, calls, operations(), config.numbers(), clock)));
    bus.publish(
        Addresses.RANKING,
        new Ranked(
            Map.of(Channel.NUMBER, new ChannelRanking(ranking(), new RankingSnapshot(1, "{}"))),
            true));
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> market.ranking() != null);
    Operation rented =
        desk.submit(
                new NewOperation(
                    TENANT,
                    Channel.NUMBER,
                    "wa",
                    "us",
                    new RentWish("us", "wa", new BigDecimal("1.5"), null, null).toJson(),
                    null,
                    "digest",
                    Duration.ofSeconds(25),
                    Duration.ZERO,
                    TraceContext.begin()))
            .toCompletionStage()
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS)
            .operation();
    assertThat(rented.state()).isEqualTo(OperationState.CONFIRMED);
    assertThat(limit).isEqualTo(new Price(new BigDecimal("1.5"), "USD"));
    return rented;
  }

  private static Ranking ranking() {
    return new Ranking(
        1,
        NOW,
        "number",
        "adjusted",
        List.of(
            new RankedCandidate(
                "alpha",
                100,
                List.of(),
                ProviderStatus.HEALTHY,
                HealthSnapshot.UNTRIED,
                1,
                100,
                0,
                null)));
  }

  private static RentalStatus received(String code) {
    return new RentalStatus(RentalState.RECEIVED, List.of(new RentalMessage(code, null, null)));
  }

  private RentedNumber stored(Operation operation) throws Exception {
    Operation now = await(operations().operation(TENANT, operation.id())).orElseThrow();
    return RentedNumber.of(now.result().value());
  }

  private List<NotificationEvent> codes() {
    return heard.all().stream().filter(event -> event.type().endsWith("code_received")).toList();
  }

  private void awaitCode() {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !codes().isEmpty());
  }
}

package io.signalbox.gateway.offers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.call.CalledBy;
import io.signalbox.gateway.call.NumberCall.AskOffers;
import io.signalbox.gateway.call.NumberCall.Rent;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.Leases;
import io.signalbox.gateway.ledger.OfferLedger;
import io.signalbox.gateway.ledger.OfferLedger.OfferSync;
import io.signalbox.gateway.ledger.OfferLedger.StoredOffer;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sqlite.SqliteFiles;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.OfferWish;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.Shortage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What providers have comes into the ledger, by itself and on want. */
class OfferSyncTest {
  private static final NumberOffer SOME = new NumberOffer("us", "wa", 40, null, null);
  private static final NumberOffer NONE = new NumberOffer("us", "wa", 0, null, null);
  private static final NumberOffer STRANGE = new NumberOffer("USA", "w a", 1, null, null);

  @TempDir private Path dir;
  private final Map<String, List<NumberOffer>> stock = new ConcurrentHashMap<>();
  private final List<OfferWish> asked = new CopyOnWriteArrayList<>();
  private Vertx vertx;
  private Bus bus;
  private SqlLedger ledger;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    bus = Bus.install(vertx);
    ledger = await(SqliteFiles.ENGINE.open(vertx, dir, EventOutlet.NONE, Seal.NONE));
  }

  @AfterEach
  void close() throws Exception {
    await(ledger.close());
    await(vertx.close());
  }

  /** Providers on the other side of the door. */
  private final ProviderCalls calls =
      new ProviderCalls() {
        @Override
        @SuppressWarnings("unchecked")
        public <T> Future<Answer<T>> call(String provider, ProviderCall<T> call, CalledBy by) {
          if (call instanceof AskOffers ask) {
            asked.add(ask.wish());
            return Future.succeededFuture(
                (Answer<T>)
                    new Answer.Done<>(stock.get(provider), Evidence.answered(200, null, null)));
          }
          return Future.succeededFuture(
              new Answer.Unserved<>(Shortage.NO_STOCK, null, Evidence.answered(200, null, null)));
        }
      };

  @Test
  void eachProviderIsAskedForAllItHasWhenItComes() throws Exception {
    List<NumberOffer> many = new ArrayList<>(List.of(SOME, STRANGE));
    for (int i = 0; i < OfferLedger.MOST_AT_ONCE + 10; i++) {
      many.add(new NumberOffer("de", "s" + i, 1, null, null));
    }
    stock.put("alpha", many);
    stock.put("beta", List.of(NONE));
    await(ledger.offers().replaceOffer("beta", "us", "wa", SOME, 1));
    deploy();

    bus.publish(Addresses.PROVIDERS, state("alpha"));
    bus.publish(Addresses.PROVIDERS, state("beta"));
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> await(ledger.offers().syncs()).size() == 2);

    assertThat(await(ledger.offers().offers("us", "wa")).offers())
        .as("beta has none any more")
        .extracting(StoredOffer::provider, StoredOffer::offer)
        .containsExactly(tuple("alpha", SOME));
    assertThat(await(ledger.offers().syncs()))
        .extracting(OfferSync::provider, OfferSync::offers, OfferSync::complete)
        .containsExactly(
            tuple("alpha", OfferLedger.MOST_AT_ONCE + 11, true), tuple("beta", 0, true));
    assertThat(asked).hasSize(2);
  }

  @Test
  void whatCannotBeStoredIsNotAskedForAtOnceAgainAndHoldsUpNobody() throws Exception {
    stock.put("alpha", List.of(SOME));
    stock.put("beta", List.of());
    try (Connection other =
            DriverManager.getConnection(
                "jdbc:sqlite:" + dir.resolve("ledger.db?busy_timeout=30000"));
        Statement statement = other.createStatement()) {
      statement.execute(
          "CREATE TRIGGER refuses BEFORE INSERT ON number_offers"
              + " BEGIN SELECT RAISE(ABORT, 'refused'); END");
    }
    deploy();

    bus.publish(Addresses.PROVIDERS, state("alpha"));
    bus.publish(Addresses.PROVIDERS, state("beta"));
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> await(ledger.offers().syncs()).size() == 1 && asked.size() >= 2);
    assertThat(await(ledger.offers().syncs()))
        .extracting(OfferSync::provider)
        .containsExactly("beta");
    assertThat(asked).hasSize(2);
  }

  private void deploy() throws Exception {
    await(
        vertx.deployVerticle(
            new OfferVerticle(
                bus,
                calls,
                ledger.offers(),
                Leases.ALONE,
                Duration.ofHours(6),
                Clock.systemUTC(),
                new Random(1))));
  }

  @Test
  void aProviderWithTooMuchToKeepIsNotTakenAtItsSilence() throws Exception {
    List<NumberOffer> many = new ArrayList<>();
    for (int i = 0; i <= OfferRound.MOST_KEPT; i++) {
      many.add(new NumberOffer("de", "s" + i, 1, null, null));
    }
    OfferSync sync = await(OfferRound.store(ledger.offers(), "alpha", many, 7));
    assertThat(sync).isEqualTo(new OfferSync("alpha", 7, OfferRound.MOST_KEPT, false));
  }

  @Test
  void aRentThatFindsNothingRefreshesTheOfferOnce() throws Exception {
    await(ledger.offers().replaceOffer("alpha", "us", "wa", SOME, 1));
    stock.put("alpha", List.of());
    OfferRefresh refresh = new OfferRefresh(calls, ledger.offers(), Clock.systemUTC());
    ProviderCalls watched = new OfferWatch(calls, refresh);
    Rent rent =
        new Rent(new RentRequest("a-1", "us", "wa", null, false, Duration.ofSeconds(1), null));

    assertThat(await(watched.call("alpha", rent))).isInstanceOf(Answer.Unserved.class);
    assertThat(await(watched.call("alpha", rent))).isInstanceOf(Answer.Unserved.class);

    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(
            () -> await(ledger.offers().offers("us", "wa")).offers().get(0).offer().equals(NONE));
    assertThat(asked).singleElement().extracting(OfferWish::service).isEqualTo("wa");
  }

  private static ProviderState state(String provider) {
    return new ProviderState(
        provider,
        "plugin",
        "1",
        1,
        Set.of(Channel.NUMBER),
        1,
        100,
        ProviderLimits.of(10, 0),
        Duration.ofSeconds(2),
        false,
        Stage.ACTIVE,
        new BreakerView("closed", 1, 0, 1, false, "test", 0),
        List.of());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}

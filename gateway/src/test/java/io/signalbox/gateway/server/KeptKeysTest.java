package io.signalbox.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.ApiKey;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackForm;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.gateway.ledger.CallbackSecret;
import io.signalbox.gateway.ledger.EventFilter;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.vault.TestKeys;
import io.signalbox.spi.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start does with the texts of API keys that the ledger has, as the configuration says. */
class KeptKeysTest {
  private static final String TENANT = "default";
  private static final String KEY = "aaaaaaaaaaaa";

  @TempDir Path dir;
  private final Vertx vertx = Vertx.vertx();
  private final Clock clock = Clock.systemUTC();

  @AfterEach
  void stop() throws Exception {
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private SqlLedger open(String perMessage, Seal seal) throws Exception {
    GatewayConfig config =
        ConfigLoader.load(
            Optional.empty(),
            Map.of(),
            Map.of("data.dir", dir.toString(), "callbacks.per_message", perMessage));
    return done(
        LedgerOpening.open(
            vertx, config, seal, EventOutlet.NONE, new SimpleMeterRegistry(), clock));
  }

  private int kept(String perMessage, Seal seal) throws Exception {
    SqlLedger ledger = open(perMessage, seal);
    int count = done(ledger.callbacks().all(TENANT)).size();
    done(ledger.close());
    return count;
  }

  /** Has a request with an API key name an address. */
  private void plant(Seal seal) throws Exception {
    SqlLedger ledger = open("on", seal);
    long now = clock.millis();
    ApiKey key =
        new ApiKey(
            KEY,
            TENANT,
            "shop",
            List.of("sender"),
            List.of(),
            ApiKey.Quota.NONE,
            "hash",
            null,
            now,
            "alex",
            null,
            null,
            null);
    AuditEntry.Who who = new AuditEntry.Who(TENANT, "alex", "::1", "c");
    done(
        ledger
            .apiKeys()
            .addApiKey(key, new AuditEntry(now, who, "api_key", KEY, null, null, "done", "")));
    CallbackEndpoint wish =
        CallbackEndpoint.create(
            new NotificationIds(clock, 0).next(),
            TENANT,
            "",
            new CallbackForm(CallbackFormat.TWILIO, null, KEY),
            null,
            List.of(EventFilter.ALL),
            new CallbackSecret(new Secret("sbx_first"), now, Long.MAX_VALUE),
            now);
    assertThat(done(ledger.callbacks().ensure(wish, text -> true, now))).isPresent();
    done(ledger.close());
  }

  @Test
  void theyAreRemovedOnceNoneAreToBeKept() throws Exception {
    plant(Seal.NONE);

    assertThat(kept("on", Seal.NONE)).isEqualTo(1);
    assertThat(kept("off", Seal.NONE)).isZero();
    assertThat(kept("on", Seal.NONE)).isZero();
  }

  @Test
  void theyAreRemovedWhereNothingSealsThemAndTheyAreToBeSealed() throws Exception {
    plant(Seal.NONE);

    assertThat(kept("sealed", Seal.NONE)).isZero();
  }

  @Test
  void whatIsSealedStays() throws Exception {
    Seal seal = TestKeys.seal(dir, "a");
    plant(seal);

    assertThat(kept("sealed", seal)).isEqualTo(1);
    assertThat(kept("off", seal)).isZero();
  }
}

package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.PreferenceMessages.InForce;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.PreferenceKey;
import io.signalbox.gateway.ledger.PreferenceLedger;
import io.signalbox.gateway.ledger.PreferenceSet;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ranking.PreferencesVerticle;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one ledger: preferences that one stores are in force at both. */
class SharedPreferencesTest extends LedgerContract {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String END_LISTENERS =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
          + " WHERE datname = current_database() AND query LIKE 'LISTEN%'";

  private final AtomicReference<StoredPreferences> here = new AtomicReference<>();
  private final AtomicReference<StoredPreferences> there = new AtomicReference<>();
  private Vertx otherVertx;
  private SqlLedger other;

  @Override
  protected TestEngine engine() {
    return PostgresDatabases.ENGINE;
  }

  @BeforeEach
  void join() throws Exception {
    otherVertx = Vertx.vertx();
    other = await(engine().open(otherVertx, directory, outlet(), Seal.NONE));
    watch(vertx, opened.preferences(), here);
    watch(otherVertx, other.preferences(), there);
  }

  private static void watch(
      Vertx vertx, PreferenceLedger ledger, AtomicReference<StoredPreferences> inForce)
      throws Exception {
    Bus bus = Bus.install(vertx);
    bus.listen(
        Addresses.PREFERENCES, InForce.class, news -> inForce.set(news.preferences().stored()));
    await(
        vertx.deployVerticle(
            new PreferencesVerticle(
                bus, ledger, ConfigLoader.load(Optional.empty(), Map.of(), Map.of()))));
  }

  @AfterEach
  void leave() throws Exception {
    await(other.close());
    await(otherVertx.close());
  }

  @Test
  void aChangeIsInForceAtAllNodesAlsoWhenTheirBellsAreLost() throws Exception {
    prefer("twilio");
    awaitAtBoth("twilio");

    assertThat(askStore(END_LISTENERS)).containsOnly("true");
    prefer("vonage");
    awaitAtBoth("vonage");

    assertThat(askStore(END_LISTENERS)).isNotNull();
    engine().change(directory, "UPDATE provider_preferences SET preferred_provider = 'resend'");
    awaitAtBoth("resend");
  }

  private void prefer(String provider) throws Exception {
    PreferenceSet wanted = PreferenceSet.of(Map.of(PreferenceKey.PREFERRED_PROVIDER, provider));
    await(
        other
            .preferences()
            .changePreferences(before -> new StoredPreferences(wanted, Map.of()), "me", NOW));
  }

  private void awaitAtBoth(String provider) {
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(preferred(here)).isEqualTo(provider);
              assertThat(preferred(there)).isEqualTo(provider);
            });
  }

  private static String preferred(AtomicReference<StoredPreferences> inForce) {
    StoredPreferences stored = inForce.get();
    return stored == null ? null : stored.defaults().text(PreferenceKey.PREFERRED_PROVIDER);
  }
}

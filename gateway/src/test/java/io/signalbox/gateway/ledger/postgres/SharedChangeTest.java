package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackPatch;
import io.signalbox.gateway.ledger.CallbackSecret;
import io.signalbox.gateway.ledger.EventFilter;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.PreferenceKey;
import io.signalbox.gateway.ledger.PreferenceSet;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.spi.Secret;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one ledger change the same at the same time: the second sees what the first did. */
class SharedChangeTest extends LedgerContract {
  private SqlLedger other;
  private final AtomicInteger looking = new AtomicInteger();
  private final AtomicBoolean alone = new AtomicBoolean();
  private final CountDownLatch bothLook = new CountDownLatch(2);

  @Override
  protected TestEngine engine() {
    return PostgresDatabases.ENGINE;
  }

  @BeforeEach
  void join() throws Exception {
    other = await(engine().open(vertx, directory, outlet(), seal()));
  }

  @AfterEach
  void leave() throws Exception {
    await(other.close());
  }

  @Test
  void aCallbackIsChangedAsItWasSeen() throws Exception {
    CallbackEndpoint endpoint =
        CallbackEndpoint.create(
            ids.next(),
            TENANT,
            "https://example.org/hook",
            null,
            List.of(EventFilter.ALL),
            new CallbackSecret(new Secret("whsec_a"), NOW, Long.MAX_VALUE),
            NOW);
    await(opened.callbacks().add(endpoint));
    Future<?> here =
        opened
            .callbacks()
            .change(TENANT, endpoint.id(), described("here"), NOW, this::requireUndescribed);
    Future<?> there =
        other
            .callbacks()
            .change(TENANT, endpoint.id(), described("there"), NOW, this::requireUndescribed);
    await(Future.join(here, there).otherwiseEmpty());
    assertThat(alone).isTrue();
    assertThat(here.succeeded()).isNotEqualTo(there.succeeded());
    assertThat(await(opened.callbacks().find(TENANT, endpoint.id())).orElseThrow().description())
        .isEqualTo(here.succeeded() ? "here" : "there");
  }

  private static CallbackPatch described(String description) {
    return new CallbackPatch(null, description, null, null);
  }

  private void requireUndescribed(CallbackEndpoint found) {
    meet();
    if (found.description() != null) {
      throw new IllegalStateException("somebody else was first");
    }
  }

  @Test
  void preferencesAreChangedAsTheyWereSeen() throws Exception {
    List<Future<StoredPreferences>> changes =
        List.of(
            opened.preferences().changePreferences(this::oneMore, "here", NOW),
            other.preferences().changePreferences(this::oneMore, "there", NOW));
    await(Future.join(changes));
    assertThat(alone).isTrue();
    StoredPreferences stored = await(opened.preferences().preferences());
    assertThat(stored.defaults().get(PreferenceKey.RETRY_ATTEMPTS)).hasToString("2");
  }

  private StoredPreferences oneMore(StoredPreferences found) {
    meet();
    Object tries = found.defaults().get(PreferenceKey.RETRY_ATTEMPTS);
    int next = tries == null ? 1 : ((Number) tries).intValue() + 1;
    return new StoredPreferences(
        PreferenceSet.of(Map.of(PreferenceKey.RETRY_ATTEMPTS, next)), Map.of());
  }

  /** Gives the other node the time to look at the same; it does so only if nothing stops it. */
  private void meet() {
    if (looking.incrementAndGet() <= 2) {
      bothLook.countDown();
      try {
        if (!bothLook.await(2, TimeUnit.SECONDS)) {
          alone.set(true);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

package io.signalbox.gateway.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.PreferenceKey;
import io.signalbox.gateway.ledger.PreferenceSet;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A change that its own look refuses does not have the others of its batch done again. */
class RefusedChangeTest extends LedgerContract {
  @Test
  void theOthersOfItsBatchAreDoneOnce() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Future<StoredPreferences> first =
        change(
            () -> {
              writing.countDown();
              awaitLatch(go);
            });
    assertThat(writing.await(30, TimeUnit.SECONDS)).isTrue();
    // These are one batch: the writer is at work on the one before.
    AtomicInteger done = new AtomicInteger();
    Future<StoredPreferences> before = change(done::incrementAndGet);
    Future<StoredPreferences> refused =
        change(
            () -> {
              throw new IllegalArgumentException("not as it was seen");
            });
    Future<StoredPreferences> after = change(done::incrementAndGet);
    go.countDown();
    await(first);
    await(before);
    await(after);
    await(refused.otherwiseEmpty());
    assertThat(refused.cause())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not as it was seen");
    assertThat(done).hasValue(2);
  }

  private Future<StoredPreferences> change(Runnable look) {
    return opened
        .preferences()
        .changePreferences(
            found -> {
              look.run();
              return new StoredPreferences(
                  PreferenceSet.of(Map.of(PreferenceKey.RETRY_ATTEMPTS, 1)), Map.of());
            },
            "me",
            NOW);
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

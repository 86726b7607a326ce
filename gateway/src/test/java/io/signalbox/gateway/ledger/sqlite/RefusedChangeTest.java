package io.signalbox.gateway.ledger.sqlite;

import static io.signalbox.gateway.Patience.awaitLatch;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.PreferenceKey;
import io.signalbox.gateway.ledger.PreferenceSet;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.ledger.Template;
import io.signalbox.gateway.ledger.TemplateDocument;
import io.signalbox.gateway.ledger.TemplateLedger.Written;
import io.signalbox.gateway.ledger.TemplateParts;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A change that its own look refuses does not have the others of its batch done again. */
class RefusedChangeTest extends LedgerContract {
  @Test
  void theOthersOfItsBatchAreDoneOnce() throws Exception {
    Throwable refused =
        refusedAmongOthers(
            () ->
                change(
                    () -> {
                      throw new IllegalArgumentException("not as it was seen");
                    }));
    assertThat(refused)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not as it was seen");
  }

  @Test
  void soItIsWithAnErasureThatIsOneTooMany() throws Exception {
    Who who = new Who(TENANT, "boss", "::1", "c-1");
    await(opened.erasures().order("somebody@example.org", who, NOW));
    String columns = "address, due_at, created_at, asked_until, covers_until, created_by, origin,";
    engine()
        .change(
            directory,
            "INSERT INTO erasures (tenant, recipient_hash, "
                + columns
                + " correlation_id) WITH RECURSIVE n(i) AS"
                + " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)"
                + " SELECT tenant, 'h' || i, "
                + columns
                + " correlation_id FROM erasures, n");
    assertThat(refusedAmongOthers(() -> opened.erasures().order("b@example.org", who, NOW)))
        .isInstanceOf(LedgerUnavailableException.class);
  }

  private Throwable refusedAmongOthers(Supplier<Future<?>> change) throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Future<StoredPreferences> first =
        change(
            () -> {
              writing.countDown();
              awaitLatch(go);
            });
    assertThat(writing.await(60, TimeUnit.SECONDS)).isTrue();
    // These are one batch: the writer is at work on the one before.
    AtomicInteger done = new AtomicInteger();
    Future<StoredPreferences> before = change(done::incrementAndGet);
    Future<?> refused = change.get();
    Future<StoredPreferences> after = change(done::incrementAndGet);
    go.countDown();
    await(first);
    await(before);
    await(after);
    await(refused.otherwiseEmpty());
    assertThat(done).hasValue(2);
    return refused.cause();
  }

  @Test
  void soItIsWithTemplates() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Future<StoredPreferences> first =
        change(
            () -> {
              writing.countDown();
              awaitLatch(go);
            });
    assertThat(writing.await(60, TimeUnit.SECONDS)).isTrue();
    AtomicInteger done = new AtomicInteger();
    Future<StoredPreferences> before = change(done::incrementAndGet);
    Consumer<Optional<Template>> refuse =
        found -> {
          throw new IllegalArgumentException("not as it was seen");
        };
    TemplateDocument document =
        new TemplateDocument("", "en", Map.of("en", new TemplateParts(null, "text", null)));
    Future<Optional<Written>> put =
        opened.templates().putTemplate(TENANT, "welcome", document, refuse, "alex", NOW);
    Future<Boolean> removed = opened.templates().removeTemplate(TENANT, "welcome", refuse, NOW);
    go.countDown();
    await(first);
    await(before);
    await(put.otherwiseEmpty());
    await(removed.otherwiseEmpty());
    assertThat(put.cause()).hasMessage("not as it was seen");
    assertThat(removed.cause()).hasMessage("not as it was seen");
    assertThat(done).hasValue(1);
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
}

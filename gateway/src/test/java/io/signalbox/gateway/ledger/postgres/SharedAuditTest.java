package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.AuditVerdict;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.Template;
import io.signalbox.gateway.ledger.TemplateDocument;
import io.signalbox.gateway.ledger.TemplateParts;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Two nodes write into the audit log of the same ledger at the same time. */
class SharedAuditTest extends LedgerContract {
  private static final int ACTS = 50;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final SqlLedgerOptions LIMITS =
      new SqlLedgerOptions(64, 100_000, 1 << 30, 2, 1_000);

  @Override
  protected TestEngine engine() {
    return PostgresDatabases.ENGINE;
  }

  @Test
  void theirLinesMakeOneChain() throws Exception {
    SqlLedger another = another();
    try {
      List<Future<Void>> written = new ArrayList<>();
      for (int i = 0; i < ACTS; i++) {
        written.add(opened.auditLog().audit(line("one", i)));
        written.add(another.auditLog().audit(line("two", i)));
        // So that they are not all one transaction of each node.
        if (i % 10 == 9) {
          await(written.get(written.size() - 1));
        }
      }
      for (Future<Void> each : written) {
        await(each);
      }
      AuditVerdict verdict = await(opened.auditLog().verifyAudit(null));
      assertThat(verdict.fault()).isNull();
      assertThat(verdict.lines()).isEqualTo(2 * ACTS + 1);
      assertThat(await(another.auditLog().auditHead())).isEqualTo(verdict.head());
      assertThat(askStore("SELECT count(DISTINCT target) FROM audit_log WHERE action = 'act'"))
          .containsExactly("" + 2 * ACTS);
    } finally {
      await(another.close());
    }
  }

  /**
   * One writes a line and then wants what the other holds, who then writes a line too: without an
   * order of the two locks each would wait for the other until PostgreSQL broke off one of them.
   */
  @Test
  void linesBesideOtherLocksAreNoDeadlock() throws Exception {
    SqlLedger another = another();
    try {
      await(put(opened.whole(), "held", before -> {}));
      await(put(opened.whole(), "one", before -> {}));
      await(put(opened.whole(), "two", before -> {}));
      CountDownLatch goes = new CountDownLatch(1);
      CountDownLatch holds = new CountDownLatch(1);
      AtomicInteger looked = new AtomicInteger();
      // While these hold up their writers, what follows gathers to one transaction of each.
      Future<?> first = put(opened.whole(), "one", before -> pass(holds));
      Future<?> second = put(another, "two", before -> pass(goes));
      List<Future<?>> all = new ArrayList<>(List.of(first, second));
      all.add(
          put(
              another,
              "held",
              before -> {
                looked.incrementAndGet();
                holds.countDown();
                Awaitility.await().atMost(LIMIT).until(() -> waitsForALock());
              }));
      all.add(another.auditLog().audit(line("two", 1)));
      all.add(opened.auditLog().audit(line("one", 1)));
      all.add(put(opened.whole(), "held", before -> looked.incrementAndGet()));
      goes.countDown();
      for (Future<?> each : all) {
        await(each);
      }
      // Neither transaction was done again.
      assertThat(looked).hasValue(2);
      assertThat(await(opened.auditLog().verifyAudit(null)).fault()).isNull();
    } finally {
      await(another.close());
    }
  }

  private boolean waitsForALock() throws Exception {
    return !askStore(
            "SELECT 1 FROM pg_stat_activity"
                + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
        .isEmpty();
  }

  private static void pass(CountDownLatch latch) {
    try {
      assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Holds the row of a template until the commit, and changes nothing. */
  private static Future<?> put(SqlLedger ledger, String name, Consumer<Optional<Template>> look) {
    TemplateDocument document =
        new TemplateDocument(null, "en", Map.of("en", new TemplateParts(null, "text", null)));
    return ledger.templates().putTemplate(TENANT, name, document, look, "alex", NOW);
  }

  private SqlLedger another() throws Exception {
    return await(
            PostgresLedger.open(
                vertx,
                PostgresDatabases.options(PostgresDatabases.ENGINE.database(directory)),
                NodeOptions.of("another", 60_000),
                LIMITS,
                new StoredForm(),
                EventOutlet.NONE))
        .ledger();
  }

  private static AuditEntry line(String node, int number) {
    Who who = new Who(TENANT, node, "::1", "c");
    return new AuditEntry(NOW, who, "act", node + number, null, null, "done", "");
  }
}

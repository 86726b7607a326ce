package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.AuditVerdict;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two nodes write into the audit log of the same ledger at the same time. */
class SharedAuditTest extends LedgerContract {
  private static final int ACTS = 50;
  private static final SqlLedgerOptions LIMITS =
      new SqlLedgerOptions(64, 100_000, 1 << 30, 2, 1_000);

  @Override
  protected TestEngine engine() {
    return PostgresDatabases.ENGINE;
  }

  @Test
  void theirLinesMakeOneChain() throws Exception {
    SqlLedger another =
        await(
                PostgresLedger.open(
                    vertx,
                    PostgresDatabases.options(PostgresDatabases.ENGINE.database(directory)),
                    NodeOptions.of("another", 60_000),
                    LIMITS,
                    new StoredForm(),
                    EventOutlet.NONE))
            .ledger();
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

  private static AuditEntry line(String node, int number) {
    Who who = new Who(TENANT, node, "::1", "c");
    return new AuditEntry(NOW, who, "act", node + number, null, null, "done", "");
  }
}

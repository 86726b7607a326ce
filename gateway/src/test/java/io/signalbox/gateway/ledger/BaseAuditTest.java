package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.AuditEntry.Who;
import org.junit.jupiter.api.Test;

/** The audit log. */
public abstract class BaseAuditTest extends LedgerContract {
  private static final Who WHO = new Who("default", "alex", "127.0.0.1", "c1");

  @Test
  void linesAreReadNewestFirstAlsoAfterARestart() throws Exception {
    AuditEntry begun =
        new AuditEntry(NOW, WHO, "plugin.upload", "acme", null, "b".repeat(64), "begun", "1.1");
    // At the same time as the first: the order is that of writing, not of the clock.
    AuditEntry ended = new AuditEntry(NOW, WHO, "plugin.upload", "acme", "a", "b", "running", "");
    await(log().audit(begun));
    await(log().audit(ended));
    reopen();

    assertThat(await(log().auditTrail(10))).containsExactly(ended, begun);
    assertThat(await(log().auditTrail(1))).containsExactly(ended);
  }

  private AuditLedger log() {
    return opened.auditLog();
  }
}

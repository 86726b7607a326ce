package io.signalbox.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.LedgerContract;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a guesser leaves behind. */
class SignInAuditTest extends LedgerContract {
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);

  @Test
  void manyRefusalsOfManyAddressesAreFewLines() throws Exception {
    SignInAudit audit = new SignInAudit(vertx, opened.auditLog(), CLOCK);
    audit.refused(new SignInException(SignInFailure.EXPIRED, "alex"), "192.0.2.1", "c1");
    for (int i = 0; i < 10_000; i++) {
      SignInException refusal = new SignInException(SignInFailure.SIGNATURE, null);
      audit.refused(refusal, "192.0.2." + i, "c2");
      audit.refused(refusal, "198.51.100.7", "c3");
    }
    await(audit.close());
    List<AuditEntry> lines = await(opened.auditLog().auditTrail(1_000));
    assertThat(lines).hasSize(17);
    assertThat(lines.get(16))
        .isEqualTo(
            new AuditEntry(
                NOW,
                new Who("", "alex", "192.0.2.1", "c1"),
                "sign_in",
                "api",
                null,
                null,
                "refused",
                "expired"));
    assertThat(lines)
        .filteredOn(line -> line.who().origin().equals("198.51.100.7"))
        .extracting(AuditEntry::detail)
        .containsExactly("signature, 10000 times");
    assertThat(lines)
        .filteredOn(line -> line.who().origin().equals("several"))
        .extracting(AuditEntry::detail)
        .containsExactly("several, 9986 times");
  }

  @Test
  void theyAreWrittenAfterAWhileAndCountedAnew() throws Exception {
    SignInAudit audit = new SignInAudit(vertx, opened.auditLog(), CLOCK, 20);
    audit.refused(new SignInException(SignInFailure.KEY, null), "::1", "c1");
    Awaitility.await().until(() -> await(opened.auditLog().auditTrail(10)).size() == 1);
    audit.refused(new SignInException(SignInFailure.KEY, null), "::1", "c2");
    Awaitility.await().until(() -> await(opened.auditLog().auditTrail(10)).size() == 2);
    assertThat(await(opened.auditLog().auditTrail(1)).get(0).detail()).isEqualTo("key");
    await(audit.close());
  }
}

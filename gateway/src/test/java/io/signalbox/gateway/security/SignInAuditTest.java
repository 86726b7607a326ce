package io.signalbox.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.AuditLedger;
import io.signalbox.gateway.ledger.LedgerContract;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** What a guesser leaves behind. */
class SignInAuditTest extends LedgerContract {
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void manyRefusalsOfManyAddressesAreFewLines() throws Exception {
    SignInAudit audit =
        new SignInAudit(
            vertx, opened.auditLog(), CLOCK, nanos::get, Duration.ofHours(1), Duration.ofHours(1));
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
    SignInAudit audit = quick(opened.auditLog());
    audit.refused(new SignInException(SignInFailure.KEY, null), "::1", "c1");
    eventually().until(() -> trail().size() == 1);
    audit.refused(new SignInException(SignInFailure.KEY, null), "::1", "c2");
    eventually().until(() -> trail().size() == 2);
    assertThat(trail().get(0).detail()).isEqualTo("key");
    await(audit.close());
  }

  @Test
  void theSpanGrowsWhileRefusalsGoOnAndBeginsAnewAfterAPause() throws Exception {
    SignInAudit audit = quick(opened.auditLog());
    for (int i = 1; i <= 4; i++) {
      audit.refused(new SignInException(SignInFailure.KEY, null), "::1", "c");
      int lines = i;
      eventually().until(() -> trail().size() == lines);
      assertThat(audit.spanMillis()).isEqualTo(i == 1 ? 40 : i == 2 ? 80 : 100);
    }
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(101));
    audit.refused(new SignInException(SignInFailure.KEY, null), "::1", "c");
    assertThat(audit.spanMillis()).isEqualTo(20);
    await(audit.close());
  }

  @Test
  void whatTheLedgerDoesNotTakeIsCountedOn() throws Exception {
    AtomicBoolean away = new AtomicBoolean(true);
    AtomicInteger asked = new AtomicInteger();
    AuditLedger real = opened.auditLog();
    AuditLedger shaky =
        (AuditLedger)
            Proxy.newProxyInstance(
                AuditLedger.class.getClassLoader(),
                new Class<?>[] {AuditLedger.class},
                (proxy, method, arguments) -> {
                  asked.incrementAndGet();
                  return away.get()
                      ? Future.failedFuture("away")
                      : real.audit((AuditEntry) arguments[0]);
                });
    SignInAudit audit = quick(shaky);
    for (int i = 0; i < 40; i++) {
      audit.refused(new SignInException(SignInFailure.KEY, null), "192.0.2." + i, "c");
    }
    eventually().until(() -> asked.get() > 2 * 17);
    away.set(false);
    eventually().until(() -> trail().stream().mapToInt(SignInAuditTest::times).sum() == 40);
    assertThat(trail()).hasSizeLessThanOrEqualTo(17);
    await(audit.close());
  }

  private static int times(AuditEntry line) {
    String[] words = line.detail().split(" ", -1);
    return words.length == 1 ? 1 : Integer.parseInt(words[1]);
  }

  private SignInAudit quick(AuditLedger ledger) {
    return new SignInAudit(
        vertx, ledger, CLOCK, nanos::get, Duration.ofMillis(20), Duration.ofMillis(100));
  }

  private List<AuditEntry> trail() throws Exception {
    return await(opened.auditLog().auditTrail(100));
  }

  private static ConditionFactory eventually() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }
}

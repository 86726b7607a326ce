package io.signalbox.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.TestGateway;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.Act;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.AuditLedger;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActDeskTest {
  private static final Who WHO = new Who("default", "alex", "::1", "c");
  private static final Instant ENDED = Instant.ofEpochMilli(5_000);

  @TempDir private Path dir;

  @Test
  void whatLessensDamageDoesNotWaitForALedgerThatSaysNothing() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      HeldAuditLog log = new HeldAuditLog(gateway.ledger().auditLog());
      ActDesk desk = desk(log);
      AtomicInteger done = new AtomicInteger();
      Asked open = new Asked(act("provider.open"), "mail", null, null, true);
      assertThat(TestGateway.await(desk.carryOut(open, () -> count(done), Object::toString)))
          .isEqualTo(1);
      // Anything else waits, for nobody knows whether it is written down.
      Future<Integer> waits =
          desk.carryOut(
              Asked.of(act("provider.reset"), "mail", null), () -> count(done), Object::toString);
      assertThat(waits.isComplete()).isFalse();
      assertThat(done).hasValue(1);
      log.letGo();
      assertThat(TestGateway.await(waits)).isEqualTo(2);
      assertThat(lines(gateway))
          .extracting(line -> line.action() + " " + line.outcome())
          .contains("provider.open asked", "provider.open done", "provider.reset asked");
    }
  }

  @Test
  void theEndHasItsOwnTimeAndSaysNothingOfWhatWentWrongInside() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      ActDesk desk = desk(gateway.ledger().auditLog());
      for (RuntimeException failure :
          List.of(
              new GatewayException(409, "it is there already"),
              new GatewayException(500, "secret of the inside"),
              new IllegalStateException("secret of the inside"))) {
        Future<Void> failed =
            desk.carryOut(
                Asked.of(act("dead_letter.replay"), "t", null),
                () -> Future.failedFuture(failure),
                String::valueOf);
        Throwable cause =
            TestGateway.await(failed.transform(ended -> Future.succeededFuture(ended.cause())));
        assertThat(cause).isSameAs(failure);
      }
      List<AuditEntry> lines = lines(gateway);
      assertThat(lines)
          .extracting(line -> line.outcome() + ": " + line.detail())
          .containsExactly(
              "failed: IllegalStateException; see the log",
              "asked: ",
              "failed: GatewayException; see the log",
              "asked: ",
              "refused: it is there already",
              "asked: ");
      assertThat(lines.get(0).atMillis()).isEqualTo(ENDED.toEpochMilli());
      assertThat(lines.get(1).atMillis()).isEqualTo(1);
    }
  }

  private static ActDesk desk(AuditLedger log) {
    return new ActDesk(log, Clock.fixed(ENDED, ZoneOffset.UTC));
  }

  private static Act act(String action) {
    return new Act(1, WHO, action);
  }

  private static Future<Integer> count(AtomicInteger done) {
    return Future.succeededFuture(done.incrementAndGet());
  }

  private static List<AuditEntry> lines(TestGateway gateway) throws Exception {
    return TestGateway.await(gateway.ledger().auditLog().auditTrail(10));
  }
}

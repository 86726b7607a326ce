package io.signalbox.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sqlite.SqliteFiles;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.notification.ParsedNotification.Valid;
import io.signalbox.spi.intake.Accepted;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the items of a batch that are over a quota, beside some that were stored. */
class RepeatsTest {
  private static final String CONTENT =
      "{\"notification_type\":\"g\",\"channel\":\"email\","
          + "\"recipient_email\":\"a@example.org\",\"message\":\"m\"}";
  private static final IntakeResult REPEATED =
      new IntakeResult.Stored(new Accepted("0-0", "queued", true));
  private static final IntakeResult OVER = new IntakeResult.OverQuota();

  @TempDir private Path dir;
  private Vertx vertx;
  private SqlLedger ledger;
  private boolean closed;
  private Repeats repeats;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    ledger = await(SqliteFiles.ENGINE.open(vertx, dir, EventOutlet.NONE, Seal.NONE));
    repeats = new Repeats(ledger, new GatewayMeters(new SimpleMeterRegistry()));
  }

  @AfterEach
  void close() throws Exception {
    closeLedger();
    await(vertx.close());
  }

  @Test
  void whatCannotBeStoredAtTheSecondTryIsNotToldThatItsQuotaIsUsedUp() throws Exception {
    assertThat(beyond(Future.failedFuture(new GatewayException(503, "not now"))))
        .containsExactly(REPEATED, new IntakeResult.Shed("not now"));
    assertThat(beyond(OVER.alone().mapEmpty())).containsExactly(REPEATED, OVER);
  }

  @Test
  void whereNobodyKnowsWhatWasStoredBeforeNothingIsTriedOverAndOver() throws Exception {
    closeLedger();
    AtomicInteger tries = new AtomicInteger();
    List<IntakeResult> told =
        await(
            repeats.beyond(
                items(),
                List.of(REPEATED, OVER),
                more -> {
                  tries.incrementAndGet();
                  return Future.succeededFuture(List.of(OVER));
                }));
    assertThat(told).containsExactly(REPEATED, OVER);
    assertThat(tries).hasValue(0);
  }

  private List<IntakeResult> beyond(Future<List<IntakeResult>> second) throws Exception {
    return await(repeats.beyond(items(), List.of(REPEATED, OVER), more -> second));
  }

  private static List<IntakeItem> items() {
    return List.of(item("k-1"), item("k-2"));
  }

  private static IntakeItem item(String key) {
    NotificationParser parser = new NotificationParser(Clock.systemUTC(), name -> null);
    Buffer content = Buffer.buffer(CONTENT);
    return IntakeItem.of((Valid) parser.parse(content, "shop", key), content);
  }

  private void closeLedger() throws Exception {
    if (!closed) {
      closed = true;
      await(ledger.close());
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}

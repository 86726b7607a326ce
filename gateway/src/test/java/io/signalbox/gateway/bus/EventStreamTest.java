package io.signalbox.gateway.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteFiles;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.events.EventStream;
import io.signalbox.spi.events.NotificationEvent;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Co-located verticles hear of what the real ledger has committed. */
class EventStreamTest extends LedgerContract {
  private final List<NotificationEvent> heard = new CopyOnWriteArrayList<>();

  @Override
  protected Opened open() throws Exception {
    SqlLedgerOptions options = new SqlLedgerOptions(256, 1_000, 1 << 20, 1, 100);
    SqlLedger ledger =
        await(
            SqliteLedger.open(
                vertx,
                directory.resolve("ledger.db"),
                options,
                new StoredForm(),
                Bus.install(vertx).events()));
    return SqliteFiles.ports(ledger);
  }

  @Test
  void aListenerHearsExactlyTheEventsInTheirOrder() throws Exception {
    new EventStream(vertx).listen(heard::add);

    NotificationId id = begun();
    settleSent(id, 1, "m1");
    record(id, 1, ReceiptStatus.DELIVERED);
    record(id, 1, ReceiptStatus.DELIVERED);
    record(id, 1, ReceiptStatus.OPENED);

    Patience.await("the last event").until(() -> heard.size() >= 4);
    assertThat(heard)
        .extracting(NotificationEvent::type)
        .containsExactly(
            "io.signalbox.notification.sent",
            "io.signalbox.receipt.delivered",
            "io.signalbox.notification.delivered",
            "io.signalbox.receipt.opened");
  }

  @Test
  void aVerticleHearsNothingAfterItsEnd() throws Exception {
    VerticleBase audit = new AuditVerticle(heard::add);
    String deployment = await(vertx.deployVerticle(audit));
    failed();
    Patience.await("the first failure").until(() -> heard.size() == 1);

    await(vertx.undeploy(deployment));
    List<NotificationEvent> others = new CopyOnWriteArrayList<>();
    MessageConsumer<NotificationEvent> other = new EventStream(vertx).listen(others::add);
    failed();
    Patience.await("the second failure").until(() -> others.size() == 1);

    assertThat(heard).hasSize(1);
    await(other.unregister());
  }

  private void failed() throws Exception {
    settle(begun(), 1, broken(), finish(NotificationState.FAILED));
  }
}

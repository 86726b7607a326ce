package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Vertx;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A process that accepts until it is killed, and says the id of each notification once it is told
 * that it is durable.
 */
final class Acceptor {
  private static final int IN_FLIGHT = 64;

  private final SqlLedger ledger;
  private final NotificationIds ids = new NotificationIds(Clock.systemUTC(), 0);
  // Unbuffered: what was said has left the process.
  private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

  private Acceptor(SqlLedger ledger) {
    this.ledger = ledger;
  }

  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx();
    SqliteFiles.open(vertx, Path.of(args[0]))
        .onFailure(failure -> Runtime.getRuntime().halt(1))
        .onSuccess(
            ledger -> {
              Acceptor acceptor = new Acceptor(ledger);
              for (int i = 0; i < IN_FLIGHT; i++) {
                vertx.getOrCreateContext().runOnContext(go -> acceptor.acceptNext());
              }
            });
  }

  private void acceptNext() {
    SendNotification notification =
        StoredForm.notification(
            SendNotification.DEFAULT_TENANT, "t", Channel.EMAIL, "hello", Priority.NORMAL, null);
    AcceptRequest request =
        new AcceptRequest(
            ids.next(),
            notification,
            new StoredForm().write(notification),
            NotificationState.QUEUED,
            1,
            1,
            null);
    ledger
        .accept(request)
        .onSuccess(
            stored -> {
              say(request.id().toString());
              acceptNext();
            })
        .onFailure(failure -> Runtime.getRuntime().halt(2));
  }

  private void say(String id) {
    try {
      out.write((id + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

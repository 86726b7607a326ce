package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.notification.NotificationCodec;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of an open ledger and the order in which they start and end. */
final class Store {
  private static final Logger LOG = LoggerFactory.getLogger(Store.class);

  private final LedgerLock lock;
  private final Checkpointer checkpointer;
  private final ReaderPool readers;
  private final Writer writer;
  private final ConcurrentLinkedQueue<Reply<Void>> closers = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  private Store(
      LedgerLock lock,
      ConnectionFactory connections,
      Connection checkpoints,
      SqliteLedgerOptions options,
      Outside outside) {
    this.lock = lock;
    this.checkpointer = new Checkpointer(checkpoints);
    this.readers = new ReaderPool(connections, options);
    this.writer =
        new Writer(
            new Committer(connections, outside.codec(), outside.outlet()),
            checkpointer,
            options,
            outside.outlet(),
            System::nanoTime,
            this::afterLast);
  }

  /** Opens a ledger file; blocks. */
  static Store open(Path file, SqliteLedgerOptions options, Outside outside, IntSupplier maxPages)
      throws IOException, SQLException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    LedgerLock lock = LedgerLock.take(file);
    try {
      ConnectionFactory connections = new ConnectionFactory(file, maxPages);
      try (Connection connection = connections.writer()) {
        Migrations.run(connection);
      }
      Store store = new Store(lock, connections, connections.checkpointer(), options, outside);
      store.checkpointer.start();
      store.writer.start();
      return store;
    } catch (IOException | SQLException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * What the ledger knows of the rest of the gateway.
   *
   * @param codec reads stored notifications
   * @param outlet where events are told
   */
  record Outside(NotificationCodec codec, EventOutlet outlet) {}

  Writer writer() {
    return writer;
  }

  ReaderPool readers() {
    return readers;
  }

  /** Ends what was asked for, then closes; repeated calls wait for the same end. */
  Future<Void> close() {
    Reply<Void> reply = new Reply<>();
    closers.add(reply);
    writer.close();
    if (closed) {
      answerClosers();
    }
    return reply.future();
  }

  /** Runs on the writer's thread after its last commit. */
  private void afterLast() {
    readers.close();
    try {
      checkpointer.close();
    } catch (SQLException e) {
      LOG.warn("the last checkpoint of the ledger failed: {}", e.getMessage());
    }
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("the ledger's lock could not be given back: {}", e.getMessage());
    }
    closed = true;
    answerClosers();
  }

  private void answerClosers() {
    Reply<Void> reply = closers.poll();
    while (reply != null) {
      Replies.deliver(List.of(reply.succeed(null)));
      reply = closers.poll();
    }
  }
}

package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.CallEnd;
import io.signalbox.gateway.ledger.CallLedger;
import io.signalbox.gateway.ledger.CallStart;
import io.vertx.core.Future;

/** Calls of operations in the ledger. */
final class SqlCallLedger implements CallLedger {
  private final Store store;

  SqlCallLedger(Store store) {
    this.store = store;
  }

  @Override
  public Future<Void> begin(CallStart start) {
    return write(
        session -> {
          session.calls().begin(start);
          return start;
        });
  }

  @Override
  public Future<Void> end(CallEnd end) {
    return write(
        session -> {
          session.calls().end(end);
          return end;
        });
  }

  @Override
  public Future<Void> record(CallStart start, CallEnd end) {
    return write(
        session -> {
          session.calls().begin(start);
          session.calls().end(end);
          return start;
        });
  }

  private Future<Void> write(Change<?> change) {
    return store.writer().submit(change, 1).mapEmpty();
  }
}

package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.LookupLedger;
import io.vertx.core.Future;

/** Finds attempts without an end in the ledger. */
final class SqlLookupLedger implements LookupLedger {
  private final Store store;
  private final Contents contents;

  SqlLookupLedger(Store store, Contents contents) {
    this.store = store;
    this.contents = contents;
  }

  @Override
  public Future<Walked> withoutFinalReceipt(Walk walk) {
    return store.readers().read(session -> session.unfinished().walk(contents, walk));
  }
}

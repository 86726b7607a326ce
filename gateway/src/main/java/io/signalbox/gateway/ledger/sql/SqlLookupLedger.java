package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.LookupLedger;
import io.signalbox.gateway.notification.NotificationCodec;
import io.vertx.core.Future;

/** Finds attempts without an end in the ledger. */
final class SqlLookupLedger implements LookupLedger {
  private final Store store;
  private final NotificationCodec codec;

  SqlLookupLedger(Store store, NotificationCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  @Override
  public Future<Walked> withoutFinalReceipt(Walk walk) {
    return store.readers().read(session -> session.unfinished().walk(codec, walk));
  }
}

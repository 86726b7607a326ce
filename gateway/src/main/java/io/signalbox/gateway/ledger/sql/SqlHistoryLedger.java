package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.HistoryLedger;
import io.signalbox.gateway.ledger.PastWork;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the past beside all other work of an open ledger. */
final class SqlHistoryLedger implements HistoryLedger {
  private final Store store;

  SqlHistoryLedger(Store store) {
    this.store = store;
  }

  @Override
  public Future<PastWork.Page> page(
      @Nullable String tenant, long afterKey, long untilMillis, int limit) {
    long untilKey = NotificationId.firstKey(untilMillis);
    return store
        .readers()
        .readLong(session -> session.history().page(tenant, afterKey, untilKey, limit));
  }

  @Override
  public Future<Map<Channel, String>> newestRankings(long fromMillis, long untilMillis) {
    long fromKey = NotificationId.firstKey(fromMillis);
    long untilKey = NotificationId.firstKey(untilMillis);
    return store.readers().readLong(session -> session.history().newestRankings(fromKey, untilKey));
  }
}

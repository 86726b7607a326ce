package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Suppression;
import io.signalbox.gateway.ledger.SuppressionFilter;
import io.signalbox.gateway.ledger.SuppressionLedger;
import io.vertx.core.Future;
import java.util.List;

/** The suppression list in the ledger. */
final class SqlSuppressionLedger implements SuppressionLedger {
  private static final int MAX_PAGE = 1_000;

  private final Store store;

  SqlSuppressionLedger(Store store) {
    this.store = store;
  }

  @Override
  public Future<List<Suppression>> suppressions(SuppressionFilter filter, long before, int limit) {
    int bounded = Math.min(limit, MAX_PAGE);
    return store.readers().read(session -> session.suppressions().page(filter, before, bounded));
  }

  @Override
  public Future<List<Listed>> suppress(List<Wish> wishes, long nowMillis) {
    return wishes.isEmpty()
        ? Future.succeededFuture(List.of())
        : store.writer().submit(new SuppressChange(wishes, nowMillis), wishes.size());
  }

  @Override
  public Future<Boolean> unsuppress(String tenant, long id, String actor, long nowMillis) {
    return store
        .writer()
        .submit(session -> session.suppressions().remove(tenant, id, actor, nowMillis), 1);
  }
}

package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Act;
import io.signalbox.gateway.ledger.AuditValues;
import io.signalbox.gateway.ledger.Suppression;
import io.signalbox.gateway.ledger.SuppressionFilter;
import io.signalbox.gateway.ledger.SuppressionLedger;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The suppression list in the ledger. */
final class SqlSuppressionLedger implements SuppressionLedger {
  private static final int MAX_PAGE = 1_000;

  private final Store store;
  private final @Nullable Act act;

  SqlSuppressionLedger(Store store) {
    this(store, null);
  }

  private SqlSuppressionLedger(Store store, @Nullable Act act) {
    this.store = store;
    this.act = act;
  }

  @Override
  public SuppressionLedger by(Act newAct) {
    return new SqlSuppressionLedger(store, newAct);
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
        : store.writer().submit(new SuppressChange(wishes, act, nowMillis), wishes.size());
  }

  @Override
  public Future<Boolean> unsuppress(String tenant, long id, String actor, long nowMillis) {
    return store.writer().submit(session -> remove(session, tenant, id, actor, nowMillis), 1);
  }

  private boolean remove(WriteSession session, String tenant, long id, String actor, long nowMillis)
      throws SQLException {
    Suppression removed = session.suppressions().remove(tenant, id, actor, nowMillis);
    if (removed != null && act != null) {
      String before = AuditValues.of(removed).encode();
      session.audit().insert(act.done(String.valueOf(id), before, null));
    }
    return removed != null;
  }
}

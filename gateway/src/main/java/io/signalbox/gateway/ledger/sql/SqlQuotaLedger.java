package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.QuotaLedger;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Quotas in the ledger. */
final class SqlQuotaLedger implements QuotaLedger {
  private final Store store;

  SqlQuotaLedger(Store store) {
    this.store = store;
  }

  @Override
  public Future<Taken> take(Whose whose, long needed, long limit, long owed) {
    QuotaTable.Taking taking = quotas -> quotas.take(whose, needed, limit, owed);
    QuotaWriter aside = store.quotas();
    return aside == null
        ? store.writer().submit(session -> taking.of(session.quotas()), 1)
        : aside.submit(taking);
  }

  @Override
  public Future<List<Use>> uses(String tenant, List<String> periods) {
    return store
        .readers()
        .read(
            session -> {
              List<Use> uses = new ArrayList<>();
              for (String period : periods) {
                uses.addAll(session.quotas().of(tenant, period));
              }
              return uses;
            });
  }
}

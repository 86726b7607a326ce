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
  public Future<Taken> take(Whose whose, long wanted, long limit, long owed) {
    return store
        .writer()
        .submit(
            session -> {
              QuotaTable table = session.quotas();
              Long found = table.used(whose);
              long before = Math.max(0, (found == null ? 0 : found) + owed);
              long granted = Math.max(0, Math.min(wanted, limit - before));
              long used = before + granted;
              if (found == null) {
                table.insert(whose, used);
              } else if (used != found) {
                table.update(whose, used);
              }
              return new Taken(granted, used);
            },
            1);
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

package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.KeptAnswer;
import io.signalbox.gateway.ledger.KeyedRequest;
import io.signalbox.gateway.ledger.RequestKeyLedger;
import io.signalbox.gateway.ledger.RequestKeyLedger.RequestKeyUse.Answered;
import io.signalbox.gateway.ledger.RequestKeyLedger.RequestKeyUse.Broken;
import io.signalbox.gateway.ledger.RequestKeyLedger.RequestKeyUse.First;
import io.signalbox.gateway.ledger.RequestKeyLedger.RequestKeyUse.OtherRequest;
import io.signalbox.gateway.ledger.RequestKeyLedger.RequestKeyUse.UnderWay;
import io.vertx.core.Future;
import java.sql.SQLException;

/** Keys of requests in the ledger. */
final class SqlRequestKeyLedger implements RequestKeyLedger {
  private final Store store;

  SqlRequestKeyLedger(Store store) {
    this.store = store;
  }

  @Override
  public Future<RequestKeyUse> take(KeyedRequest request, long nowMillis, long forgetBeforeMillis) {
    return store
        .writer()
        .submit(session -> take(session.requestKeys(), request, nowMillis, forgetBeforeMillis), 1);
  }

  private static RequestKeyUse take(
      RequestKeyTable table, KeyedRequest request, long nowMillis, long forgetBeforeMillis)
      throws SQLException {
    RequestKeyTable.Row row = table.find(request.tenant(), request.key());
    if (row == null) {
      table.insert(request, nowMillis);
      return new First();
    }
    KeptAnswer answer = row.answer();
    boolean over = answer != null || row.takenAtMillis() < nowMillis - LONGEST_REQUEST.toMillis();
    if (over && row.takenAtMillis() < forgetBeforeMillis) {
      table.replace(request, nowMillis);
      return new First();
    }
    if (!row.fingerprint().equals(request.fingerprint())) {
      return new OtherRequest();
    }
    if (answer != null) {
      return new Answered(answer);
    }
    return over ? new Broken() : new UnderWay();
  }

  @Override
  public Future<Void> keep(KeyedRequest request, KeptAnswer answer) {
    return store
        .writer()
        .submit(
            session -> {
              session.requestKeys().keep(request, answer);
              return request;
            },
            1,
            answer.body().length())
        .mapEmpty();
  }

  @Override
  public Future<Void> giveBack(KeyedRequest request) {
    return store
        .writer()
        .submit(
            session -> {
              session.requestKeys().giveBack(request);
              return request;
            },
            1)
        .mapEmpty();
  }
}

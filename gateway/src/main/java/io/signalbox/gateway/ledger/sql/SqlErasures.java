package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.Erasure;
import io.signalbox.gateway.ledger.ErasureLedger;
import io.signalbox.gateway.ledger.Job;
import io.signalbox.gateway.ledger.NotOurJobException;
import io.signalbox.gateway.ledger.sql.ErasureReader.Found;
import io.signalbox.gateway.ledger.sql.ErasureTable.Order;
import io.signalbox.gateway.ledger.sql.ErasureTable.Phase;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Readers look for what is to be erased, so that the writer only has to change it. */
final class SqlErasures implements ErasureLedger {
  /** About as much as a commit may hold: others wait that long. */
  private static final int WEIGHT = 100;

  private static final Found NOTHING = new Found(List.of(), 0, true);

  private final Store store;

  SqlErasures(Store store) {
    this.store = store;
  }

  @Override
  public Future<Erasure> order(String address, Who who, long nowMillis) {
    return store.writer().submit(session -> order(session, address, who, nowMillis), 1);
  }

  private static Erasure order(WriteSession session, String address, Who who, long nowMillis)
      throws SQLException {
    String hash = session.hashes().of(who.tenant(), address);
    Order open = session.erasures().open(who.tenant(), hash);
    if (open == null) {
      long id = session.erasures().insert(hash, address, who, nowMillis);
      open = session.erasures().find(id);
      if (open == null) {
        throw new SQLException("an order vanished inside a transaction");
      }
      session.audit().insert(EraseRestChange.line(open, AuditEntry.ASKED, "", nowMillis));
    }
    return open.erasure();
  }

  @Override
  public Future<Optional<Erasure>> erasure(String tenant, long id) {
    return store
        .readers()
        .read(session -> Optional.ofNullable(session.erasures().find(id)).map(Order::erasure))
        .map(found -> found.filter(one -> one.tenant().equals(tenant)));
  }

  @Override
  public Future<List<Erasure>> erasures(String tenant, long before, int limit) {
    return store.readers().read(session -> session.erasures().page(tenant, before, limit));
  }

  @Override
  public Future<Boolean> eraseSome(long nowMillis) {
    if (!store.deletes()) {
      return Future.succeededFuture(false);
    }
    return store
        .readers()
        .read(session -> page(session, nowMillis))
        .compose(
            page ->
                page.map(found -> change(found, nowMillis))
                    .orElseGet(() -> Future.succeededFuture(false)));
  }

  private Future<Boolean> change(Page page, long nowMillis) {
    long id = page.order().erasure().id();
    Phase phase = page.order().phase();
    Change<Boolean> change =
        phase == Phase.NOTIFICATIONS
            ? new EraseChange(id, page.found(), nowMillis)
            : new EraseRestChange(id, phase, page.found(), nowMillis);
    return store
        .submit(Job.RETENTION, change, WEIGHT)
        .onSuccess(
            done -> {
              if (phase == Phase.END) {
                // What was there before may still be in pages that are free, and in the log.
                store.engine().scrub();
              }
            })
        .recover(
            failure ->
                failure instanceof NotOurJobException
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(failure));
  }

  private static Optional<Page> page(ReadSession session, long nowMillis) throws SQLException {
    Order order = session.erasures().due(nowMillis);
    if (order == null) {
      return Optional.empty();
    }
    String address = order.address();
    if (address == null) {
      // A done one that looks once more at notifications that came late.
      return Optional.of(
          new Page(
              order,
              order.phase() == Phase.NOTIFICATIONS
                  ? session.erasing().notifications(order)
                  : NOTHING));
    }
    RecipientTraces traces = new RecipientTraces(address);
    Found found =
        switch (order.phase()) {
          case NOTIFICATIONS -> session.erasing().notifications(order);
          case WEBHOOKS -> session.erasing().webhooks(order, traces);
          case EVENTS -> session.erasing().events(order, traces);
          case RECEIPTS -> session.erasing().receipts(order, traces);
          case ANSWERS -> session.erasing().answers(order, traces);
          case SUPPRESSIONS, END -> NOTHING;
        };
    return Optional.of(new Page(order, found));
  }

  private record Page(Order order, Found found) {}
}

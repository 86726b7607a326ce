package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.Erasure;
import io.signalbox.gateway.ledger.ErasureLedger;
import io.signalbox.gateway.ledger.Job;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.NotOurJobException;
import io.signalbox.gateway.ledger.SealedException;
import io.signalbox.gateway.ledger.sql.EraseOrder.Phase;
import io.signalbox.gateway.ledger.sql.ErasureReader.Found;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Readers look for what is to be erased, so that the writer only has to change it. */
final class SqlErasures implements ErasureLedger {
  private static final Logger LOG = LoggerFactory.getLogger(SqlErasures.class);

  /** About as much as a commit may hold: others wait that long. */
  private static final int WEIGHT = 100;

  /** An order whose address cannot be opened is looked at again after so long. */
  private static final long CLOSED_MILLIS = 60_000;

  /** Each open order is a walk over all there is: more of a tenant come later. */
  private static final int MOST_OPEN = 1_000;

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
    String known = session.hashes().find(who.tenant(), address);
    EraseOrder open = known == null ? null : session.erasures().open(who.tenant(), known);
    if (open != null) {
      session.erasures().askAgain(open, address, nowMillis);
      return open.erasure();
    }
    if (session.erasures().hasOpen(who.tenant(), MOST_OPEN)) {
      throw new Refused(
          LedgerUnavailableException.busy(
              MOST_OPEN + " recipients are being forgotten: order others when some are done"));
    }
    String hash = session.hashes().of(who.tenant(), address);
    EraseOrder made =
        session.erasures().find(session.erasures().insert(hash, address, who, nowMillis));
    if (made == null) {
      throw new SQLException("an order vanished inside a transaction");
    }
    session.audit().insert(EraseRestChange.line(made, AuditEntry.ASKED, "", nowMillis));
    return made.erasure();
  }

  @Override
  public Future<Optional<Erasure>> erasure(String tenant, long id) {
    return store
        .readers()
        .read(session -> Optional.ofNullable(session.erasures().find(id)).map(EraseOrder::erasure))
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
    EraseOrder order = page.order();
    boolean ends = order.phase() == Phase.END;
    return store
        .submit(Job.RETENTION, page.change(nowMillis), WEIGHT)
        .onSuccess(
            done -> {
              if (ends && done) {
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
    EraseOrder order = session.erasures().due(nowMillis);
    if (order == null) {
      return Optional.empty();
    }
    String address;
    try {
      address = session.erasures().address(order);
    } catch (SealedException e) {
      LOG.warn("erasure {} waits: {}", order.id(), e.getMessage());
      return Optional.of(new Page(order, null, Found.NOTHING));
    }
    RecipientTraces traces = new RecipientTraces(address, order.id());
    Found found =
        switch (order.phase()) {
          case NOTIFICATIONS -> session.erasing().notifications(order, traces);
          case WEBHOOKS -> session.erasing().webhooks(order, traces);
          case WORK -> session.erasing().work(order, traces);
          case EVENTS -> session.erasing().events(order, traces);
          case RECEIPTS -> session.erasing().receipts(order, traces);
          case ANSWERS -> session.erasing().answers(order, traces, nowMillis);
          case OPERATIONS -> session.erasing().operations(order, traces);
          case BOOKINGS -> session.bookingEvents().naming(order, traces);
          case SUPPRESSIONS, END -> Found.NOTHING;
        };
    return Optional.of(new Page(order, traces, found));
  }

  /**
   * What was found for an order.
   *
   * @param traces null if its recipient cannot be opened: then others go first
   */
  private record Page(EraseOrder order, @Nullable RecipientTraces traces, Found found) {
    Change<Boolean> change(long nowMillis) {
      if (traces == null) {
        return session -> {
          session.erasures().postpone(order.id(), nowMillis, nowMillis + CLOSED_MILLIS);
          return true;
        };
      }
      return order.phase() == Phase.NOTIFICATIONS
          ? new EraseChange(order, found, nowMillis)
          : new EraseRestChange(order, traces, found, nowMillis);
    }
  }
}

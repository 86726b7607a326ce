package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.compat.DialectCall.Wanted;
import io.signalbox.gateway.ledger.Addressee;
import io.signalbox.gateway.ledger.FoundNotification;
import io.signalbox.gateway.ledger.LedgerReports;
import io.signalbox.gateway.ledger.NotificationFilter;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the notifications that calls of a dialect ask for. Thread-safe. */
final class CompatReports {
  /** How often one call asks the ledger: what is not found by then stands on the next page. */
  private static final int MOST_SEARCHES = 10;

  private static final int SEARCHED = 100;

  private final LedgerReports ledger;

  CompatReports(LedgerReports ledger) {
    this.ledger = ledger;
  }

  /**
   * A page of a list.
   *
   * @param next where the next one begins; null if there is none
   */
  record Page(List<Timeline> found, @Nullable Long next) {}

  /** All that is known of one notification; fails with a {@link GatewayException} of status 404. */
  private Future<Timeline> find(String tenant, Optional<NotificationId> id) {
    GatewayException unknown = new GatewayException(404, "there is no message of that id");
    if (id.isEmpty()) {
      return Future.failedFuture(unknown);
    }
    return ledger
        .timeline(tenant, id.get())
        .compose(
            found ->
                found.map(Future::succeededFuture).orElseGet(() -> Future.failedFuture(unknown)));
  }

  /** The same, and after it those of some others that are still there. */
  Future<List<Timeline>> find(
      String tenant, Optional<NotificationId> id, Function<Timeline, List<NotificationId>> others) {
    return find(tenant, id)
        .compose(found -> read(tenant, others.apply(found), new ArrayList<>(List.of(found))));
  }

  /** A page of what is wanted, newest first; it may have few or none although there is a next. */
  Future<Page> list(String tenant, Wanted wanted) {
    return search(tenant, wanted, wanted.before(), MOST_SEARCHES, new ArrayList<>())
        .compose(
            next ->
                read(tenant, next.ids(), new ArrayList<>()).map(all -> new Page(all, next.at())));
  }

  private record Ids(List<NotificationId> ids, @Nullable Long at) {}

  private Future<Ids> search(
      String tenant, Wanted wanted, long before, int searches, List<NotificationId> ids) {
    return ledger
        .search(filter(tenant, wanted), before, SEARCHED)
        .compose(
            page -> {
              for (FoundNotification found : page.found()) {
                if (ids.size() == wanted.limit()) {
                  return Future.succeededFuture(new Ids(ids, ids.get(ids.size() - 1).key()));
                }
                if (wanted.channels().contains(found.channel())) {
                  ids.add(found.id());
                }
              }
              Long next = page.next();
              return next == null || ids.size() == wanted.limit() || searches == 1
                  ? Future.succeededFuture(new Ids(ids, next))
                  : search(tenant, wanted, next, searches - 1, ids);
            });
  }

  private static NotificationFilter filter(String tenant, Wanted wanted) {
    String recipient = wanted.recipient();
    Channel only = wanted.channels().size() == 1 ? wanted.channels().iterator().next() : null;
    return new NotificationFilter(
        tenant,
        null,
        only,
        null,
        recipient == null ? null : Addressee.normal(recipient),
        wanted.fromMillis(),
        wanted.untilMillis());
  }

  /** One after another: a page is small, and others read too. */
  private Future<List<Timeline>> read(
      String tenant, List<NotificationId> ids, List<Timeline> found) {
    if (ids.isEmpty()) {
      return Future.succeededFuture(found);
    }
    return ledger
        .timeline(tenant, ids.get(0))
        .compose(
            timeline -> {
              timeline.ifPresent(found::add);
              return read(tenant, ids.subList(1, ids.size()), found);
            });
  }
}

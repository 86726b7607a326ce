package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.DueAmong;
import io.signalbox.gateway.ledger.DueWork;
import io.signalbox.gateway.ledger.sql.DueReader.Wanted;
import io.signalbox.gateway.ledger.sql.UnreadableChange.Unreadable;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the due work of lanes, and takes out of them what cannot be read. */
final class DueWorkFinder {
  private static final Logger LOG = LoggerFactory.getLogger(DueWorkFinder.class);

  private final Store store;
  private final Contents contents;

  DueWorkFinder(Store store, Contents contents) {
    this.store = store;
    this.contents = contents;
  }

  Future<DueWork> find(Wanted wanted, long nowMillis) {
    return store
        .readers()
        .read(session -> session.due().due(contents, wanted))
        .compose(due -> bury(due.work(), due.unreadable(), nowMillis));
  }

  Future<DueAmong> findAmong(Set<NotificationId> ids, long nowMillis, long maxBytes) {
    return store
        .readers()
        .read(session -> session.due().among(contents, ids, nowMillis, maxBytes))
        .compose(found -> bury(found.due(), found.unreadable(), nowMillis));
  }

  /** Takes unreadable notifications out of the lane; if that fails, the next sweep tries again. */
  private <T> Future<T> bury(T found, List<Unreadable> unreadable, long nowMillis) {
    if (unreadable.isEmpty()) {
      return Future.succeededFuture(found);
    }
    return store
        .writer()
        .submit(new UnreadableChange(unreadable, nowMillis), unreadable.size())
        .map(found)
        .otherwise(
            failure -> {
              LOG.warn("unreadable notifications stay in their lane: {}", failure.getMessage());
              return found;
            });
  }
}

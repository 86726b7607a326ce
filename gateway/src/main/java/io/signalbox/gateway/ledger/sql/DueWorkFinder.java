package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.DueWork;
import io.signalbox.gateway.ledger.sql.DueReader.Due;
import io.signalbox.gateway.ledger.sql.DueReader.Wanted;
import io.signalbox.gateway.notification.NotificationCodec;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the due work of lanes, and takes out of them what cannot be read. */
final class DueWorkFinder {
  private static final Logger LOG = LoggerFactory.getLogger(DueWorkFinder.class);

  private final Store store;
  private final NotificationCodec codec;

  DueWorkFinder(Store store, NotificationCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  Future<DueWork> find(Wanted wanted, long nowMillis) {
    return store
        .readers()
        .read(session -> session.due().due(codec, wanted))
        .compose(due -> bury(due, nowMillis));
  }

  /** Takes unreadable notifications out of the lane; if that fails, the next sweep tries again. */
  private Future<DueWork> bury(Due due, long nowMillis) {
    if (due.unreadable().isEmpty()) {
      return Future.succeededFuture(due.work());
    }
    return store
        .writer()
        .submit(new UnreadableChange(due.unreadable(), nowMillis), due.unreadable().size())
        .map(due.work())
        .otherwise(
            failure -> {
              LOG.warn("unreadable notifications stay in their lane: {}", failure.getMessage());
              return due.work();
            });
  }
}

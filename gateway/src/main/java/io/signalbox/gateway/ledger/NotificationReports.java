package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import java.util.Optional;

/** What applications ask about a notification of theirs. Thread-safe. */
public interface NotificationReports {

  /**
   * All that happened to a notification; empty if the tenant has none of that id. It tells the id
   * that the ledger has it under, which may be another one.
   */
  Future<Optional<Timeline>> timeline(String tenant, NotificationId id);

  /**
   * Calls a notification back that was not sent yet. One whose outcome is unknown is cancelled too,
   * and its reason says so; while an attempt is under way the wish is kept for its end.
   */
  Future<Cancellation> cancel(String tenant, NotificationId id, long nowMillis);
}

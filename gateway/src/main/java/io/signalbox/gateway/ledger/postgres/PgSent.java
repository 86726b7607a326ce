package io.signalbox.gateway.ledger.postgres;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What was sent to the server in a transaction and is not known to be done yet. */
final class PgSent {
  private final List<Future<?>> all = new ArrayList<>();

  void add(Future<?> answer) {
    all.add(answer);
  }

  void clear() {
    all.clear();
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** The answer that comes last. */
  Future<?> last() {
    return all.get(all.size() - 1);
  }

  /** Whether the server has refused any of it: then it commits nothing of the transaction. */
  boolean isRefused() {
    return all.stream().anyMatch(answer -> answer.cause() instanceof PgException);
  }

  /** Forgets what was answered; fails with the first failure of it. */
  void check(PgLink link) throws SQLException {
    Throwable first = null;
    for (Future<?> earlier : all) {
      if (first == null && earlier.failed()) {
        first = earlier.cause();
      }
    }
    // What was sent after the answer that was waited for may be open yet.
    all.removeIf(Future::isComplete);
    if (first != null) {
      throw link.failed(first);
    }
  }
}

package io.signalbox.gateway.ledger.postgres;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was sent to the server in a transaction and is not known to be done yet. */
final class PgSent {
  private static final Logger LOG = LoggerFactory.getLogger(PgSent.class);

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

  /** Whether all of it is answered, and nothing has failed. */
  boolean isDone() {
    return all.stream().allMatch(Future::succeeded);
  }

  /**
   * Tells that a commit was answered though not all before it {@link #isDone}, which is a bug of
   * ours. Without the client's message, which may quote a value.
   */
  SQLException incomplete(PgLink link) {
    Throwable first = firstFailure();
    LOG.error(
        "A transaction is committed without a statement that was part of it, which is a bug: {}",
        first == null ? "it has no answer" : "the client refused it, " + first.getClass());
    clear();
    return link.failed(
        new SQLException(
            "PostgreSQL was not sent a statement of what it committed",
            PgFailures.NO_ANSWER,
            first));
  }

  private @Nullable Throwable firstFailure() {
    return all.stream().map(Future::cause).filter(Objects::nonNull).findFirst().orElse(null);
  }

  /** Forgets what was answered; fails with the first failure of it. */
  void check(PgLink link) throws SQLException {
    Throwable first = firstFailure();
    // What was sent after the answer that was waited for may be open yet.
    all.removeIf(Future::isComplete);
    if (first != null) {
      throw link.failed(first);
    }
  }
}

package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Cancellation;
import io.signalbox.gateway.ledger.DeadLetter;
import io.signalbox.gateway.ledger.DeadLetterFilter;
import io.signalbox.gateway.ledger.DeadLettersMoved;
import io.signalbox.gateway.ledger.FoundNotification;
import io.signalbox.gateway.ledger.LedgerReports;
import io.signalbox.gateway.ledger.Nodes;
import io.signalbox.gateway.ledger.NotificationFilter;
import io.signalbox.gateway.ledger.PastResult;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.ledger.sql.DeadLetterChange.Decision;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the ledger for people and the API, and does what they ask of a notification. */
final class SqlReports implements LedgerReports {
  private static final int MAX_PAGE = 1_000;

  private final Store store;
  private final Contents contents;

  SqlReports(Store store, Contents contents) {
    this.store = store;
    this.contents = contents;
  }

  @Override
  public Nodes nodes() {
    return store.engine().nodes();
  }

  @Override
  public Future<Optional<Timeline>> timeline(String tenant, NotificationId id) {
    return store.readers().read(session -> session.timelines().read(tenant, id));
  }

  @Override
  public Future<List<DeadLetter>> deadLetters(
      DeadLetterFilter filter, @Nullable NotificationId after, int limit) {
    int bounded = Math.min(limit, MAX_PAGE);
    return store.readers().read(session -> session.deadLetters().page(filter, after, bounded));
  }

  @Override
  public Future<FoundNotification.Page> search(NotificationFilter filter, long before, int limit) {
    int bounded = Math.min(limit, MAX_PAGE);
    return store
        .readers()
        .readLong(session -> session.search().page(filter, before, bounded, contents));
  }

  @Override
  public Future<Long> countDeadLetters(DeadLetterFilter filter) {
    return store.readers().read(session -> session.deadLetters().count(filter));
  }

  @Override
  public Future<DeadLettersMoved> replayDeadLetters(
      DeadLetterFilter filter, int limit, long nowMillis) {
    return new DeadLetterDecider(store.writer()).decide(Decision.REPLAY, filter, limit, nowMillis);
  }

  @Override
  public Future<DeadLettersMoved> discardDeadLetters(
      DeadLetterFilter filter, int limit, long nowMillis) {
    return new DeadLetterDecider(store.writer()).decide(Decision.DISCARD, filter, limit, nowMillis);
  }

  @Override
  public Future<Cancellation> cancel(String tenant, NotificationId id, long nowMillis) {
    return store.writer().submit(new CancelChange(tenant, id, nowMillis), 1);
  }

  @Override
  public Future<List<PastResult>> recentResults(int limit) {
    return store.readers().read(session -> session.attempts().results(limit));
  }

  @Override
  public Future<List<Long>> webhookTimes(long spanMillis) {
    return store.readers().read(session -> session.webhooks().times(spanMillis));
  }
}

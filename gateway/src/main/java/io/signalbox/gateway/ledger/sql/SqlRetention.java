package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.RetentionLedger;
import io.signalbox.gateway.ledger.sql.RetentionReader.KeyPlace;
import io.signalbox.gateway.ledger.sql.RetentionReader.Slice;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes the old from a store: readers look for it, so that the writer only has to delete, and
 * what stays costs it little.
 */
final class SqlRetention implements RetentionLedger {
  /** Notifications in one commit: with all they have they hold others up for some milliseconds. */
  private static final int NOTIFICATIONS = 200;

  private static final int ROWS = 500;

  /** In one commit: they have bodies. */
  private static final int REQUEST_KEYS = 100;

  /** A store may keep notifications for a week longer, to remove that week at once. */
  private static final long LONGEST_LONGER_MILLIS = Duration.ofDays(7).toMillis();

  /** Each removal costs a line of its own. */
  private static final int AUDIT_LINES = 1_000;

  private static final long LONGEST_LONGER_OF_AUDIT_MILLIS = Duration.ofDays(1).toMillis();

  private final Clock clock = Clock.systemUTC();
  private final Store store;
  private final SqlPast past;
  private final TenantScope others;
  private final long longerMillis;
  private final RetentionWalk<Long> notifications;
  private final RetentionWalk<Long> contents;
  private final Map<String, RetentionWalk<Long>> ofTenants = new HashMap<>();
  private final RetentionWalk<Long> calls;
  private final RetentionWalk<Long> receipts;
  private final RetentionWalk<Long> aliases;
  private final RetentionWalk<Long> breakerEvents;
  private final RetentionWalk<KeyPlace> idempotencyKeys;
  private final RetentionWalk<Long> rankings;

  /**
   * Makes what removes the old.
   *
   * @param tenants whose notifications are kept for times of their own
   * @param longerMillis by how much the longest of these is longer than that of the others
   */
  SqlRetention(Store store, List<String> tenants, long longerMillis) {
    this.store = store;
    this.others = TenantScope.except(tenants);
    this.longerMillis = Math.max(0, longerMillis);
    this.past = store.engine().past();
    this.notifications = new RetentionWalk<>(store, -1L, this::nextNotifications);
    this.contents =
        new RetentionWalk<>(
            store,
            -1L,
            (session, after, before) -> session.retention().contents(after, before, NOTIFICATIONS));
    for (String tenant : tenants) {
      TenantScope own = TenantScope.of(tenant);
      ofTenants.put(
          tenant,
          new RetentionWalk<>(
              store,
              -1L,
              (session, after, before) -> {
                KeyRange left = new KeyRange(after + 1, NotificationId.firstKey(before));
                return session.retention().notifications(own, left, before, NOTIFICATIONS);
              }));
    }
    this.calls =
        new RetentionWalk<>(
            store, -1L, (session, after, before) -> session.retention().calls(after, before, ROWS));
    this.receipts =
        new RetentionWalk<>(
            store,
            0L,
            (session, after, before) -> session.retention().receipts(after, before, ROWS));
    this.aliases =
        new RetentionWalk<>(
            store,
            0L,
            (session, after, before) -> session.retention().aliases(after, before, ROWS));
    this.breakerEvents =
        new RetentionWalk<>(
            store,
            0L,
            (session, after, before) -> session.retention().breakerEvents(after, before, ROWS));
    this.idempotencyKeys =
        new RetentionWalk<>(
            store,
            new KeyPlace("", ""),
            (session, after, before) -> session.retention().idempotencyKeys(after, before, ROWS));
    this.rankings = new RetentionWalk<>(store, Long.MIN_VALUE, SqlRetention::nextRankings);
  }

  @Override
  public Future<Removed> removeNotifications(long beforeMillis) {
    if (!store.deletes()) {
      return Future.succeededFuture(new Removed(0, false));
    }
    return store
        .readers()
        .read(session -> past.removeSome(beforeMillis - longerMillis))
        .compose(
            some -> some.more() ? Future.succeededFuture(some) : notifications.next(beforeMillis));
  }

  @Override
  public Future<Removed> removeNotifications(String tenant, long beforeMillis) {
    RetentionWalk<Long> walk = ofTenants.get(tenant);
    return walk == null
        ? Future.failedFuture(new IllegalArgumentException("a tenant without a time of its own"))
        : walk.next(beforeMillis);
  }

  private Slice<Long> nextNotifications(ReadSession session, Long after, long beforeMillis)
      throws SQLException {
    // A week that waits for a tenant's longer time is not dropped in its turn.
    List<KeyRange> ranges =
        longerMillis > 0
            ? List.of(new KeyRange(0, NotificationId.firstKey(beforeMillis)))
            : past.rows(beforeMillis);
    for (int i = 0; i < ranges.size(); i++) {
      KeyRange range = ranges.get(i);
      if (after + 1 < range.until()) {
        KeyRange left = new KeyRange(Math.max(after + 1, range.from()), range.until());
        Slice<Long> page =
            session.retention().notifications(others, left, beforeMillis, NOTIFICATIONS);
        return page.end() && i + 1 < ranges.size()
            ? new Slice<>(range.until() - 1, page.found(), false, page.removal())
            : page;
      }
    }
    return new Slice<>(after, 0, true, nothing -> 0);
  }

  @Override
  public Future<Removed> removeOperations(long beforeMillis) {
    return removeOperations(others, beforeMillis);
  }

  @Override
  public Future<Removed> removeOperations(String tenant, long beforeMillis) {
    return removeOperations(TenantScope.of(tenant), beforeMillis);
  }

  private Future<Removed> removeOperations(TenantScope scope, long beforeMillis) {
    return store
        .delete(
            session -> session.operationRetention().remove(scope, beforeMillis, NOTIFICATIONS), 1)
        .map(Removed::some);
  }

  @Override
  public Future<Removed> removeContents(long beforeMillis) {
    return contents.next(beforeMillis);
  }

  @Override
  public Future<Removed> removeCalls(long beforeMillis) {
    return calls.next(beforeMillis);
  }

  @Override
  public Future<Removed> removeReceipts(long beforeMillis) {
    return receipts.next(beforeMillis);
  }

  @Override
  public Future<Removed> removeAliases(long beforeMillis) {
    return aliases.next(beforeMillis);
  }

  @Override
  public Future<Removed> removeIdempotencyKeys(long beforeMillis) {
    return idempotencyKeys.next(beforeMillis);
  }

  @Override
  public Future<Removed> removeRequestKeys(long beforeMillis) {
    return store
        .delete(session -> session.requestKeys().remove(beforeMillis, REQUEST_KEYS), 1)
        .map(Removed::some);
  }

  @Override
  public Future<Removed> removeBreakerEvents(long beforeMillis) {
    return breakerEvents.next(beforeMillis);
  }

  @Override
  public Future<Removed> removeRankings(long beforeMillis) {
    return rankings.next(beforeMillis - LONGEST_LONGER_MILLIS - 2 * RankingTable.USE_MILLIS);
  }

  @Override
  public Future<Removed> removeAuditLines(long beforeMillis) {
    return store
        .delete(
            session ->
                session
                    .audit()
                    .removeOld(
                        beforeMillis,
                        beforeMillis - LONGEST_LONGER_OF_AUDIT_MILLIS,
                        clock.millis(),
                        AUDIT_LINES),
            1)
        .map(Removed::some);
  }

  private static Slice<Long> nextRankings(ReadSession session, Long after, long beforeMillis)
      throws SQLException {
    // Uses are noted late; who made them was accepted before.
    long untilKey = NotificationId.firstKey(beforeMillis + 2 * RankingTable.USE_MILLIS);
    return session.retention().rankings(after, beforeMillis, untilKey, ROWS);
  }
}

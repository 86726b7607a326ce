package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.RetentionLedger.Removed;
import io.signalbox.gateway.ledger.sql.KeyRange;
import io.signalbox.gateway.ledger.sql.SqlPast;
import io.signalbox.gateway.model.NotificationId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops the partitions of weeks that are past. A week is looked through first, a page at a time and
 * without a lock, for what has to stay. Weeks of which much has to stay are left to be removed as
 * rows, as is what belongs to no week.
 */
final class PgPast implements SqlPast {
  /** What has to stay of a week is moved while the tables are locked, so it is little. */
  static final int MAX_MOVED = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(PgPast.class);

  /** How often the locks of one week are tried for in one go. */
  private static final int MAX_TRIES = 20;

  private final PgPool pool;
  private final Fence fence;
  private final Set<PgWeek> left = new HashSet<>();
  private @Nullable PgOldWeek current;
  private long before = Long.MIN_VALUE;
  private boolean done;
  private int tries;

  PgPast(PgPool pool, Fence fence) {
    this.pool = pool;
    this.fence = fence;
  }

  /** Says whether this is still this node's to do, until the transaction ends. */
  @FunctionalInterface
  interface Fence {
    boolean isOurs(PgLink link) throws SQLException;
  }

  @Override
  public synchronized Removed removeSome(long beforeMillis) throws SQLException {
    if (before != beforeMillis) {
      before = beforeMillis;
      done = false;
      current = null;
      left.clear();
    }
    if (done) {
      return new Removed(0, false);
    }
    PgLink link = pool.acquire();
    try {
      return removeSome(link);
    } finally {
      pool.release(link);
    }
  }

  private Removed removeSome(PgLink link) throws SQLException {
    PgOldWeek week = current;
    if (week == null) {
      PgWeek next = next(link);
      done = next == null;
      if (next != null) {
        current = new PgOldWeek(next, before);
        tries = 0;
      }
      return new Removed(0, next != null);
    }
    try {
      return week.isLookedThrough() ? drop(link, week) : look(link, week);
    } catch (SQLException e) {
      if (PgFailures.isMissing(e.getSQLState())) {
        // Another gateway was faster.
        current = null;
      } else if (!PgFailures.isPassing(e.getSQLState())) {
        throw e;
      } else if (++tries >= MAX_TRIES) {
        leave(week, String.valueOf(e.getMessage()));
      }
      return new Removed(0, true);
    }
  }

  private Removed look(PgLink link, PgOldWeek week) throws SQLException {
    week.look(link);
    if (week.stays().size() > MAX_MOVED) {
      leave(week, "more than " + MAX_MOVED + " notifications of it have to stay");
    }
    return new Removed(0, true);
  }

  private Removed drop(PgLink link, PgOldWeek week) throws SQLException {
    int rows = week.drop(link, fence);
    if (rows < 0) {
      // The other node begins with its own look.
      done = true;
      current = null;
      return new Removed(0, false);
    }
    LOG.info(
        "the partitions of {} are dropped: {} notifications went, {} have to stay",
        week.week().partition("notifications"),
        rows,
        week.stays().size());
    current = null;
    return new Removed(rows, true);
  }

  private void leave(PgOldWeek week, String why) {
    LOG.info("{} is not dropped: {}", week.week().partition("notifications"), why);
    left.add(week.week());
    current = null;
  }

  private @Nullable PgWeek next(PgLink link) throws SQLException {
    for (Map.Entry<PgWeek, Integer> week : PgWeek.all(link).entrySet()) {
      if (isWhole(week) && !left.contains(week.getKey())) {
        return week.getKey();
      }
    }
    return null;
  }

  /** Whether all of it is past, and has a partition in each table. */
  private boolean isWhole(Map.Entry<PgWeek, Integer> week) {
    return week.getKey().untilMillis() <= before && week.getValue() == PgWeek.TABLES.size();
  }

  /** All that is no week that may be dropped, now or later. */
  @Override
  public synchronized List<KeyRange> rows(long beforeMillis) throws SQLException {
    List<KeyRange> ranges = new ArrayList<>();
    long end = NotificationId.firstKey(beforeMillis);
    long from = 0;
    PgLink link = pool.acquire();
    try {
      for (Map.Entry<PgWeek, Integer> week : PgWeek.all(link).entrySet()) {
        KeyRange keys = week.getKey().keys();
        boolean asRows = week.getValue() < PgWeek.TABLES.size() || left.contains(week.getKey());
        if (keys.from() < end && !asRows) {
          add(ranges, from, keys.from());
          from = keys.until();
        }
      }
    } finally {
      pool.release(link);
    }
    add(ranges, from, end);
    return ranges;
  }

  private static void add(List<KeyRange> ranges, long from, long until) {
    if (from < until) {
      ranges.add(new KeyRange(from, until));
    }
  }
}

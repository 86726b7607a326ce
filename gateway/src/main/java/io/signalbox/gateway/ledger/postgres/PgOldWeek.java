package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.sql.RemovedTotals;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A week on its way out. */
final class PgOldWeek {
  /** How many notifications are looked at in one go. */
  private static final int PAGE = 10_000;

  /**
   * Who reads for long makes us try again; and should this process stand still, the server gives
   * its locks back.
   */
  private static final String BOUNDS =
      "BEGIN; SET LOCAL lock_timeout = 100; SET LOCAL statement_timeout = 3000;"
          + " SET LOCAL idle_in_transaction_session_timeout = 3000";

  /** The first lock is held from then on until the end, and who inserts waits for all that time. */
  private static final long MAX_LOCKED_MILLIS = 300;

  private final PgWeek week;
  private final long beforeMillis;
  private final RemovedTotals totals = new RemovedTotals();
  private final Set<Long> stays = new LinkedHashSet<>();
  private long place;
  private int goes;
  private boolean watched;
  private boolean lookedThrough;
  private long beganNanos;

  PgOldWeek(PgWeek week, long beforeMillis) {
    this.week = week;
    this.beforeMillis = beforeMillis;
    this.place = week.keys().from() - 1;
  }

  PgWeek week() {
    return week;
  }

  /** The notifications that have to stay, as far as they are known. */
  Set<Long> stays() {
    return stays;
  }

  /** Whether all of it has been looked at. */
  boolean isLookedThrough() {
    return lookedThrough;
  }

  private String notifications() {
    return week.partition("notifications");
  }

  /**
   * Has all that changes from now on noted, by whomever: a trigger, for which the lock of this
   * week's partition is waited for. What was noted for an earlier look says nothing to this one.
   */
  private void watch(PgLink link) throws SQLException {
    try {
      link.run(
          BOUNDS
              + "; DELETE FROM late_changes WHERE id >= "
              + week.keys().from()
              + " AND id < "
              + week.keys().until()
              + "; CREATE OR REPLACE TRIGGER late_change"
              + " AFTER INSERT OR UPDATE OF state, due_at, attempts, updated_at ON "
              + notifications()
              + " FOR EACH ROW EXECUTE FUNCTION signalbox_note_late_change(); COMMIT");
    } catch (SQLException e) {
      rollback(link);
      throw e;
    }
    watched = true;
  }

  /** Looks at the next page: counts what can go, and notes what stays. */
  void look(PgLink link) throws SQLException {
    if (!watched) {
      watch(link);
    }
    String page =
        "(SELECT id, tenant, lane, state, attempts, ("
            + RemovedTotals.finished("$2")
            + " AND id NOT IN (SELECT l.id FROM late_changes l)) AS goes FROM "
            + notifications()
            + " WHERE id > $1 ORDER BY id LIMIT "
            + PAGE
            + ") page";
    Tuple from = Tuple.of(place, PgTimes.of(beforeMillis));
    int rows = 0;
    RowSet<Row> counted =
        ask(
            link,
            "SELECT tenant, lane, state, count(*), sum(attempts)::bigint, max(id),"
                + " array_agg(id) FILTER (WHERE NOT goes), goes FROM "
                + page
                + " GROUP BY tenant, lane, state, goes",
            from);
    for (Row row : counted) {
      rows += row.getInteger(3);
      place = Math.max(place, row.getLong(5));
      if (row.getBoolean(7)) {
        goes += row.getInteger(3);
        totals.add(
            row.getString(0), row.getInteger(1), row.getInteger(2), row.getLong(3), row.getLong(4));
      } else {
        stays.addAll(List.of(row.getArrayOfLongs(6)));
      }
    }
    lookedThrough = rows < PAGE;
  }

  /**
   * Drops its partitions, after what has to stay was moved to where no week is.
   *
   * @return how many notifications went; -1 if another node does this by now, and nothing was done
   */
  int drop(PgLink link, PgPast.Fence fence) throws SQLException {
    try {
      link.run(BOUNDS);
      // First of all: our own writer takes the lock of this before those of the tables, too.
      if (!fence.isOurs(link)) {
        rollback(link);
        return -1;
      }
      beganNanos = System.nanoTime();
      for (String table : PgWeek.TABLES) {
        limit(link);
        link.run("ALTER TABLE " + table + " DETACH PARTITION " + week.partition(table));
      }
      lookAgain(link);
      if (!stays.isEmpty()) {
        move(link, "notifications", "id");
        move(link, "provider_requests", "notification_id");
        move(link, "notification_events", "notification_id");
      }
      for (String table : PgWeek.TABLES) {
        limit(link);
        link.run("DROP TABLE " + week.partition(table));
      }
      for (RemovedTotals.Total total : totals.all()) {
        limit(link);
        add(link, total);
      }
      limit(link);
      ask(
          link,
          "DELETE FROM late_changes WHERE id >= $1 AND id < $2",
          Tuple.of(week.keys().from(), week.keys().until()));
      limit(link);
      link.run("COMMIT");
      return goes;
    } catch (SQLException e) {
      rollback(link);
      throw e;
    }
  }

  /** Gives the next statement what is left of the time, or ends the try. */
  private void limit(PgLink link) throws SQLException {
    long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
    if (passed >= MAX_LOCKED_MILLIS) {
      throw new SQLException(
          "the tables were locked for " + passed + " ms", PgFailures.LOCK_NOT_AVAILABLE);
    }
    link.run("SET LOCAL statement_timeout = " + (MAX_LOCKED_MILLIS - passed));
  }

  /** What has changed since, or has come, or has an attempt under way, stays and is not counted. */
  private void lookAgain(PgLink link) throws SQLException {
    limit(link);
    for (Row late :
        ask(
            link,
            "SELECT id, tenant, lane, state, attempts FROM late_changes WHERE id >= $1 AND id < $2",
            Tuple.of(week.keys().from(), week.keys().until()))) {
      // Of those that have no state nothing was there to be counted.
      if (stays.add(late.getLong(0)) && late.getInteger(3) != null) {
        uncount(late);
      }
    }
    limit(link);
    RowSet<Row> open =
        link.run(
            "SELECT id FROM "
                + notifications()
                + " WHERE due_at IS NOT NULL UNION SELECT id FROM "
                + notifications()
                + " WHERE state IN (3, 8) UNION SELECT id FROM "
                + notifications()
                + " WHERE due_at IS NULL AND state IN (0, 1, 2) UNION SELECT id FROM "
                + notifications()
                + " WHERE id > "
                + place
                + " UNION SELECT notification_id FROM "
                + week.partition("provider_requests")
                + " WHERE outcome IS NULL");
    Set<Long> found = new LinkedHashSet<>();
    for (Row row : open) {
      if (stays.add(row.getLong(0))) {
        found.add(row.getLong(0));
      }
    }
    if (!found.isEmpty()) {
      limit(link);
      for (Row row :
          ask(
              link,
              "SELECT id, tenant, lane, state, attempts FROM "
                  + notifications()
                  + " WHERE id = ANY($1) AND id <= $2",
              Tuple.of(found.toArray(Long[]::new), place))) {
        uncount(row);
      }
    }
  }

  /** It was looked at, and did not have to stay then. */
  private void uncount(Row row) {
    goes--;
    totals.add(row.getString(1), row.getInteger(2), row.getInteger(3), -1, -row.getInteger(4));
  }

  private void move(PgLink link, String table, String key) throws SQLException {
    limit(link);
    ask(
        link,
        "INSERT INTO "
            + table
            + " OVERRIDING SYSTEM VALUE SELECT * FROM "
            + week.partition(table)
            + " WHERE "
            + key
            + " = ANY($1)",
        Tuple.of(stays.toArray(Long[]::new)));
  }

  private static void add(PgLink link, RemovedTotals.Total total) throws SQLException {
    ask(
        link,
        PgText.of(RemovedTotals.ADD).sql(),
        Tuple.of(
            total.tenant(),
            total.channel(),
            total.state(),
            total.notifications(),
            total.attempts()));
  }

  private static RowSet<Row> ask(PgLink link, String sql, Tuple values) throws SQLException {
    return link.await(link.connection().preparedQuery(sql).execute(values));
  }

  private static void rollback(PgLink link) {
    try {
      link.run("ROLLBACK");
    } catch (SQLException e) {
      // With its connection the transaction ends too.
      link.lose();
    }
  }
}

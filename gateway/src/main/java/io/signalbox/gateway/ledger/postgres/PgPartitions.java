package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.failure.DatabaseErrorKind;
import io.signalbox.gateway.ledger.sql.KeyRange;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Partitions of a week each, made ahead of their time. */
final class PgPartitions {
  private static final Logger LOG = LoggerFactory.getLogger(PgPartitions.class);
  private static final int AHEAD = 3;

  private PgPartitions() {}

  /** Makes what is missing of this week's and the next ones. */
  static void make(PgLink link, long nowMillis) throws SQLException {
    for (String table : PgWeek.TABLES) {
      for (int i = 0; i <= AHEAD; i++) {
        make(link, table, PgWeek.of(nowMillis).plus(i));
      }
    }
  }

  private static void make(PgLink link, String table, PgWeek week) throws SQLException {
    KeyRange keys = week.keys();
    try {
      link.run(
          // Making one locks the whole table: better later than all behind who reads it for long.
          "SET LOCAL lock_timeout = 200; CREATE TABLE IF NOT EXISTS "
              + week.partition(table)
              + " PARTITION OF "
              + table
              + " FOR VALUES FROM ("
              + keys.from()
              + ") TO ("
              + keys.until()
              + ")");
    } catch (SQLException e) {
      if (DatabaseErrorKind.ofState(e.getSQLState()) != DatabaseErrorKind.CONSTRAINT
          && !PgFailures.LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw e;
      }
      // If the default partition has rows of that time, they stay there, and so do those to come.
      LOG.warn("no partition of {} is made: {}", table, e.getMessage());
    }
  }
}

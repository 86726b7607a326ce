package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.DegradationLedger.ModeChange;
import io.signalbox.gateway.ledger.FailureMetric;
import io.signalbox.gateway.ledger.ReasonsJson;
import io.signalbox.scoring.FailureKind;
import java.sql.SQLException;

/** The writer's statements on {@code failure_metrics} and {@code degradation_events}. */
final class DegradationTable {
  private static final int DELETED_AT_ONCE = 500;

  private final SqlStatement metric;
  private final SqlStatement change;
  private final SqlStatement forgetMetrics;
  private final SqlStatement forgetChanges;

  DegradationTable(SqlConnection connection) throws SQLException {
    metric =
        connection.prepare(
            """
            INSERT INTO failure_metrics (provider, window_start, created_at, total_requests,
              successful_requests, failed_requests, failure_rate, severity, timeouts,
              connection_failures, server_errors, provider_faults, other_failures, throttled,
              rejected)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
    change =
        connection.prepare(
            "INSERT INTO degradation_events (from_mode, to_mode, reasons, created_at)"
                + " VALUES (?, ?, ?, ?)");
    forgetMetrics = forget(connection, "failure_metrics");
    forgetChanges = forget(connection, "degradation_events");
  }

  /** Rows append in the order of time, so the oldest are found at the beginning. */
  private static SqlStatement forget(SqlConnection connection, String table) throws SQLException {
    return connection.prepare(
        "DELETE FROM "
            + table
            + " WHERE created_at < ? AND id IN (SELECT id FROM "
            + table
            + " ORDER BY id LIMIT "
            + DELETED_AT_ONCE
            + ")");
  }

  void insert(FailureMetric row) throws SQLException {
    metric.setString(1, row.provider());
    metric.setTime(2, row.windowStartMillis());
    metric.setTime(3, row.windowEndMillis());
    metric.setInt(4, row.requests());
    metric.setInt(5, row.successes());
    metric.setInt(6, row.failures());
    metric.setDouble(7, row.failureRate());
    metric.setString(8, row.severity());
    metric.setInt(9, row.count(FailureKind.TIMEOUT));
    metric.setInt(10, row.count(FailureKind.CONNECTION));
    metric.setInt(11, row.count(FailureKind.SERVER_ERROR));
    metric.setInt(12, row.count(FailureKind.PROVIDER_FAULT));
    metric.setInt(13, row.count(FailureKind.OTHER));
    metric.setInt(14, row.count(FailureKind.THROTTLED));
    metric.setInt(15, row.count(FailureKind.REJECTED));
    metric.execute();
  }

  void insert(ModeChange row) throws SQLException {
    change.setString(1, row.from().name());
    change.setString(2, row.to().name());
    change.setString(3, ReasonsJson.write(row.reasons()).encode());
    change.setTime(4, row.atMillis());
    change.execute();
  }

  /** Deletes some of what is older; returns how many rows. */
  int forget(long beforeMillis) throws SQLException {
    forgetMetrics.setTime(1, beforeMillis);
    forgetChanges.setTime(1, beforeMillis);
    return forgetMetrics.update() + forgetChanges.update();
  }
}

package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.ProviderLedger.HealthRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The writer's statements on {@code provider_controls} and {@code provider_health}. */
final class ProviderTable {
  private final SqlStatement control;
  private final SqlStatement health;
  private final SqlStatement available;
  private final SqlStatement absent;

  ProviderTable(SqlConnection connection) throws SQLException {
    control =
        connection.prepare(
            """
            INSERT INTO provider_controls (provider, drained, actor, changed_at)
            VALUES (?, ?, ?, ?)
            ON CONFLICT (provider) DO UPDATE SET drained = excluded.drained,
              actor = excluded.actor, changed_at = excluded.changed_at""");
    health =
        connection.prepare(
            """
            INSERT INTO provider_health (provider, status, success_rate, avg_response_time_ms,
              total_requests, successful_requests, failed_requests, last_success_at,
              last_failure_at, last_checked_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (provider) DO UPDATE SET
              status = excluded.status,
              success_rate = excluded.success_rate,
              avg_response_time_ms = excluded.avg_response_time_ms,
              total_requests = provider_health.total_requests + excluded.total_requests,
              successful_requests = provider_health.successful_requests
                + excluded.successful_requests,
              failed_requests = provider_health.failed_requests + excluded.failed_requests,
              last_success_at = coalesce(excluded.last_success_at,
                provider_health.last_success_at),
              last_failure_at = coalesce(excluded.last_failure_at,
                provider_health.last_failure_at),
              last_checked_at = excluded.last_checked_at""");
    available =
        connection.prepare(
            "SELECT provider, last_checked_at FROM provider_health WHERE status <> 'unavailable'");
    absent =
        connection.prepare(
            "UPDATE provider_health SET status = 'unavailable', last_checked_at = ?"
                + " WHERE provider = ?");
  }

  void drain(String provider, boolean drained, String actor, long nowMillis) throws SQLException {
    control.setString(1, provider);
    control.setFlag(2, drained);
    control.setString(3, actor);
    control.setTime(4, nowMillis);
    control.execute();
  }

  void health(HealthRow row) throws SQLException {
    health.setString(1, row.provider());
    health.setString(2, row.status());
    health.setDouble(3, row.successRate());
    health.setDouble(4, row.averageResponseMillis());
    health.setLong(5, row.successes() + row.failures());
    health.setLong(6, row.successes());
    health.setLong(7, row.failures());
    Columns.time(health, 8, time(row.lastSuccessAtMillis()));
    Columns.time(health, 9, time(row.lastFailureAtMillis()));
    health.setTime(10, row.checkedAtMillis());
    health.execute();
  }

  /** Marks those of which nothing was told since a time. */
  void absent(Set<String> present, long beforeMillis, long nowMillis) throws SQLException {
    List<String> gone = new ArrayList<>();
    try (SqlRows row = available.query()) {
      while (row.next()) {
        String provider = row.getString(1);
        if (!present.contains(provider) && row.getLong(2) < beforeMillis) {
          gone.add(provider);
        }
      }
    }
    for (String provider : gone) {
      absent.setTime(1, nowMillis);
      absent.setString(2, provider);
      absent.execute();
    }
  }

  private static @Nullable Long time(long millis) {
    return millis <= 0 ? null : millis;
  }
}

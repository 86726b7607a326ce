package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.ProviderLedger.HealthRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The writer's statements on {@code provider_controls} and {@code provider_health}. */
final class ProviderTable {
  private final PreparedStatement control;
  private final PreparedStatement health;
  private final PreparedStatement available;
  private final PreparedStatement absent;

  ProviderTable(Connection connection) throws SQLException {
    control =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO provider_controls (provider, drained, actor, changed_at)"
                + " VALUES (?, ?, ?, ?)");
    health =
        connection.prepareStatement(
            """
            INSERT INTO provider_health (provider, status, success_rate, avg_response_time_ms,
              total_requests, successful_requests, failed_requests, last_success_at,
              last_failure_at, last_checked_at)
            VALUES (?1, ?2, ?3, ?4, ?5 + ?6, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT (provider) DO UPDATE SET
              status = excluded.status,
              success_rate = excluded.success_rate,
              avg_response_time_ms = excluded.avg_response_time_ms,
              total_requests = total_requests + excluded.total_requests,
              successful_requests = successful_requests + excluded.successful_requests,
              failed_requests = failed_requests + excluded.failed_requests,
              last_success_at = coalesce(excluded.last_success_at, last_success_at),
              last_failure_at = coalesce(excluded.last_failure_at, last_failure_at),
              last_checked_at = excluded.last_checked_at""");
    available =
        connection.prepareStatement(
            "SELECT provider FROM provider_health WHERE status <> 'unavailable'");
    absent =
        connection.prepareStatement(
            "UPDATE provider_health SET status = 'unavailable', last_checked_at = ?"
                + " WHERE provider = ?");
  }

  void drain(String provider, boolean drained, String actor, long nowMillis) throws SQLException {
    control.setString(1, provider);
    control.setInt(2, drained ? 1 : 0);
    control.setString(3, actor);
    control.setLong(4, nowMillis);
    control.executeUpdate();
  }

  void health(HealthRow row) throws SQLException {
    health.setString(1, row.provider());
    health.setString(2, row.status());
    health.setDouble(3, row.successRate());
    health.setDouble(4, row.averageResponseMillis());
    health.setLong(5, row.successes());
    health.setLong(6, row.failures());
    Columns.bind(health, 7, time(row.lastSuccessAtMillis()));
    Columns.bind(health, 8, time(row.lastFailureAtMillis()));
    health.setLong(9, row.checkedAtMillis());
    health.executeUpdate();
  }

  void absent(Set<String> present, long nowMillis) throws SQLException {
    List<String> gone = new ArrayList<>();
    try (ResultSet row = available.executeQuery()) {
      while (row.next()) {
        gone.add(row.getString(1));
      }
    }
    gone.removeAll(present);
    for (String provider : gone) {
      absent.setLong(1, nowMillis);
      absent.setString(2, provider);
      absent.executeUpdate();
    }
  }

  private static @Nullable Long time(long millis) {
    return millis <= 0 ? null : millis;
  }
}

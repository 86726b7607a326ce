package io.signalbox.gateway.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.DegradationLedger;
import io.signalbox.gateway.ledger.DegradationLedger.ModeChange;
import io.signalbox.gateway.ledger.FailureMetric;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.model.DegradationCause;
import io.signalbox.gateway.model.DegradationMode;
import io.signalbox.gateway.model.DegradationReason;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.scoring.FailureKind;
import io.signalbox.spi.Channel;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Failures and modes in the embedded ledger, and the SQL with which operators ask for them. */
class SqliteDegradationTest extends LedgerContract {
  private static final String LAST_DAY = "NOW() - INTERVAL '24 hours'";
  private SqlLedger sqlite;

  @Override
  protected Opened open() throws Exception {
    sqlite = await(SqliteFiles.open(vertx, directory));
    return SqliteFiles.ports(sqlite);
  }

  private DegradationLedger degradation() {
    return sqlite.degradation();
  }

  private static FailureMetric metric(String provider, long endMillis) {
    return new FailureMetric(
        provider,
        endMillis - 60_000,
        endMillis,
        23,
        15,
        5,
        "critical",
        Map.of(
            FailureKind.TIMEOUT,
            2,
            FailureKind.SERVER_ERROR,
            3,
            FailureKind.THROTTLED,
            1,
            FailureKind.REJECTED,
            2));
  }

  @Test
  void keepsFailuresByKind() throws Exception {
    await(degradation().recordFailures(List.of(metric("alpha", NOW), metric("beta", NOW))));

    assertThat(
            ask(
                """
                SELECT provider, created_at - window_start, total_requests, successful_requests,
                  failed_requests, failure_rate, severity, timeouts, connection_failures,
                  server_errors, provider_faults, other_failures, throttled, rejected
                FROM failure_metrics ORDER BY provider\
                """))
        .containsExactly(
            "alpha|60000|23|15|5|0.25|critical|2|0|3|0|0|1|2",
            "beta|60000|23|15|5|0.25|critical|2|0|3|0|0|1|2");
  }

  @Test
  void keepsChangesOfTheModeOverARestart() throws Exception {
    assertThat(await(degradation().latestModeChange())).isEmpty();
    ModeChange change =
        new ModeChange(
            DegradationMode.NORMAL,
            DegradationMode.CRITICAL,
            List.of(
                new DegradationReason(DegradationCause.NO_CHANNEL_WORKS, null, "none"),
                new DegradationReason(
                    DegradationCause.NO_USABLE_PROVIDER, Channel.SMS, "a: breaker_open")),
            NOW);
    await(degradation().recordModeChange(change));
    reopen();

    assertThat(await(degradation().latestModeChange())).contains(change);
    assertThat(ask("SELECT from_mode, to_mode, created_at FROM degradation_events"))
        .containsExactly("NORMAL|CRITICAL|" + NOW);
  }

  @Test
  void forgetsWhatIsOld() throws Exception {
    for (long end = NOW; end < NOW + 1_200; end++) {
      await(degradation().recordFailures(List.of(metric("alpha", end))));
    }
    await(
        degradation()
            .recordModeChange(
                new ModeChange(DegradationMode.PARTIAL, DegradationMode.NORMAL, List.of(), NOW)));

    List<Integer> deleted = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      deleted.add(await(degradation().forgetFailures(NOW + 1_100)));
    }

    assertThat(deleted).containsExactly(501, 500, 100, 0);
    assertThat(ask("SELECT COUNT(*), MIN(created_at) FROM failure_metrics"))
        .containsExactly("100|" + (NOW + 1_100));
  }

  /** The queries of operators, word for word but for the dialect. */
  @Test
  void answersTheQueriesOfOperators() throws Exception {
    NotificationId first = begun();
    settle(first, 1, broken(), new NextStep.Retry(NOW, 0, "x"));
    await(ledger().begin(start(first, 2, "beta")));
    settleSent(first, 2, "m-1");
    NotificationId second = begun();
    settle(second, 1, broken(), finish(NotificationState.DEAD_LETTER));
    begun();

    assertThat(
            ask(
                """
                SELECT
                  provider,
                  error_message,
                  COUNT(*) as occurrences
                FROM provider_requests
                WHERE success = false
                AND created_at > NOW() - INTERVAL '24 hours'
                GROUP BY provider, error_message
                ORDER BY occurrences DESC;\
                """))
        .containsExactly("alpha|refused|2");
    assertThat(
            ask(
                """
                SELECT
                  provider,
                  DATE_TRUNC('hour', created_at) as hour,
                  COUNT(*) as total,
                  SUM(CASE WHEN success THEN 1 ELSE 0 END) as successful,
                  ROUND(AVG(response_time_ms)) as avg_ms
                FROM provider_requests
                WHERE created_at > NOW() - INTERVAL '24 hours'
                GROUP BY provider, hour
                ORDER BY hour DESC, provider;\
                """))
        .containsExactly("alpha|2023-11-14 22:00|3|0|99.0", "beta|2023-11-14 22:00|1|1|99.0");
    assertThat(
            ask(
                """
                SELECT
                  provider,
                  request_type,
                  AVG(response_time_ms) as avg_ms,
                  MAX(response_time_ms) as max_ms,
                  COUNT(*) as requests
                FROM provider_requests
                WHERE created_at > NOW() - INTERVAL '24 hours'
                GROUP BY provider, request_type
                ORDER BY avg_ms DESC, provider;\
                """))
        .containsExactly("alpha|send|99.0|99|3", "beta|send|99.0|99|1");
  }

  /** Times are milliseconds in the embedded ledger; now is that of the test. */
  private static String inSqlite(String query) {
    return query
        .replace(LAST_DAY, NOW + " - 24 * 60 * 60 * 1000")
        .replace(
            "DATE_TRUNC('hour', created_at)",
            "strftime('%Y-%m-%d %H:00', created_at / 1000, 'unixepoch')");
  }

  private List<String> ask(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + SqliteFiles.file(directory));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(inSqlite(query))) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          values.add(row.getString(i));
        }
        rows.add(String.join("|", values));
      }
    }
    return rows;
  }
}

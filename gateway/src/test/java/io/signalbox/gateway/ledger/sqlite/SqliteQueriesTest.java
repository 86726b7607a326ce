package io.signalbox.gateway.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The SQL with which operators ask the embedded ledger. */
class SqliteQueriesTest extends LedgerContract {
  private static final String LAST_DAY = "NOW() - INTERVAL '24 hours'";

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
            inSqlite(
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
            inSqlite(
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
            inSqlite(
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
  private List<String> inSqlite(String query) throws Exception {
    return askStore(
        query
            .replace(LAST_DAY, NOW + " - 24 * 60 * 60 * 1000")
            .replace(
                "DATE_TRUNC('hour', created_at)",
                "strftime('%Y-%m-%d %H:00', created_at / 1000, 'unixepoch')"));
  }
}

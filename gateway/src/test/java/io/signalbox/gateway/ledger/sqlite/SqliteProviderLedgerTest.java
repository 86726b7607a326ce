package io.signalbox.gateway.ledger.sqlite;

import static io.signalbox.gateway.api.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.ProviderLedger.HealthRow;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators decided about providers, and the queries that they ask of the file. */
class SqliteProviderLedgerTest {
  private static final long NOW = 1_700_000_000_000L;

  @TempDir private Path dir;
  private Vertx vertx;
  private SqlLedger ledger;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    ledger = await(SqliteFiles.open(vertx, dir));
  }

  @AfterEach
  void close() throws Exception {
    await(ledger.close());
    await(vertx.close());
  }

  @Test
  void aDrainOutlivesTheGateway() throws Exception {
    await(ledger.providers().drain("alpha", true, "someone", NOW));
    await(ledger.providers().drain("beta", true, "someone", NOW));
    await(ledger.providers().drain("beta", false, "someone", NOW + 1));
    await(ledger.close());

    ledger = await(SqliteFiles.open(vertx, dir));
    assertThat(await(ledger.providers().drained())).containsExactly("alpha");
  }

  @Test
  void theTableOfHealthAddsUpAndAnswersTheUsualQueries() throws Exception {
    await(ledger.providers().recordHealth(List.of(row("alpha", 80, 3, 1, NOW, 0))));
    await(
        ledger
            .providers()
            .recordHealth(
                List.of(row("alpha", 75, 0, 1, 0, NOW + 5), row("beta", 90, 9, 1, NOW, NOW))));

    assertThat(
            rows(
                """
                SELECT provider, status, success_rate, avg_response_time_ms, successful_requests,
                  failed_requests
                FROM provider_health ORDER BY success_rate DESC"""))
        .containsExactly("beta|healthy|90.0|120.5|9|1", "alpha|healthy|75.0|120.5|3|2");
    assertThat(
            rows(
                """
                SELECT provider, success_rate || '%' AS success_rate,
                  avg_response_time_ms || 'ms' AS avg_response,
                  successful_requests || '/' || total_requests AS success_total,
                  ((1700000060007 - last_checked_at) / 60000) || ' mins ago' AS last_check
                FROM provider_health ORDER BY provider"""))
        .containsExactly(
            "alpha|75.0%|120.5ms|3/5|1 mins ago", "beta|90.0%|120.5ms|9/10|1 mins ago");
    assertThat(rows("SELECT last_success_at, last_failure_at FROM provider_health LIMIT 1"))
        .containsExactly(NOW + "|" + (NOW + 5));
  }

  @Test
  void aProviderThatIsNotThereAnyMoreIsUnavailable() throws Exception {
    await(
        ledger
            .providers()
            .recordHealth(List.of(row("alpha", 100, 1, 0, NOW, 0), row("beta", 90, 9, 1, NOW, 0))));
    await(ledger.providers().recordAbsent(Set.of("beta"), NOW + 60));

    assertThat(rows("SELECT provider, status, last_checked_at FROM provider_health ORDER BY 1"))
        .containsExactly("alpha|unavailable|" + (NOW + 60), "beta|healthy|" + (NOW + 7));
  }

  private static HealthRow row(
      String provider,
      double rate,
      int successes,
      int failures,
      long lastSuccess,
      long lastFailure) {
    return new HealthRow(
        provider, "healthy", rate, 120.5, successes, failures, lastSuccess, lastFailure, NOW + 7);
  }

  private List<String> rows(String query) throws Exception {
    List<String> found = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + dir.resolve("ledger.db?busy_timeout=30000"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(row.getString(i));
        }
        found.add(String.join("|", values));
      }
    }
    return found;
  }
}

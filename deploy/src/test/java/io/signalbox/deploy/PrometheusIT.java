package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.redis.TestRedis;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes a gateway that uses all it can use, loads the alerts, and knows every
 * metric that alerts and dashboards ask for.
 */
@Timeout(300)
class PrometheusIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int URGENT = 1;
  private static final int USUAL = 3;

  /** Metrics that are there in certain cases only. */
  private static final Set<String> SOMETIMES =
      Set.of(
          "signalbox_tls_certificate_expires_seconds",
          "signalbox_tls_reload_failed",
          "signalbox_plugin_blocked");

  /** What Prometheus itself makes. */
  private static final Set<String> ITS_OWN = Set.of("ALERTS", "up");

  /** What others make, who have a metric once they have something to tell. */
  private static final Pattern FOREIGN = Pattern.compile("(vertx|jvm|process|system)_.*");

  /** Metrics that begin with the first event of their kind, and those that need a configuration. */
  private static final List<String> RARE =
      List.of(
          "signalbox_duplicate_budget_spent_total",
          "signalbox_duplicate_share",
          "signalbox_plugin_answers_late_total",
          "signalbox_plugin_blockages_total",
          "signalbox_plugin_blocked",
          "signalbox_plugin_calls_withdrawn_total",
          "signalbox_plugin_failures_total",
          "signalbox_plugin_stops_total",
          "signalbox_provider_rate_limit",
          "signalbox_tls_certificate_expires_seconds",
          "signalbox_tls_reload_failed",
          "signalbox_tracing_spans_total");

  @TempDir static Path directory;

  private static PostgresDatabase database;
  private static TestRedis redis;
  private static SimulatorProcess simulator;
  private static GatewayProcess gateway;
  private static PrometheusProcess prometheus;

  @BeforeAll
  static void start() throws Exception {
    simulator = SimulatorProcess.start();
    redis = TestRedis.start(directory.resolve("redis"));
    database = PostgresDatabase.create();
    GatewaySettings settings =
        database
            .settings(GatewaySettings.in(directory.resolve("data")).against(simulator), directory)
            .with("redis.urls", redis.url())
            .with("redis.prefix", database.name())
            .with("cluster.enabled", true)
            .with("cluster.name", database.name())
            .with("cluster.port", RestartPort.free());
    gateway = GatewayProcess.start(settings);
    prometheus =
        PrometheusProcess.start(
            directory.resolve("prometheus"),
            gateway.url(),
            gateway.token("manager"),
            AlertRules.FILE);
    eventually(
        () ->
            assertThat(prometheus.targets())
                .singleElement()
                .extracting(target -> ((JsonObject) target).getString("health"))
                .isEqualTo("up"));
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable each :
        new AutoCloseable[] {prometheus, gateway, simulator, redis, database}) {
      if (each != null) {
        each.close();
      }
    }
  }

  private static void eventually(ThrowingRunnable seen) {
    await().atMost(LIMIT).untilAsserted(seen);
  }

  @Test
  void loadsAllAlerts() {
    eventually(
        () -> {
          int rules = 0;
          for (Object group : prometheus.ruleGroups()) {
            for (Object each : ((JsonObject) group).getJsonArray("rules")) {
              JsonObject rule = (JsonObject) each;
              assertThat(rule.getString("health")).as(rule.encode()).isEqualTo("ok");
              rules++;
            }
          }
          assertThat(rules).isEqualTo(AlertRules.alerts().size());
        });
  }

  @Test
  void knowsWhatAlertsAndDashboardsAskFor() {
    sendOne();
    eventually(
        () -> {
          Set<String> known = prometheus.metrics();
          known.addAll(SOMETIMES);
          known.addAll(ITS_OWN);
          for (AlertRules.Alert alert : AlertRules.alerts()) {
            assertThat(known)
                .as(alert.name())
                .containsAll(new Expression(alert.expression()).metrics());
          }
          for (Dashboard dashboard : Dashboard.all()) {
            assertThat(known).as(dashboard.name()).containsAll(dashboard.metricsOfVariables());
            for (String query : dashboard.queries()) {
              assertThat(known)
                  .as("%s: %s", dashboard.name(), query)
                  .containsAll(new Expression(query).metrics());
            }
          }
        });
    for (Dashboard dashboard : Dashboard.all()) {
      for (String query : dashboard.queries()) {
        // Answers 400 to what is no expression.
        prometheus.query(query);
      }
    }
  }

  @Test
  void theWayFromAChartToANotificationIsOneStep() {
    // Of a priority that the other tests do not use, so of buckets whose exemplars nobody has set
    // just now: Prometheus'
    // client keeps one for seconds before it takes the next.
    String id = sendOne(URGENT);
    eventually(
        () -> {
          JsonArray series = prometheus.exemplars("signalbox_accept_to_sent_seconds_bucket");
          assertThat(series.encode()).contains(id);
        });
  }

  @Test
  void thePageHasEveryMetric() {
    sendOne();
    if (Boolean.getBoolean("signalbox.docs.update")) {
      eventually(() -> assertThat(scraped()).containsKey("signalbox_provider_score"));
      Map<String, String> rows = scraped();
      MetricsPage.rows().forEach(rows::putIfAbsent);
      MetricsPage.write(rows);
      return;
    }
    eventually(
        () -> {
          Map<String, String> scraped = scraped();
          Map<String, String> page = MetricsPage.rows();
          scraped.keySet().removeIf(name -> !isOurs(name));
          page.keySet().removeIf(name -> !isOurs(name));
          for (Map.Entry<String, String> row : scraped.entrySet()) {
            assertThat(row.getValue()).as("says what it is").doesNotEndWith("|  |");
            assertThat(page.get(row.getKey()))
                .as("%s: write the page anew with -Dsignalbox.docs.update=true", row.getKey())
                .isEqualTo(row.getValue());
          }
          page.keySet().removeAll(scraped.keySet());
          assertThat(page.keySet()).as("rows of metrics that are no more").isSubsetOf(RARE);
        });
  }

  private static Map<String, String> scraped() {
    return MetricsPage.rowsOf(gateway.admin().get("/metrics").body());
  }

  private static boolean isOurs(String metric) {
    return !FOREIGN.matcher(metric).matches();
  }

  private static String sendOne() {
    return sendOne(USUAL);
  }

  private static String sendOne(int priority) {
    ApiClient api = gateway.admin();
    String id =
        api.send(
            new JsonObject()
                .put("notification_type", "prometheus")
                .put("channel", "email")
                .put("priority", priority)
                .put("recipient_email", "a@example.com")
                .put("title", "t")
                .put("message", "m"));
    eventually(() -> assertThat(api.timeline(id).state()).isIn("sent", "delivered"));
    return id;
  }
}

package io.signalbox.gateway.degradation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.DegradationChanged;
import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderReset;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.ProvidersLoaded;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.health.Health;
import io.signalbox.gateway.health.WorkMonitor;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.DegradationLedger.ModeChange;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteFiles;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.gateway.model.DegradationMode;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.spool.SpoolStatus;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.scoring.FailureKind;
import io.signalbox.scoring.FailureReport;
import io.signalbox.scoring.Severity;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The verticle over a real bus and a real ledger; modes are held for milliseconds. */
class DegradationVerticleTest extends LedgerContract {
  private final Clock clock = Clock.systemUTC();
  private final GatewayConfig config =
      Facts.config(
          Map.of(
              "degradation.enter_after", "1ms",
              "degradation.leave_after", "1ms",
              "degradation.slow_commit", "30s",
              "degradation.metrics_interval", "1s",
              "intake.min_free_disk_bytes", "0",
              "degradation.low_disk_bytes", "0"));
  private final GatewayMeters meters = new GatewayMeters(new SimpleMeterRegistry());
  private final List<DegradationChanged> heard = new CopyOnWriteArrayList<>();
  private SqlLedger sqlite;
  private Bus bus;
  private WorkMonitor monitor;
  private DegradationView view;

  @Override
  protected Opened open() throws Exception {
    sqlite =
        await(
            SqliteLedger.open(
                vertx,
                directory.resolve("ledger.db"),
                new SqlLedgerOptions(256, 20_000, 64 << 20, 2, 1_000),
                new StoredForm()));
    return SqliteFiles.ports(sqlite);
  }

  @BeforeEach
  void watch() throws Exception {
    bus = Bus.install(vertx);
    monitor =
        new WorkMonitor(
            vertx, sqlite, sqlite.webhooks(), directory, meters, clock, Duration.ofMillis(50));
    await(monitor.start());
    bus.listen(Addresses.DEGRADATION, DegradationChanged.class, heard::add);
  }

  @AfterEach
  void stop() {
    monitor.stop();
  }

  private void deploy() throws Exception {
    view = new DegradationView(config.degradation().texts(), clock.millis());
    await(
        vertx.deployVerticle(
            new DegradationVerticle(
                bus,
                sqlite.degradation(),
                config,
                new ServiceProbe(
                    monitor,
                    new Health(monitor, clock),
                    meters,
                    sqlite::stats,
                    () -> SpoolStatus.NONE,
                    () -> ""),
                view,
                clock)));
    announce("a", "closed");
    announce("b", "closed");
    bus.publish(Addresses.PROVIDERS_LOADED, new ProvidersLoaded());
    eventually(() -> assertThat(view.status().channels()).containsKey(Channel.EMAIL));
  }

  private void announce(String provider, String breaker) {
    bus.publish(
        Addresses.PROVIDERS,
        new ProviderState(
            provider,
            "plugin",
            "1.0",
            1,
            Set.of(Channel.EMAIL),
            1,
            100,
            ProviderLimits.of(10, 0),
            Duration.ofSeconds(2),
            false,
            Stage.ACTIVE,
            new BreakerView(breaker, 1, 0, 1, false, "test", 0),
            List.of()));
  }

  private void outcome(String provider, OutcomeKind outcome, FailureKind failure) {
    bus.publish(
        Addresses.OUTCOMES,
        new Observed(provider, Channel.EMAIL, outcome, failure, 5, clock.millis()));
  }

  private static void eventually(ThrowingRunnable seen) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(seen);
  }

  private void modeBecomes(DegradationMode mode) {
    eventually(() -> assertThat(view.status().mode()).isEqualTo(mode));
  }

  @Test
  void tellsStoresAndShowsEachChangeOfTheMode() throws Exception {
    deploy();
    modeBecomes(DegradationMode.NORMAL);
    assertThat(view.notice(Channel.EMAIL)).isNull();

    announce("a", "open");
    modeBecomes(DegradationMode.PARTIAL);
    assertThat(view.notice(Channel.EMAIL)).isNotNull();
    announce("b", "open");
    modeBecomes(DegradationMode.CRITICAL);
    announce("a", "closed");
    announce("b", "closed");
    modeBecomes(DegradationMode.NORMAL);

    assertThat(heard).isNotEmpty();
    assertThat(heard.get(0).from()).isEqualTo(DegradationMode.NORMAL);
    assertThat(heard.get(0).to()).isEqualTo(DegradationMode.PARTIAL);
    assertThat(heard.get(0).reasons().toString()).contains("a: breaker open");
    for (int i = 1; i < heard.size(); i++) {
      assertThat(heard.get(i).from()).isEqualTo(heard.get(i - 1).to());
    }
    eventually(
        () -> {
          ModeChange latest = await(sqlite.degradation().latestModeChange()).orElseThrow();
          assertThat(latest.to()).isEqualTo(DegradationMode.NORMAL);
          assertThat(latest.reasons()).isEmpty();
        });
  }

  @Test
  void countsFailuresAndForgetsThemWhenAnOperatorResets() throws Exception {
    deploy();
    for (int i = 0; i < 4; i++) {
      outcome("a", OutcomeKind.UNKNOWN, FailureKind.TIMEOUT);
    }
    outcome("a", OutcomeKind.SENT, null);
    outcome("a", OutcomeKind.THROTTLED, FailureKind.THROTTLED);
    outcome("stranger", OutcomeKind.TRANSIENT, FailureKind.CONNECTION);

    FailureReport expected =
        new FailureReport(
            5,
            4,
            0.8,
            Severity.CRITICAL,
            true,
            Map.of(FailureKind.TIMEOUT, 4, FailureKind.THROTTLED, 1));
    eventually(() -> assertThat(view.failures("a")).isEqualTo(expected));
    assertThat(view.failures("stranger")).isEqualTo(FailureReport.NONE);
    modeBecomes(DegradationMode.PARTIAL);

    bus.publish(Addresses.PROVIDERS_RESET, new ProviderReset("a"));

    eventually(() -> assertThat(view.failures("a")).isEqualTo(FailureReport.NONE));
    modeBecomes(DegradationMode.NORMAL);
  }

  @Test
  void muchUseOfFallbacksIsPartialUnlessRecipientsAreSuppressed() throws Exception {
    deploy();
    for (int i = 0; i < 10; i++) {
      meters.work().fallbackChannelUsed(Channel.EMAIL, Channel.SMS, true);
    }
    long noticed = view.status().channels().get(Channel.EMAIL).facts().fallbacks();
    assertThat(noticed).isZero();
    for (int i = 0; i < 4; i++) {
      meters.work().fallbackChannelUsed(Channel.EMAIL, Channel.SMS, false);
    }
    modeBecomes(DegradationMode.PARTIAL);
    assertThat(view.status().channels().get(Channel.EMAIL).facts().fallbacks()).isEqualTo(4);
    assertThat(view.status().reasons().toString()).contains("fallback_in_use");
  }

  @Test
  void aChannelThatLostItsLastProviderIsDegradedWhileSomethingWaits() throws Exception {
    deploy();
    SendNotification waiting =
        StoredForm.notification(TENANT, "greeting", Channel.SMS, "hello", Priority.NORMAL, null);
    long now = clock.millis();
    await(
        sqlite.accept(
            new AcceptRequest(
                ids.next(),
                waiting,
                new StoredForm().write(waiting),
                NotificationState.QUEUED,
                now,
                now,
                null)));

    modeBecomes(DegradationMode.DEGRADED);

    assertThat(view.status().reasons().toString())
        .contains("sms no_usable_provider (none is configured, and notifications wait)");
    assertThat(view.status().channels()).containsKeys(Channel.SMS, Channel.EMAIL);
    assertThat(view.notice(Channel.SMS)).isNotNull();
    assertThat(view.notice(Channel.EMAIL)).isNull();
  }

  @Test
  void whatCouldNotBeStoredIsCountedWithTheNextWindow() throws Exception {
    execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON failure_metrics WHEN NEW.total_requests < 6"
            + " BEGIN SELECT RAISE(ABORT, 'refused by a test'); END");
    deploy();

    // One attempt at a time, and a window each second: six are only together if windows are.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(400))
        .until(
            () -> {
              outcome("a", OutcomeKind.TRANSIENT, FailureKind.SERVER_ERROR);
              return !"0".equals(ask("SELECT COUNT(*) FROM failure_metrics"));
            });

    assertThat(
            ask(
                "SELECT total_requests >= 6 AND failed_requests = total_requests"
                    + " AND server_errors = total_requests AND severity = 'critical'"
                    + " AND created_at - window_start > 1500 FROM failure_metrics LIMIT 1"))
        .isEqualTo("1");
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String ask(String sql) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private Connection connect() throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("ledger.db"));
  }

  @Test
  void theModeOfBeforeEndsWithTheStart() throws Exception {
    ModeChange before =
        new ModeChange(DegradationMode.NORMAL, DegradationMode.CRITICAL, List.of(), NOW);
    await(sqlite.degradation().recordModeChange(before));

    deploy();

    eventually(
        () -> {
          ModeChange latest = await(sqlite.degradation().latestModeChange()).orElseThrow();
          assertThat(latest.from()).isEqualTo(DegradationMode.CRITICAL);
          assertThat(latest.to()).isEqualTo(DegradationMode.NORMAL);
        });
  }
}

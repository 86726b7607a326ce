package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.booking.BookingKind;
import io.signalbox.gateway.booking.BookingVerticle;
import io.signalbox.gateway.booking.Bookings;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.calling.CallVerticle;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.connection.ConnectionLimits;
import io.signalbox.gateway.connection.Connections;
import io.signalbox.gateway.health.CheckReport;
import io.signalbox.gateway.health.HealthCheck;
import io.signalbox.gateway.health.LedgerChecks;
import io.signalbox.gateway.health.Pressure;
import io.signalbox.gateway.health.SystemChecks;
import io.signalbox.gateway.health.WorkChecks;
import io.signalbox.gateway.health.WorkMonitor;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.OperationLedger;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.operation.OperationDesk;
import io.signalbox.gateway.operation.OperationHall;
import io.signalbox.gateway.operation.OperationKinds;
import io.signalbox.gateway.operation.OperationMarket;
import io.signalbox.gateway.operation.OperationMeter;
import io.signalbox.gateway.operation.OperationVerticle;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.gateway.quota.Quotas;
import io.signalbox.gateway.rental.Numbers;
import io.signalbox.gateway.rental.RentKind;
import io.signalbox.gateway.rental.RentalDesk;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.spi.Channel;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parts of a {@link TestGateway} that are set up otherwise than in a server. */
final class TestParts {
  /** Of a line of the audit log, as in {@code key, 2 times}. */
  private static final Pattern REFUSALS = Pattern.compile("([a-z_]+)(?:, ([0-9]+) times)?");

  private TestParts() {}

  /** Quotas that wait long for the ledger, and whose day does not end while a test runs. */
  static Quotas quotas(Vertx vertx, SqlLedger ledger, GatewayConfig config, Clock clock) {
    Instant midnight = clock.instant().truncatedTo(ChronoUnit.DAYS);
    return new Quotas(
        vertx,
        ledger.quotas(),
        config.quotas(),
        Clock.fixed(midnight.plus(Duration.ofHours(12)), ZoneOffset.UTC),
        System::nanoTime,
        Duration.ofSeconds(20),
        Duration.ofSeconds(10));
  }

  /** What does operations. */
  record TestOperations(Numbers numbers, Bookings bookings) {}

  /** Operations, without a provider. */
  static TestOperations operations(
      Vertx vertx,
      Bus bus,
      SqlLedger ledger,
      GatewayConfig config,
      NotificationIds ids,
      Clock clock) {
    Preferences preferences =
        Preferences.of(StoredPreferences.NONE, config.scoring(), config.dispatch());
    OperationMarket numbers = new OperationMarket(bus, Channel.NUMBER, preferences);
    OperationMarket bookings = new OperationMarket(bus, Channel.BOOKING, preferences);
    CallVerticle calls =
        new CallVerticle(
            bus, ledger.calls(), ledger.nodes(), config.dispatch(), ids, Tracing.OFF, clock);
    vertx.deployVerticle(calls);
    OperationLedger operations = ledger.operations();
    OperationHall hall = new OperationHall(config.operations(), OperationMeter.NONE, () -> false);
    OperationDesk desk =
        new OperationDesk(vertx, bus, operations, hall, ids, config.operations(), clock);
    vertx.deployVerticle(
        new OperationVerticle(
            bus,
            operations,
            ledger.orphans(),
            new OperationKinds(
                List.of(
                    new RentKind(numbers, ledger.offers(), config.numbers(), clock),
                    new BookingKind(bookings, clock))),
            calls,
            config.operations(),
            hall,
            clock,
            () -> 0.5));
    vertx.deployVerticle(
        new BookingVerticle(
            operations, ledger.bookingInbox(), desk, calls, config.operations(), clock));
    return new TestOperations(
        new Numbers(
            numbers,
            desk,
            new RentalDesk(desk, operations, calls, config.numbers(), clock),
            operations),
        Bookings.make(
            vertx,
            bookings,
            desk,
            operations,
            calls,
            config.operations(),
            config.bookings(),
            clock));
  }

  /**
   * How often credentials were refused, by what was wrong with them; nothing is counted any more.
   * There may be several lines of each where refusals went on for longer than is counted together.
   */
  static Map<String, Integer> refusals(TestGateway gateway)
      throws ExecutionException, TimeoutException {
    gateway.writeSignIns();
    Map<String, Integer> times = new HashMap<>();
    for (AuditEntry line : TestGateway.await(gateway.ledger().auditLog().auditTrail(100))) {
      if (line.action().equals("sign_in")) {
        Matcher told = REFUSALS.matcher(line.detail());
        assertThat(told.matches()).as(line.detail()).isTrue();
        int count = told.group(2) == null ? 1 : Integer.parseInt(told.group(2));
        times.merge(told.group(1), count, Integer::sum);
      }
    }
    return times;
  }

  /** Connections that nothing is asked of. */
  static Connections connections() {
    return new Connections(
        new ConnectionLimits(0, 0, Duration.ZERO, Duration.ZERO, 0),
        slow -> {},
        (address, failure) -> {},
        () -> 0);
  }

  /** What health is made of, on a machine whose load is always the same. */
  static List<HealthCheck> checks(
      Vertx vertx,
      SqlLedger ledger,
      WorkMonitor monitor,
      Pressure load,
      Path dir,
      GatewayConfig config,
      Clock clock) {
    List<HealthCheck> all = new ArrayList<>();
    all.addAll(
        new LedgerChecks(
                ledger::ping, ledger::probe, ledger::stats, ledger::connections, config.ledger())
            .all());
    all.add(HealthCheck.ofMemory("redis", () -> CheckReport.unused("none")));
    all.addAll(new WorkChecks(monitor, clock).all());
    all.addAll(
        new SystemChecks(
                vertx,
                new SystemChecks.Limits(
                    dir, config.intake().minFreeDiskBytes(), config.intake().maxLoopLag()),
                new SystemChecks.Figures(() -> 0.5, () -> 0.5, load::loopLagMillis))
            .all());
    return all;
  }
}

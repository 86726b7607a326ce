package io.signalbox.gateway.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.signalbox.gateway.audit.ActDesk;
import io.signalbox.gateway.booking.Bookings;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.callback.CallbackEndpoints;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.degradation.DegradationView;
import io.signalbox.gateway.drill.Drills;
import io.signalbox.gateway.health.Health;
import io.signalbox.gateway.health.Pressure;
import io.signalbox.gateway.health.WorkMonitor;
import io.signalbox.gateway.intake.IntakeService;
import io.signalbox.gateway.ledger.ApiKeyLedger;
import io.signalbox.gateway.ledger.AuditLedger;
import io.signalbox.gateway.ledger.BreakerLedger;
import io.signalbox.gateway.ledger.ErasureLedger;
import io.signalbox.gateway.ledger.LedgerReports;
import io.signalbox.gateway.ledger.NotificationReports;
import io.signalbox.gateway.ledger.PreferenceLedger;
import io.signalbox.gateway.ledger.RequestKeyLedger;
import io.signalbox.gateway.ledger.SuppressionLedger;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.plugins.PluginOrders;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.gateway.quota.Quotas;
import io.signalbox.gateway.rental.Numbers;
import io.signalbox.gateway.replay.BackTests;
import io.signalbox.gateway.security.Identity;
import io.signalbox.gateway.security.SignInAudit;
import io.signalbox.gateway.template.Templates;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.gateway.trail.LogLevels;
import java.time.Clock;

/**
 * What the HTTP API works with. All of it is thread-safe and shared by the event loops.
 *
 * @param notifications what is known of single notifications, wherever they are stored
 * @param monitor what waits, for reports
 * @param pressure how busy the gateway is, which its event loops tell
 * @param degradation how much works, for reports and for what answers say
 * @param clock wall time
 */
public record ApiServices(
    GatewayConfig config,
    Bus bus,
    LedgerReports reports,
    NotificationReports notifications,
    SuppressionLedger suppressions,
    PreferenceLedger preferences,
    BreakerLedger breakers,
    ApiKeyLedger apiKeys,
    RequestKeyLedger requestKeys,
    AuditLedger auditLog,
    ActDesk acts,
    ErasureLedger erasures,
    NotificationParser parser,
    PolicyBook policies,
    BackTests backTests,
    IntakeService intake,
    Templates templates,
    Bookings bookings,
    Quotas quotas,
    CallbackEndpoints callbacks,
    Drills drills,
    PluginOrders plugins,
    Identity identity,
    SignInAudit signIns,
    ProviderDirectory providers,
    ScoreBoard scores,
    Health health,
    WorkMonitor monitor,
    Pressure pressure,
    DegradationView degradation,
    GatewayMeters meters,
    PrometheusMeterRegistry registry,
    Clock clock,
    Numbers numbers,
    Tracing tracing,
    LogLevels logLevels) {}

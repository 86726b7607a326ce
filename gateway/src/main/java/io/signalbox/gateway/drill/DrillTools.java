package io.signalbox.gateway.drill;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.intake.IntakeService;
import io.signalbox.gateway.ledger.DrillLedger;
import io.signalbox.gateway.ledger.LedgerReports;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.sandbox.SandboxLink;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What drills work with.
 *
 * @param ledger keeps their reports
 * @param reports tells what became of test notifications
 * @param intake takes test notifications, as it takes all others
 * @param parser reads them, as it reads all others
 * @param sandbox the link to the simulator; null if there is none
 * @param settings the configuration of the sandbox
 */
public record DrillTools(
    DrillLedger ledger,
    LedgerReports reports,
    IntakeService intake,
    NotificationParser parser,
    @Nullable SandboxLink sandbox,
    GatewayConfig.Sandbox settings,
    Clock clock) {}

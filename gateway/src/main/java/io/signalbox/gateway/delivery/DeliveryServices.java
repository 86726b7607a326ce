package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.BreakerLedger;
import io.signalbox.gateway.ledger.ProviderLedger;
import io.signalbox.gateway.tracing.Tracing;
import java.time.Clock;

/**
 * What every provider verticle needs of the gateway.
 *
 * @param controls what operators want of providers
 */
record DeliveryServices(
    Bus bus,
    BreakerLedger breakers,
    ProviderLedger controls,
    GatewayConfig config,
    Clock clock,
    Tracing tracing) {}

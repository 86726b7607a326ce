package io.signalbox.gateway.lookup;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.Job;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.ledger.LookupLedger;
import io.signalbox.gateway.trail.MoveMeter;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;

/** The verticle that looks for receipts that never came. */
public final class LookupVerticle extends VerticleBase {
  private static final long TICK_MILLIS = 1_000;

  private final Bus bus;
  private final Ledger ledger;
  private final LookupLedger attempts;
  private final GatewayConfig.Lookup config;
  private final LookupMeter meter;
  private final MoveMeter moves;
  private final Clock clock;

  /** Makes the verticle; nothing happens before it is deployed. */
  public LookupVerticle(
      Bus bus,
      Ledger ledger,
      LookupLedger attempts,
      GatewayConfig.Lookup config,
      LookupMeter meter,
      MoveMeter moves,
      Clock clock) {
    this.bus = bus;
    this.ledger = ledger;
    this.attempts = attempts;
    this.config = config;
    this.meter = meter;
    this.moves = moves;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    if (config.receiptAfter().isEmpty()) {
      return Future.succeededFuture();
    }
    StatusAsker asker = new StatusAsker(bus, meter, clock, config.timeout());
    ReceiptSweeper sweeper =
        new ReceiptSweeper(
            attempts,
            asker,
            new LookupJournal(ledger, moves, clock),
            meter,
            config.receiptAfter(),
            clock);
    bus.listen(Addresses.PROVIDERS, ProviderState.class, asker::update);
    // Ends with the verticle's context.
    vertx.setPeriodic(
        TICK_MILLIS,
        tick -> {
          if (ledger.leases().holds(Job.LOOKUPS)) {
            sweeper.tick();
          }
        });
    return Future.succeededFuture();
  }
}

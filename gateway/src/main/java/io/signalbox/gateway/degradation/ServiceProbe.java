package io.signalbox.gateway.degradation;

import io.signalbox.gateway.health.Health;
import io.signalbox.gateway.health.WorkMonitor;
import io.signalbox.gateway.health.WorkSample;
import io.signalbox.gateway.ledger.LedgerStats;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.gateway.spool.SpoolStatus;
import io.signalbox.spi.Channel;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** Asks the gateway's own parts how they are, without waiting for any of them. Thread-confined. */
public final class ServiceProbe {
  private final WorkMonitor monitor;
  private final Health health;
  private final GatewayMeters meters;
  private final Supplier<LedgerStats> ledger;
  private final Supplier<SpoolStatus> spool;
  private final Supplier<String> redisTrouble;
  private final LedgerWatch ledgerWatch = new LedgerWatch();

  /**
   * Makes a probe.
   *
   * @param ledger the ledger's own counts; cheap
   * @param spool where notifications go while the ledger is away; cheap
   * @param redisTrouble what goes on without Redis; empty if it answers or is not used
   */
  public ServiceProbe(
      WorkMonitor monitor,
      Health health,
      GatewayMeters meters,
      Supplier<LedgerStats> ledger,
      Supplier<SpoolStatus> spool,
      Supplier<String> redisTrouble) {
    this.monitor = monitor;
    this.health = health;
    this.meters = meters;
    this.ledger = ledger;
    this.spool = spool;
    this.redisTrouble = redisTrouble;
  }

  /** How they are now. */
  Sample sample(long nowMillis) {
    ledgerWatch.look(ledger.get(), nowMillis);
    WorkSample work = monitor.sample();
    String trouble =
        health.ledgerAnswers() ? ledgerWatch.trouble(nowMillis) : "the ledger does not answer";
    Map<Channel, Long> fallbacks = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      fallbacks.put(channel, meters.work().fallbacksFrom(channel));
    }
    return new Sample(
        new GatewayFacts(
            trouble,
            ledgerWatch.commitMillis(),
            work.freeDiskBytes(),
            work.waiting(),
            work.workStalled(),
            work.webhooksStalled(),
            spool.get(),
            redisTrouble.get()),
        work,
        fallbacks);
  }

  /**
   * How they are.
   *
   * @param gateway what the channels have in common
   * @param work what waits
   * @param fallbacks attempts since the start that went over a fallback channel, by the channel
   *     that was asked for
   */
  record Sample(GatewayFacts gateway, WorkSample work, Map<Channel, Long> fallbacks) {
    Sample {
      fallbacks = Map.copyOf(fallbacks);
    }
  }
}

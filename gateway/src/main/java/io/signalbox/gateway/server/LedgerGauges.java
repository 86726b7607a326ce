package io.signalbox.gateway.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import java.util.concurrent.TimeUnit;

/** The ledger's own figures as meters. */
final class LedgerGauges {
  private LedgerGauges() {}

  static void register(SqlLedger ledger, MeterRegistry registry) {
    FunctionCounter.builder("signalbox.ledger.commits", ledger, store -> store.stats().commits())
        .register(registry);
    FunctionCounter.builder("signalbox.ledger.changes", ledger, store -> store.stats().changes())
        .register(registry);
    FunctionCounter.builder(
            "signalbox.ledger.commits.failed", ledger, store -> store.stats().failedCommits())
        .register(registry);
    Gauge.builder("signalbox.nodes", ledger, store -> store.nodes().living().size())
        .description("How many gateways share the ledger and live, as this one sees it.")
        .register(registry);
    Counter takeOvers =
        Counter.builder("signalbox.node.takeovers")
            .description("Dead gateways whose work this one has taken over since its start.")
            .register(registry);
    ledger.onTakeOver(taken -> takeOvers.increment());
    Gauge.builder("signalbox.ledger.waiting", ledger, store -> store.stats().waiting())
        .register(registry);
    Gauge.builder("signalbox.ledger.waiting.bytes", ledger, store -> store.stats().waitingBytes())
        .register(registry);
    Gauge.builder(
            "signalbox.ledger.last.commit.seconds",
            ledger,
            store -> store.stats().lastCommitNanos() / (double) TimeUnit.SECONDS.toNanos(1))
        .register(registry);
  }
}

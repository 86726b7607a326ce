package io.signalbox.gateway.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.metrics.Histograms;
import java.util.concurrent.TimeUnit;

/** The ledger's own figures as meters. */
final class LedgerGauges {
  private LedgerGauges() {}

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  static void register(SqlLedger ledger, MeterRegistry registry) {
    commits(ledger, registry);
    Gauge.builder("signalbox.nodes", ledger, store -> store.nodes().living().size())
        .description("How many gateways share the ledger and live, as this one sees it")
        .register(registry);
    Counter takeOvers =
        Counter.builder("signalbox.node.takeovers")
            .description("Dead gateways whose work this one has taken over since its start")
            .register(registry);
    ledger.onTakeOver(taken -> takeOvers.increment());
    FunctionCounter.builder(
            "signalbox.operations.unreadable", ledger, store -> store.operations().unreadable())
        .description("Times that operations were due, could not be read and were put off")
        .register(registry);
    Gauge.builder("signalbox.ledger.waiting", ledger, store -> store.stats().waiting())
        .description("Changes that wait for a commit")
        .register(registry);
    Gauge.builder("signalbox.ledger.waiting.bytes", ledger, store -> store.stats().waitingBytes())
        .description("Content that waits for a commit, or is in one")
        .register(registry);
    Gauge.builder(
            "signalbox.ledger.last.commit.seconds",
            ledger,
            store -> store.stats().lastCommitNanos() / NANOS)
        .description("How long the last commit took")
        .register(registry);
  }

  private static void commits(SqlLedger ledger, MeterRegistry registry) {
    FunctionCounter.builder("signalbox.ledger.commits", ledger, store -> store.stats().commits())
        .description("Commits of the ledger, each one fsync or one round trip")
        .register(registry);
    FunctionCounter.builder("signalbox.ledger.changes", ledger, store -> store.stats().changes())
        .description("Changes that those commits held")
        .register(registry);
    FunctionCounter.builder(
            "signalbox.ledger.commits.failed", ledger, store -> store.stats().failedCommits())
        .description("Commits that failed and took nothing")
        .register(registry);
    Histograms histograms = new Histograms(registry);
    Histogram seconds =
        histograms.seconds("signalbox_ledger_commit_seconds", "How long commits took");
    Histogram sizes =
        histograms.counts("signalbox_ledger_commit_changes", "How many changes a commit held");
    ledger.onCommit(
        (tookNanos, changes) -> {
          seconds.observe(tookNanos / NANOS);
          sizes.observe(changes);
        });
  }
}

package io.signalbox.gateway.health;

import io.signalbox.gateway.ledger.LedgerStats;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the ledger takes changes: a file system that has become read-only, a full disk or a
 * server that has become a standby still answers whoever reads. Where others write, their commits
 * tell; where nobody does, or the last commit was refused, it is asked by a change that changes
 * nothing. Asked once at a time, on any thread.
 */
final class WriteWatch {
  /** After so long without a commit nobody knows. An idle disk is not kept awake for less. */
  static final Duration QUIET = Duration.ofSeconds(5);

  /** A figure of reports: for how long changes have been refused. */
  static final String REFUSED = "refused_for_ms";

  private final Supplier<LedgerStats> stats;
  private final Supplier<Future<Void>> probe;
  private final LongSupplier nanos;
  private volatile long commits = -1;
  private volatile long committedAtNanos;

  /**
   * Makes it.
   *
   * @param stats the ledger's own counts; cheap
   * @param probe asks for a change that changes nothing
   * @param nanos a monotonic clock
   */
  WriteWatch(Supplier<LedgerStats> stats, Supplier<Future<Void>> probe, LongSupplier nanos) {
    this.stats = stats;
    this.probe = probe;
    this.nanos = nanos;
  }

  /** How it is. */
  Future<CheckReport> look() {
    LedgerStats now = stats.get();
    long time = nanos.getAsLong();
    if (now.commits() != commits) {
      commits = now.commits();
      committedAtNanos = time;
    }
    boolean known = now.refusedForNanos() == 0 && time - committedAtNanos < QUIET.toNanos();
    return known
        ? Future.succeededFuture(CheckReport.up(figures(now)))
        : probe.get().transform(done -> Future.succeededFuture(asked(done.cause())));
  }

  private CheckReport asked(@Nullable Throwable failure) {
    LedgerStats now = stats.get();
    if (now.refusedForNanos() == 0) {
      // Too much waits for its turn: that is told elsewhere.
      return CheckReport.up(figures(now));
    }
    String why = failure == null ? "" : ": " + failure.getMessage();
    return CheckReport.down("changes are refused" + why, figures(now));
  }

  private static JsonObject figures(LedgerStats now) {
    long refused = now.refusedForNanos();
    // Just now is not never.
    long millis = refused == 0 ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(refused));
    return new JsonObject().put(REFUSED, millis);
  }
}

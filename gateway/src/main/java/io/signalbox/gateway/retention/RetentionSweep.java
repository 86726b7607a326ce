package io.signalbox.gateway.retention;

import io.signalbox.gateway.ledger.RetentionLedger.Removed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is older than its retention, one kind after the other, a few at a time with a pause
 * after each step, so that other changes are not held up. Used on one context.
 */
public final class RetentionSweep {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionSweep.class);
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Clock clock;
  private final Pace pace;
  private final List<Kept> kinds;
  private long timer = NO_TIMER;
  private int kind;
  private long beforeMillis;
  private long removed;
  private boolean stopped;

  /**
   * What is kept, and for how long.
   *
   * @param what its name in the log, in the plural
   * @param retention how long each is kept
   * @param removeSome removes a few that are older than a time in epoch milliseconds, which stays
   *     the same until there is no more to do
   */
  public record Kept(String what, Duration retention, LongFunction<Future<Removed>> removeSome) {}

  /**
   * How fast it goes.
   *
   * @param interval how often older ones are looked for
   * @param maxShare share of the time that steps may take; the rest is pauses
   */
  public record Pace(Duration interval, double maxShare) {
    private static final double USUAL_SHARE = 0.2;
    private static final long SHORTEST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    /** The usual share. */
    public static Pace every(Duration interval) {
      return new Pace(interval, USUAL_SHARE);
    }

    /** How long to wait after a step. */
    long pauseMillis(long tookNanos) {
      double pause = TimeUnit.NANOSECONDS.toMillis(tookNanos) * (1 / maxShare - 1);
      return Math.max(SHORTEST_PAUSE_MILLIS, Math.min(LONGEST_PAUSE_MILLIS, (long) pause));
    }
  }

  /**
   * Makes the sweep; nothing is removed before {@link #start()}.
   *
   * @param kinds at least one
   */
  public RetentionSweep(Vertx vertx, Clock clock, Pace pace, List<Kept> kinds) {
    this.vertx = vertx;
    this.clock = clock;
    this.pace = pace;
    this.kinds = List.copyOf(kinds);
  }

  /** Begins to remove, now and at intervals. */
  public void start() {
    begin(0);
  }

  /** Begins no further step. */
  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void begin(int index) {
    kind = index;
    removed = 0;
    beforeMillis = clock.millis() - kinds.get(index).retention().toMillis();
    step();
  }

  private void step() {
    long start = System.nanoTime();
    kinds
        .get(kind)
        .removeSome()
        .apply(beforeMillis)
        .onComplete(
            some -> {
              removed += some.rows();
              if (some.more()) {
                after(pace.pauseMillis(System.nanoTime() - start), this::step);
              } else {
                end();
              }
            },
            failure -> {
              LOG.warn("old {} were not removed: {}", kinds.get(kind).what(), failure.toString());
              end();
            });
  }

  /** Goes on with the next kind; after the last one it begins anew when the interval is over. */
  private void end() {
    Kept kept = kinds.get(kind);
    if (removed > 0) {
      LOG.info("{} {} older than {} were removed", removed, kept.what(), kept.retention());
    }
    int next = kind + 1;
    if (next < kinds.size()) {
      after(Pace.SHORTEST_PAUSE_MILLIS, () -> begin(next));
    } else {
      after(pace.interval().toMillis(), () -> begin(0));
    }
  }

  private void after(long millis, Runnable work) {
    if (!stopped) {
      timer = vertx.setTimer(millis, late -> work.run());
    }
  }
}

package io.signalbox.gateway.retention;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is older than its retention, a few at a time with a pause after each, so that other
 * changes are not held up. Used on one context.
 */
public final class RetentionSweep {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionSweep.class);
  private static final long PAUSE_MILLIS = 20;
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Clock clock;
  private final Kept kept;
  private final LongFunction<Future<Integer>> deleteSome;
  private long timer = NO_TIMER;
  private long deleted;
  private boolean stopped;

  /**
   * What is kept, and for how long.
   *
   * @param what its name in the log, in the plural
   * @param retention how long each is kept
   * @param interval how often older ones are looked for
   */
  public record Kept(String what, Duration retention, Duration interval) {}

  /**
   * Makes the sweep; nothing is deleted before {@link #start()}.
   *
   * @param deleteSome deletes a few that are older than a time in epoch milliseconds and says how
   *     many; 0 means that none is left
   */
  public RetentionSweep(
      Vertx vertx, Clock clock, Kept kept, LongFunction<Future<Integer>> deleteSome) {
    this.vertx = vertx;
    this.clock = clock;
    this.kept = kept;
    this.deleteSome = deleteSome;
  }

  /** Begins to delete, now and at intervals. */
  public void start() {
    sweep();
  }

  /** Begins no further deletion. */
  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void sweep() {
    deleteSome
        .apply(clock.millis() - kept.retention().toMillis())
        .onComplete(
            some -> {
              deleted += some;
              waitFor(some > 0 ? PAUSE_MILLIS : pass());
            },
            failure -> {
              LOG.warn("old {} were not deleted: {}", kept.what(), failure.toString());
              waitFor(kept.interval().toMillis());
            });
  }

  /** Ends a pass; returns how long to wait for the next one. */
  private long pass() {
    if (deleted > 0) {
      LOG.info("{} {} older than {} were deleted", deleted, kept.what(), kept.retention());
      deleted = 0;
    }
    return kept.interval().toMillis();
  }

  private void waitFor(long millis) {
    if (!stopped) {
      timer = vertx.setTimer(millis, late -> sweep());
    }
  }
}

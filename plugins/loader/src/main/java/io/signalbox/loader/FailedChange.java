package io.signalbox.loader;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A change of a provider that failed.
 *
 * @param target what was to run; null if the provider could not be stopped
 * @param atNanos when it failed
 * @param times how often it failed in a row
 */
record FailedChange(ProviderRuns.@Nullable Run target, Throwable cause, long atNanos, int times) {

  // What was kept back is tried again after the pause, twice the pause ... this often the pause.
  private static final int MOST_PAUSES = 10;

  boolean isOf(ProviderRuns.Run wanted) {
    return target != null && target.isSame(wanted);
  }

  /** Tells people. */
  void tell(Logger log, String id) {
    if (cause instanceof KeptBackException) {
      log.warn("provider {} is not replaced yet: {}", id, cause.getMessage());
    } else if (target == null) {
      log.warn("provider {} cannot be stopped: {}", id, KeyLines.NONE.reason(cause));
    } else {
      ProviderDefinition definition = target.definition();
      log.warn(
          "provider {} cannot be started: {}: {}",
          id,
          definition.file(),
          definition.lines().reason(cause));
    }
  }

  /** Whether the same is to be tried again, though nothing has changed. */
  boolean isDueAgain(long nowNanos, long retryNanos) {
    // The shift ends before it could overflow.
    long pauses = Math.min(MOST_PAUSES, 1L << Math.min(times - 1, MOST_PAUSES));
    return cause instanceof KeptBackException && nowNanos - atNanos >= pauses * retryNanos;
  }
}

package io.signalbox.gateway.degradation;

import io.signalbox.gateway.model.DegradationMode;
import java.util.Arrays;

/**
 * Hysteresis: a mode is entered when the facts have been at least as bad for a short while without
 * a break, and left when they have been better for a long while without a break. So a fact that
 * comes and goes neither switches the mode on, nor off and on. Thread-confined.
 */
final class HeldVerdict {
  private static final int LEVELS = DegradationMode.values().length;
  private static final long NEVER = Long.MAX_VALUE;

  private final long enterAfterMillis;
  private final long leaveAfterMillis;
  private final boolean[] on = new boolean[LEVELS];

  /** Of each level, since when the facts have spoken against its being on or off. */
  private final long[] againstSinceMillis = new long[LEVELS];

  /** Of each level, the last verdict that was at least as bad. */
  private final Verdict[] last = new Verdict[LEVELS];

  private DegradationMode mode = DegradationMode.NORMAL;
  private long sinceMillis;

  HeldVerdict(long enterAfterMillis, long leaveAfterMillis, long nowMillis) {
    this.enterAfterMillis = enterAfterMillis;
    this.leaveAfterMillis = leaveAfterMillis;
    this.sinceMillis = nowMillis;
    Arrays.fill(againstSinceMillis, NEVER);
    Arrays.fill(last, Verdict.NORMAL);
  }

  /** Takes in what the facts say now; called at intervals that are short against both times. */
  void observe(Verdict verdict, long nowMillis) {
    DegradationMode held = DegradationMode.NORMAL;
    for (DegradationMode level : DegradationMode.values()) {
      if (level != DegradationMode.NORMAL && observe(level, verdict, nowMillis)) {
        held = level;
      }
    }
    if (held != mode) {
      mode = held;
      sinceMillis = nowMillis;
    }
  }

  /** Whether this level is on after this. */
  private boolean observe(DegradationMode level, Verdict verdict, long nowMillis) {
    int index = level.level();
    boolean bad = verdict.mode().level() >= index;
    if (bad) {
      last[index] = verdict;
    }
    if (bad == on[index]) {
      againstSinceMillis[index] = NEVER;
      return on[index];
    }
    // A clock that steps back begins the waiting anew instead of making it endless.
    againstSinceMillis[index] = Math.min(againstSinceMillis[index], nowMillis);
    long hold = on[index] ? leaveAfterMillis : enterAfterMillis;
    if (nowMillis - againstSinceMillis[index] >= hold) {
      on[index] = bad;
      againstSinceMillis[index] = NEVER;
    }
    return on[index];
  }

  /** The mode that is held, with the reasons that last spoke for it. */
  Verdict verdict() {
    return mode == DegradationMode.NORMAL
        ? Verdict.NORMAL
        : new Verdict(mode, last[mode.level()].reasons());
  }

  /** Since when the mode is held. */
  long sinceMillis() {
    return sinceMillis;
  }
}

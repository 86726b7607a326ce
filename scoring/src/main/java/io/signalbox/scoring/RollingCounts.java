package io.signalbox.scoring;

import java.util.Arrays;

/**
 * Counts successes and failures of the last so many milliseconds in at most 60 slots: fixed memory
 * at any rate. An event leaves between 59/60 of the window and the whole window after it happened.
 * Thread-confined.
 *
 * <p>A clock that steps back by less than the window goes on counting in the newest slot; one that
 * steps back further empties the counts, because nothing in them can be dated any more.
 */
public final class RollingCounts {
  private static final int MAX_SLOTS = 60;

  private final long slotMillis;
  private final int[] successes;
  private final int[] failures;
  private long newestSlot;
  private int totalSuccesses;
  private int totalFailures;

  /**
   * Makes empty counts.
   *
   * @param windowMillis how long an event counts, at least 1
   */
  public RollingCounts(long windowMillis) {
    if (windowMillis < 1) {
      throw new IllegalArgumentException("windowMillis must be at least 1: " + windowMillis);
    }
    int slots = (int) Math.min(MAX_SLOTS, windowMillis);
    slotMillis = (windowMillis - 1) / slots + 1;
    successes = new int[slots];
    failures = new int[slots];
  }

  /** Counts a result; a neutral one counts neither way. */
  public void record(AttemptResult result, long nowMillis) {
    record(result, 1, nowMillis);
  }

  /** Counts so many equal results at once; neutral ones count neither way. */
  public void record(AttemptResult result, int count, long nowMillis) {
    advance(nowMillis);
    count(result, count, newestSlot);
  }

  private void count(AttemptResult result, int count, long slotNumber) {
    if (count < 0) {
      throw new IllegalArgumentException("count must be at least 0: " + count);
    }
    int slot = (int) Math.floorMod(slotNumber, (long) successes.length);
    switch (result) {
      case SUCCESS -> {
        successes[slot] += count;
        totalSuccesses += count;
      }
      case FAILURE -> {
        failures[slot] += count;
        totalFailures += count;
      }
      case NEUTRAL -> {}
    }
  }

  /**
   * Counts what happened some time ago, as another gateway tells it: for as long as it belongs to
   * the window, and not at all if that is over.
   *
   * @param atMillis when it happened; what lies ahead counts as now
   */
  public void recordPast(AttemptResult result, int count, long atMillis, long nowMillis) {
    advance(nowMillis);
    long age = newestSlot - Math.min(newestSlot, Math.floorDiv(atMillis, slotMillis));
    if (age < successes.length) {
      count(result, count, newestSlot - age);
    }
  }

  /** Returns the successes still in the window. */
  public int successes(long nowMillis) {
    advance(nowMillis);
    return totalSuccesses;
  }

  /** Returns the failures still in the window. */
  public int failures(long nowMillis) {
    advance(nowMillis);
    return totalFailures;
  }

  /** Returns successes plus failures still in the window. */
  public int calls(long nowMillis) {
    advance(nowMillis);
    return totalSuccesses + totalFailures;
  }

  /** Returns failures / calls of the window, 0 to 1; 0 when there are no calls. */
  public double failureRate(long nowMillis) {
    int calls = calls(nowMillis);
    return calls == 0 ? 0 : (double) totalFailures / calls;
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(successes, 0);
    Arrays.fill(failures, 0);
    totalSuccesses = 0;
    totalFailures = 0;
  }

  private void advance(long nowMillis) {
    long slot = Math.floorDiv(nowMillis, slotMillis);
    if (totalSuccesses + totalFailures == 0) {
      newestSlot = slot;
      return;
    }
    int slots = successes.length;
    if (slot >= newestSlot + slots || slot <= newestSlot - slots) {
      clear();
      newestSlot = slot;
      return;
    }
    while (newestSlot < slot) {
      newestSlot++;
      int expired = (int) Math.floorMod(newestSlot, (long) slots);
      totalSuccesses -= successes[expired];
      totalFailures -= failures[expired];
      successes[expired] = 0;
      failures[expired] = 0;
    }
  }
}

package io.signalbox.scoring;

/**
 * Remembers the last attempts of one provider (100 unless configured) and keeps their success rate
 * and mean response time. Every operation costs O(1); memory is fixed at construction.
 * Thread-confined.
 *
 * <p>After a restart the window is rebuilt by recording the stored attempts again, oldest first.
 */
public final class HealthWindow {
  /** How many attempts a window holds unless configured. */
  public static final int DEFAULT_CAPACITY = 100;

  private static final int MAX_CAPACITY = 1_000_000;

  private final boolean[] succeeded;
  private final long[] responseMillis;
  private int nextSlot;
  private int attempts;
  private int successes;
  private long successMillis;
  private long lastSuccessAtMillis = HealthSnapshot.NEVER;
  private long lastFailureAtMillis = HealthSnapshot.NEVER;

  /** Makes an empty window of {@value #DEFAULT_CAPACITY} attempts. */
  public HealthWindow() {
    this(DEFAULT_CAPACITY);
  }

  /**
   * Makes an empty window.
   *
   * @param capacity how many attempts count, 1 to 1,000,000
   */
  public HealthWindow(int capacity) {
    if (capacity < 1 || capacity > MAX_CAPACITY) {
      throw new IllegalArgumentException("capacity must be 1 to " + MAX_CAPACITY + ": " + capacity);
    }
    succeeded = new boolean[capacity];
    responseMillis = new long[capacity];
  }

  /**
   * Records an attempt; the oldest one leaves when the window is full. A neutral result is not
   * counted.
   *
   * @param tookMillis how long the attempt took; a negative number counts as 0
   * @param atMillis when it ended, epoch milliseconds
   */
  public void record(AttemptResult result, long tookMillis, long atMillis) {
    if (result == AttemptResult.NEUTRAL) {
      return;
    }
    int slot = nextSlot;
    nextSlot = (slot + 1) % succeeded.length;
    if (attempts < succeeded.length) {
      attempts++;
    } else if (succeeded[slot]) {
      successes--;
      successMillis -= responseMillis[slot];
    }
    succeeded[slot] = result == AttemptResult.SUCCESS;
    // A response time of over 24 days is nonsense; the bound keeps the sum from overflowing.
    responseMillis[slot] = Math.max(0, Math.min(tookMillis, Integer.MAX_VALUE));
    if (succeeded[slot]) {
      successes++;
      successMillis += responseMillis[slot];
      lastSuccessAtMillis = Math.max(lastSuccessAtMillis, atMillis);
    } else {
      lastFailureAtMillis = Math.max(lastFailureAtMillis, atMillis);
    }
  }

  /**
   * Returns the numbers of this moment. An empty window counts as healthy, see {@link
   * HealthSnapshot#UNTRIED}.
   */
  public HealthSnapshot snapshot() {
    double average = successes == 0 ? 0 : (double) successMillis / successes;
    return HealthSnapshot.of(
        successes, attempts - successes, average, lastSuccessAtMillis, lastFailureAtMillis);
  }

  /**
   * Lets go of the failures, as when a breaker has closed: what failed before says no more of a
   * provider that has shown that it is back. Costs a walk over the window.
   */
  public void forgiveFailures() {
    int capacity = succeeded.length;
    int oldest = Math.floorMod(nextSlot - attempts, capacity);
    int kept = 0;
    for (int i = 0; i < attempts; i++) {
      int from = (oldest + i) % capacity;
      if (succeeded[from]) {
        int to = (oldest + kept) % capacity;
        succeeded[to] = true;
        responseMillis[to] = responseMillis[from];
        kept++;
      }
    }
    attempts = kept;
    nextSlot = (oldest + kept) % capacity;
  }

  /** Forgets every attempt and both times, as after a manual reset. */
  public void reset() {
    attempts = 0;
    successes = 0;
    successMillis = 0;
    lastSuccessAtMillis = HealthSnapshot.NEVER;
    lastFailureAtMillis = HealthSnapshot.NEVER;
  }
}

package io.signalbox.scoring;

/**
 * Remembers the last attempts of one provider (100 unless configured) and keeps their success rate
 * and mean response time. Memory is fixed at construction; an attempt that ended after all others
 * costs O(1), an older one a step for each newer one. Thread-confined.
 *
 * <p>The attempts may be those of several gateways: {@link #merge} takes them in any order and more
 * than once, and gives the same window. So do a forgiveness and a reset, which have times too.
 *
 * <p>After a restart the window is rebuilt by recording the stored attempts again, oldest first.
 */
public final class HealthWindow {
  /** How many attempts a window holds unless configured. */
  public static final int DEFAULT_CAPACITY = 100;

  private static final int MAX_CAPACITY = 1_000_000;

  private final AttemptEnd[] ends;
  private int oldest;
  private int held;
  private int failures;
  private int successes;
  private long successMillis;
  private long lastSuccessAtMillis = HealthSnapshot.NEVER;
  private long lastFailureAtMillis = HealthSnapshot.NEVER;
  private long forgivenUntilMillis = Long.MIN_VALUE;
  private long forgottenUntilMillis = Long.MIN_VALUE;

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
    ends = new AttemptEnd[capacity];
  }

  /**
   * Records an attempt that ended after all others, whatever the clock says; the oldest one leaves
   * when the window is full. A neutral result is not counted.
   *
   * @param tookMillis how long the attempt took; a negative number counts as 0
   * @param atMillis when it ended, epoch milliseconds
   */
  public void record(AttemptResult result, long tookMillis, long atMillis) {
    if (result == AttemptResult.NEUTRAL) {
      return;
    }
    long at = atMillis;
    long id = 0;
    if (held > 0) {
      AttemptEnd newest = ends[slot(held - 1)];
      at = Math.max(at, newest.atMillis());
      id = at == newest.atMillis() ? newest.id() + 1 : 0;
    }
    AttemptEnd end = AttemptEnd.of(at, id, result == AttemptResult.SUCCESS, tookMillis);
    happened(end.success(), atMillis);
    insert(end);
  }

  /**
   * Takes in the end of an attempt, whenever it was; the oldest one leaves when the window is full.
   * What is known already, what is older than all of a full window, and what was {@linkplain
   * #forget forgotten} changes nothing.
   */
  public void merge(AttemptEnd end) {
    if (end.atMillis() <= forgottenUntilMillis) {
      return;
    }
    happened(end.success(), end.atMillis());
    insert(end);
  }

  private void happened(boolean success, long atMillis) {
    if (success) {
      lastSuccessAtMillis = Math.max(lastSuccessAtMillis, atMillis);
    } else {
      lastFailureAtMillis = Math.max(lastFailureAtMillis, atMillis);
    }
  }

  private void insert(AttemptEnd end) {
    int place = held;
    while (place > 0 && ends[slot(place - 1)].compareTo(end) > 0) {
      place--;
    }
    boolean known = place > 0 && ends[slot(place - 1)].compareTo(end) == 0;
    if (known || (place == 0 && held == ends.length)) {
      return;
    }
    if (held == ends.length) {
      count(ends[oldest], -1);
      oldest = slot(1);
      held--;
      place--;
    }
    for (int i = held; i > place; i--) {
      ends[slot(i)] = ends[slot(i - 1)];
    }
    ends[slot(place)] = end;
    held++;
    count(end, 1);
  }

  /** The place in memory of one of the attempts, of which 0 is the oldest. */
  private int slot(int place) {
    return (oldest + place) % ends.length;
  }

  private void count(AttemptEnd end, int change) {
    if (end.success()) {
      successes += change;
      successMillis += (long) change * end.tookMillis();
    } else if (end.atMillis() > forgivenUntilMillis) {
      failures += change;
    }
  }

  /**
   * Returns the numbers of this moment. An empty window counts as healthy, see {@link
   * HealthSnapshot#UNTRIED}.
   */
  public HealthSnapshot snapshot() {
    double average = successes == 0 ? 0 : (double) successMillis / successes;
    return HealthSnapshot.of(
        successes, failures, average, lastSuccessAtMillis, lastFailureAtMillis);
  }

  /**
   * Lets failures up to a time count no more, as when a breaker has closed: what failed before says
   * no more of a provider that has shown that it is back. They keep their places among the last
   * attempts. Costs a walk over the window.
   */
  public void forgiveFailures(long untilMillis) {
    if (untilMillis > forgivenUntilMillis) {
      forgivenUntilMillis = untilMillis;
      recount();
    }
  }

  /** Forgets every attempt up to a time and both times, as after a manual reset. */
  public void forget(long untilMillis) {
    if (untilMillis <= forgottenUntilMillis) {
      return;
    }
    forgottenUntilMillis = untilMillis;
    while (held > 0 && ends[oldest].atMillis() <= untilMillis) {
      oldest = slot(1);
      held--;
    }
    if (lastSuccessAtMillis <= untilMillis) {
      lastSuccessAtMillis = HealthSnapshot.NEVER;
    }
    if (lastFailureAtMillis <= untilMillis) {
      lastFailureAtMillis = HealthSnapshot.NEVER;
    }
    recount();
  }

  private void recount() {
    successes = 0;
    failures = 0;
    successMillis = 0;
    for (int i = 0; i < held; i++) {
      count(ends[slot(i)], 1);
    }
  }
}

package io.signalbox.scoring.rate;

import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/**
 * A provider that works on so many calls at a time and lets the others queue, called by somebody
 * who always has as many calls under way as the limit allows. Time is simulated.
 */
final class SimulatedProvider {
  private final AdaptiveConcurrency limit;
  private final long timeoutMillis;
  private final PriorityQueue<Call> underWay =
      new PriorityQueue<>((a, b) -> Long.compare(a.endsAt, b.endsAt));
  private final long[] freeAt;
  private LongSupplier serviceMillis;
  private long now;
  private long answered;
  private int most;

  private record Call(long beganAt, long endsAt) {}

  SimulatedProvider(
      AdaptiveConcurrency limit, int capacity, long timeoutMillis, LongSupplier serviceMillis) {
    this.limit = limit;
    this.timeoutMillis = timeoutMillis;
    this.serviceMillis = serviceMillis;
    freeAt = new long[capacity];
  }

  SimulatedProvider takes(LongSupplier millis) {
    serviceMillis = millis;
    return this;
  }

  /** Lets time pass; returns how many calls were answered per second. */
  double run(long millis) {
    long end = now + millis;
    long before = answered;
    most = 0;
    while (now < end) {
      while (underWay.size() < limit.limit()) {
        underWay.add(begin());
      }
      most = Math.max(most, underWay.size());
      Call call = underWay.remove();
      now = call.endsAt;
      long took = now - call.beganAt;
      if (took >= timeoutMillis) {
        limit.hung(took, underWay.size() + 1);
      } else {
        answered++;
        limit.answered(took, underWay.size() + 1);
      }
    }
    return (answered - before) * 1_000.0 / millis;
  }

  /** The most that was under way during the last run. */
  int most() {
    return most;
  }

  private Call begin() {
    int server = 0;
    for (int i = 1; i < freeAt.length; i++) {
      if (freeAt[i] < freeAt[server]) {
        server = i;
      }
    }
    long done = Math.max(now, freeAt[server]) + serviceMillis.getAsLong();
    freeAt[server] = done;
    if (done - now >= timeoutMillis) {
      freeAt[server] = Math.min(done, now + timeoutMillis);
      return new Call(now, now + timeoutMillis);
    }
    return new Call(now, done);
  }
}

package io.signalbox.gateway.quota;

import java.util.List;

/**
 * What was taken off all quotas that hold for a sender. It goes back to where it came from, also
 * when the day has changed meanwhile. Thread-safe.
 */
public final class QuotaGrant {
  private final int count;
  private final List<QuotaBucket> from;

  QuotaGrant(int count, List<QuotaBucket> from) {
    this.count = count;
    this.from = from;
  }

  /** How many may be sent, from none to as many as were asked for. */
  public int count() {
    return count;
  }

  /** Takes back all but so many, which is a grant of its own; this one is used no more. */
  public QuotaGrant keep(int some) {
    giveBack(count - some);
    return new QuotaGrant(some, from);
  }

  /** Takes back what was not sent after all; never more in all than was taken. */
  public void giveBack(int unused) {
    for (QuotaBucket bucket : from) {
      bucket.giveBack(unused);
    }
  }
}

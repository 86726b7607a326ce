package io.signalbox.gateway.rate;

import io.signalbox.gateway.bus.RateMessages.PermitsTaken;
import io.signalbox.gateway.bus.RateMessages.TakePermits;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.scoring.rate.RateLimit;

/**
 * How often one provider may be called: at its configured rate, which nodes keep to together, and
 * at the rate that it is believed to accept, which each node learns for itself.
 *
 * <p>Where permits are shared some are held ahead, so that no attempt waits for them: of each burst
 * a quarter for all nodes, at least one permit each, and new ones are asked for when half of them
 * are used. The shared bucket holds the rest of the burst. Elsewhere a node keeps to its part of
 * the rate. Thread-confined.
 */
public final class RateGate {
  private static final int HELD_PART = 4;
  private static final long SHORTEST_WAIT_MILLIS = 5;
  private static final long LONGEST_WAIT_MILLIS = 1_000;
  private static final long TRY_AGAIN_MILLIS = 250;

  private final String provider;
  private final RateDesk desk;
  private final RateLimit limit;
  private ProviderLimits limits;
  private boolean shared;
  private int nodes = 1;
  private int permits;
  private boolean asking;
  private boolean closed;

  /**
   * Makes the gate of a provider, or of what is given beside its usual calls.
   *
   * @param provider whose permits they are where they are shared
   */
  public RateGate(String provider, ProviderLimits limits, RateDesk desk) {
    this.provider = provider;
    this.limits = limits;
    this.desk = desk;
    this.limit = new RateLimit(limits.maxPerSecond(), limits.burst());
    configure(limits);
  }

  /** Takes in another rate. */
  public void configure(ProviderLimits newer) {
    limits = newer;
    arrange();
  }

  /** Takes in that there are others to share with, or more of them, or none. */
  public void deskChanged(long nowMillis) {
    boolean before = shared;
    arrange();
    if (before != shared) {
      permits = 0;
      // What flowed while it was kept elsewhere was given there.
      limit.empty(nowMillis);
      refill();
    }
  }

  private void arrange() {
    shared = desk.isShared() && limits.maxPerSecond() > 0;
    nodes = desk.nodes();
    if (shared) {
      limit.configure(0, 1);
      refill();
    } else {
      limit.configure(limits.maxPerSecond() / nodes, Math.max(1, limits.burst() / nodes));
    }
  }

  /** Calls per second that are configured, for all nodes together; 0 for no limit. */
  public double configuredPerSecond() {
    return limits.maxPerSecond();
  }

  /** Calls per second that are given now at most; 0 for no limit. */
  public double perSecond(long nowMillis) {
    double alone = limit.perSecond(nowMillis);
    if (!shared) {
      return alone;
    }
    return alone == 0 ? limits.maxPerSecond() : Math.min(alone, limits.maxPerSecond());
  }

  /** Whether a call may be made now. */
  public boolean hasToken(long nowMillis) {
    return limit.hasToken(nowMillis) && (!shared || permits > 0);
  }

  /** Takes a token if one is needed. */
  public void take(long nowMillis) {
    limit.take(nowMillis);
    if (shared) {
      permits--;
      refill();
    }
  }

  /** A call for which a token was taken was not made. */
  public void giveBack(long nowMillis) {
    limit.giveBack(nowMillis);
    if (shared) {
      permits = Math.min(held(), permits + 1);
    }
  }

  /**
   * When a call may be made: now if it may, and also if nobody can tell; {@link RateDesk#given} is
   * called then.
   */
  public long nextTokenAtMillis(long nowMillis) {
    return limit.nextTokenAtMillis(nowMillis);
  }

  /** The provider took a call. */
  public void accepted(long nowMillis) {
    limit.accepted(nowMillis);
  }

  /** The provider refused a call because there were too many, see {@link RateLimit#throttled}. */
  public void throttled(long beganAtMillis, long retryAfterMillis, long nowMillis) {
    limit.throttled(beganAtMillis, retryAfterMillis, nowMillis);
  }

  /** Its provider is gone: asks for no more permits. */
  public void close() {
    closed = true;
  }

  private int held() {
    return (int) Math.max(1, limits.burst() / (HELD_PART * nodes));
  }

  private void refill() {
    int held = held();
    if (!shared || closed || asking || permits > held / 2) {
      return;
    }
    asking = true;
    double capacity = Math.max(1, limits.burst() - (double) nodes * held);
    desk.take(new TakePermits(provider, limits.maxPerSecond(), capacity, held - permits))
        .onComplete(this::taken, failure -> askLater(TRY_AGAIN_MILLIS));
  }

  private void taken(PermitsTaken taken) {
    if (shared) {
      permits += taken.given();
    }
    if (permits > held() / 2) {
      asking = false;
    } else {
      askLater(Math.max(SHORTEST_WAIT_MILLIS, Math.min(LONGEST_WAIT_MILLIS, taken.waitMillis())));
    }
    if (taken.given() > 0) {
      // Last: whatever comes of it, this gate asks on.
      desk.given();
    }
  }

  private void askLater(long millis) {
    desk.later(
        millis,
        () -> {
          asking = false;
          refill();
        });
  }
}

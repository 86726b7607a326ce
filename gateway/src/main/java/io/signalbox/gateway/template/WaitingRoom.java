package io.signalbox.gateway.template;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who waits for a few threads: only so many may, and of one tenant at most half of them, so that it
 * does not hold up the others. Thread-safe.
 */
final class WaitingRoom {
  private final int most;
  private final AtomicInteger all = new AtomicInteger();
  private final ConcurrentMap<String, Integer> ofTenants = new ConcurrentHashMap<>();

  /** Makes one for so many. */
  WaitingRoom(int most) {
    this.most = most;
  }

  /** Whether there was room; then whoever came in must {@link #leave}. */
  boolean enter(String tenant) {
    int waiting = all.incrementAndGet();
    int ofTenant = ofTenants.merge(tenant, 1, Integer::sum);
    if (waiting <= most && ofTenant <= most / 2) {
      return true;
    }
    leave(tenant);
    return false;
  }

  void leave(String tenant) {
    ofTenants.computeIfPresent(tenant, (name, count) -> count == 1 ? null : count - 1);
    all.decrementAndGet();
  }
}

package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.spi.Channel;

/** Decides whether the notification at the head of a lane is taken now. Thread-confined. */
final class LaneGate {
  /** How many notifications that nobody can take are put off in one tick at most. */
  private static final int PUT_OFFS_PER_TICK = 250;

  private final ProviderBoard board;
  private final PolicyBook policies;
  private int putOffBudget = PUT_OFFS_PER_TICK;

  LaneGate(ProviderBoard board, PolicyBook policies) {
    this.board = board;
    this.policies = policies;
  }

  /**
   * Whether it goes. While its providers are busy it waits in its lane. While they are on trial, or
   * none can be had, it waits too, unless a fallback channel can take it; but where none can be had
   * some are let through to be told so, since their time may be over. One that only its own
   * provider may take must not hold up the lane: if that provider cannot take it, it goes while
   * there is room to put it off. What goes although it may yet have to wait for a trial needs that
   * room too.
   */
  boolean mayGo(WorkItem item, long nowMillis) {
    return switch (board.readiness(item.notification().channel(), nowMillis)) {
      case READY -> isPinnedReady(item, nowMillis) || putOffBudget > 0;
      case BUSY -> false;
      case ON_TRIAL -> putOffBudget > 0 && isFallbackReady(item, nowMillis);
      case UNAVAILABLE -> putOffBudget > 0 || isFallbackReady(item, nowMillis);
    };
  }

  /** Whether a provider that it may go to is ready on one of its fallback channels. */
  private boolean isFallbackReady(WorkItem item, long nowMillis) {
    EffectivePolicy policy = policies.resolve(item.notification());
    String pinned = policy.provider();
    for (Channel fallback : policy.fallbackChannelsOf(item.notification())) {
      boolean ready =
          pinned == null
              ? board.readiness(fallback, nowMillis) == BoardEntry.Readiness.READY
              : isReady(pinned, fallback, nowMillis);
      if (ready) {
        return true;
      }
    }
    return false;
  }

  /** Whether it may go to any provider, or its only one is ready. */
  private boolean isPinnedReady(WorkItem item, long nowMillis) {
    String pinned = policies.resolve(item.notification()).provider();
    return pinned == null || isReady(pinned, item.notification().channel(), nowMillis);
  }

  private boolean isReady(String provider, Channel channel, long nowMillis) {
    BoardEntry entry = board.find(provider);
    return entry != null
        && entry.state().channels().contains(channel)
        && entry.readiness(nowMillis) == BoardEntry.Readiness.READY;
  }

  /** One was put off. */
  void putOff() {
    putOffBudget--;
  }

  /** Called at intervals. */
  void tick() {
    putOffBudget = PUT_OFFS_PER_TICK;
  }
}

package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.SendNotification;
import java.util.List;

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
   * there is room to put it off.
   */
  boolean mayGo(WorkItem item, long nowMillis) {
    return switch (board.readiness(item.notification().channel(), nowMillis)) {
      case READY -> isPinnedReady(item, nowMillis) || putOffBudget > 0;
      case BUSY -> false;
      case ON_TRIAL -> isFallbackReady(item, nowMillis);
      case UNAVAILABLE -> isFallbackReady(item, nowMillis) || putOffBudget > 0;
    };
  }

  private boolean isFallbackReady(WorkItem item, long nowMillis) {
    for (Channel fallback : fallbackChannels(item.notification())) {
      if (board.readiness(fallback, nowMillis) == BoardEntry.Readiness.READY) {
        return true;
      }
    }
    return false;
  }

  /** Whether it may go to any provider, or its only one is ready. */
  private boolean isPinnedReady(WorkItem item, long nowMillis) {
    String pinned = policies.resolve(item.notification()).provider();
    BoardEntry entry = pinned == null ? null : board.find(pinned);
    return entry == null || entry.readiness(nowMillis) == BoardEntry.Readiness.READY;
  }

  private List<Channel> fallbackChannels(SendNotification notification) {
    return policies.resolve(notification).fallbackChannelsOf(notification);
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

package io.signalbox.gateway.queue;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.LaneKind;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What of all lanes is held in memory, and what was taken from them and is not let go yet.
 *
 * <p>A lane holds at most a window, and all windows together a number of bytes: half of them are
 * shared, and of the other half each lane has an equal part to itself, so that a lane that stands
 * still cannot keep the others empty. An empty lane may always take one notification.
 * Thread-confined.
 */
final class LaneWindows {
  private final int windowSize;
  private final long sharedBytes;
  private final long ownBytes;
  private final LaneOrder order = new LaneOrder();
  private final @Nullable LaneWindow[] byCode = new LaneWindow[Lane.CODES];
  private final List<LaneWindow> all = new ArrayList<>();
  private final Set<NotificationId> claimed = new HashSet<>();
  private int size;

  /** Makes empty windows, each of which is taken to have more in the ledger. */
  LaneWindows(GatewayConfig.Dispatch settings) {
    this.windowSize = settings.laneWindow();
    for (Channel channel : Channel.values()) {
      if (!channel.carriesMessages()) {
        continue;
      }
      for (Priority priority : Priority.values()) {
        for (LaneKind kind : LaneKind.values()) {
          LaneWindow window = new LaneWindow(new Lane(channel, priority, kind));
          window.setMoreInLedger(true);
          all.add(window);
          byCode[window.lane().code()] = window;
        }
      }
    }
    this.sharedBytes = settings.laneWindowBytes() / 2;
    this.ownBytes = settings.laneWindowBytes() / 2 / all.size();
  }

  /** The windows of all lanes. */
  List<LaneWindow> all() {
    return Collections.unmodifiableList(all);
  }

  /** The window of a lane that carries messages. */
  LaneWindow of(Lane lane) {
    LaneWindow window = byCode[lane.code()];
    if (window == null) {
      throw new IllegalArgumentException(lane + " carries no messages");
    }
    return window;
  }

  /** Takes in what was just stored, or leaves it to the ledger, which keeps the order. */
  void offer(WorkItem item) {
    LaneWindow window = of(item.lane());
    if (window.hasMoreInLedger() || !hasRoom(window, item)) {
      window.setMoreInLedger(true);
    } else {
      add(window, item);
    }
  }

  boolean hasRoom(LaneWindow window, WorkItem item) {
    return window.size() < windowSize
        && (window.size() == 0 || item.contentBytes() <= ownBytesLeft(window) + sharedBytesLeft());
  }

  /** How many more a lane may hold. */
  int room(LaneWindow window) {
    return windowSize - window.size();
  }

  /** How much more content a lane may hold of what is its own. */
  long ownBytesLeft(LaneWindow window) {
    return Math.max(0, ownBytes - window.bytes());
  }

  /** How much more content all lanes together may hold of what they share. */
  long sharedBytesLeft() {
    long used = 0;
    for (LaneWindow window : all) {
      used += Math.max(0, window.bytes() - ownBytes);
    }
    return Math.max(0, sharedBytes - used);
  }

  /** Not for a few notifications, unless there is none at all: each refill reads an index anew. */
  boolean isWorthARefill(LaneWindow window) {
    return window.size() == 0
        || (window.size() <= windowSize / 2 && sharedBytesLeft() >= sharedBytes / 2);
  }

  /** Takes one in and claims it, unless it is claimed already. */
  void add(LaneWindow window, WorkItem item) {
    if (claimed.add(item.id())) {
      window.add(item);
      size++;
      order.setFilled(window.lane(), true);
    }
  }

  /** See {@link DeliveryQueue#take}. */
  @Nullable WorkItem take(Predicate<WorkItem> mayGo) {
    if (size == 0) {
      return null;
    }
    Lane lane = order.next(candidate -> isReady(candidate, mayGo));
    LaneWindow window = lane == null ? null : byCode[lane.code()];
    WorkItem item = window == null ? null : window.poll();
    if (window != null && item != null) {
      size--;
      order.setFilled(window.lane(), window.size() > 0);
    }
    return item;
  }

  private boolean isReady(Lane lane, Predicate<WorkItem> mayGo) {
    LaneWindow window = byCode[lane.code()];
    WorkItem head = window == null ? null : window.peek();
    return head != null && mayGo.test(head);
  }

  /** Lets go of what waits and is not to be kept. */
  void retain(Predicate<WorkItem> kept) {
    for (LaneWindow window : all) {
      window.retain(
          kept,
          item -> {
            claimed.remove(item.id());
            size--;
          });
      order.setFilled(window.lane(), window.size() > 0);
    }
  }

  /** Gives up a claim. */
  void release(NotificationId id) {
    claimed.remove(id);
  }

  boolean isClaimed(NotificationId id) {
    return claimed.contains(id);
  }

  /** What is in the lanes or was taken from them, as it is now. */
  Set<NotificationId> claimed() {
    return Set.copyOf(claimed);
  }

  /** How many wait in all lanes. */
  int size() {
    return size;
  }
}

package io.signalbox.gateway.queue;

import io.signalbox.gateway.ledger.DueAmong;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.WorkItem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes entries that streams gave out into the windows of their lanes, with what the ledger has of
 * their notifications, and keeps them until the notifications are let go. Thread-confined.
 */
final class StreamArrivals {
  /** The gateway that moved it into a stream said that it was due; its clock may be ahead. */
  private static final long CLOCKS_DIFFER_MILLIS = 1_000;

  /** What was accepted longer ago may have moved on at another gateway. */
  private static final long FRESH_MILLIS = 1_000;

  private final Ledger ledger;
  private final LaneWindows windows;
  private final Clock clock;
  private final FreshItems fresh;
  private final Consumer<StreamEntry> done;
  private final Runnable arrived;
  private final Map<NotificationId, StreamEntry> entries = new HashMap<>();

  /**
   * Makes it.
   *
   * @param fresh what need not be asked for
   * @param done told of entries of which nothing is to be done any more
   * @param arrived told when the windows may hold more
   */
  StreamArrivals(
      Ledger ledger,
      LaneWindows windows,
      Clock clock,
      FreshItems fresh,
      Consumer<StreamEntry> done,
      Runnable arrived) {
    this.ledger = ledger;
    this.windows = windows;
    this.clock = clock;
    this.fresh = fresh;
    this.done = done;
    this.arrived = arrived;
  }

  /** Takes in what is announced for a lane, unless it is at it or there is no room. */
  void take(StreamLane lane) {
    boolean full = lane.isCrowded() && !windows.isWorthARefill(lane.window());
    if (full || lane.announced().isEmpty() || !lane.asked().isEmpty()) {
      return;
    }
    lane.setCrowded(false);
    List<StreamEntry> unknown = new ArrayList<>();
    while (!lane.announced().isEmpty()) {
      StreamEntry entry = lane.announced().poll();
      WorkItem item = justAccepted(entry);
      if (windows.isClaimed(entry.id())) {
        hold(entry);
      } else if (item == null || !place(item, entry)) {
        unknown.add(entry);
      }
    }
    if (!unknown.isEmpty()) {
      ask(lane, unknown);
    }
    arrived.run();
  }

  private @Nullable WorkItem justAccepted(StreamEntry entry) {
    WorkItem item = fresh.take(entry.id());
    return clock.millis() - entry.id().timestampMillis() < FRESH_MILLIS ? item : null;
  }

  private void ask(StreamLane lane, List<StreamEntry> unknown) {
    lane.setAsked(unknown);
    Map<NotificationId, StreamEntry> asked = new HashMap<>();
    unknown.forEach(entry -> asked.put(entry.id(), entry));
    long room = windows.ownBytesLeft(lane.window()) + windows.sharedBytesLeft();
    ledger
        .dueOf(asked.keySet(), clock.millis() + CLOCKS_DIFFER_MILLIS, room)
        .onSuccess(found -> answered(lane, unknown, found))
        // Asked again soon; that the ledger is away is for others to tell.
        .onFailure(failure -> putBack(lane, unknown));
  }

  private void answered(StreamLane lane, List<StreamEntry> asked, DueAmong found) {
    Map<NotificationId, WorkItem> items = new HashMap<>();
    found.items().forEach(item -> items.put(item.id(), item));
    List<StreamEntry> left = new ArrayList<>();
    for (StreamEntry entry : asked) {
      WorkItem item = items.get(entry.id());
      if (windows.isClaimed(entry.id())) {
        hold(entry);
      } else if (item == null ? found.left().contains(entry.id()) : !place(item, entry)) {
        left.add(entry);
      } else if (item == null) {
        done.accept(entry);
      }
    }
    lane.setCrowded(!left.isEmpty());
    putBack(lane, left);
    take(lane);
    arrived.run();
  }

  private static void putBack(StreamLane lane, List<StreamEntry> left) {
    lane.setAsked(List.of());
    for (int i = left.size() - 1; i >= 0; i--) {
      lane.announced().addFirst(left.get(i));
    }
  }

  /** Puts a notification into the window of its lane; false if there is no room. */
  private boolean place(WorkItem item, StreamEntry entry) {
    LaneWindow window = windows.of(item.lane());
    if (!windows.hasRoom(window, item)) {
      return false;
    }
    windows.add(window, item);
    hold(entry);
    return true;
  }

  /** The entry of a claimed notification goes with the claim; of two, the one before goes now. */
  private void hold(StreamEntry entry) {
    StreamEntry before = entries.put(entry.id(), entry);
    if (before != null && !before.equals(entry)) {
      done.accept(before);
    }
  }

  /** Whether an entry is kept for a notification. */
  boolean has(NotificationId id) {
    return entries.containsKey(id);
  }

  /** The notification was let go. */
  void release(NotificationId id) {
    StreamEntry entry = entries.remove(id);
    if (entry != null) {
      done.accept(entry);
    }
  }

  /**
   * All entries that were given out to this gateway and are not done, by their lanes.
   *
   * @param byLane the stream of a lane
   */
  Map<StreamLane, List<StreamEntry>> held(
      Iterable<StreamLane> lanes, Function<Lane, StreamLane> byLane) {
    Map<StreamLane, List<StreamEntry>> held = new HashMap<>();
    for (StreamLane lane : lanes) {
      if (lane.onTheirWay() > 0) {
        List<StreamEntry> all = new ArrayList<>(lane.announced());
        all.addAll(lane.asked());
        held.put(lane, all);
      }
    }
    for (StreamEntry entry : entries.values()) {
      held.computeIfAbsent(byLane.apply(entry.lane()), first -> new ArrayList<>()).add(entry);
    }
    return held;
  }
}

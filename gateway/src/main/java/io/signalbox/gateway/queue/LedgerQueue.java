package io.signalbox.gateway.queue;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.LaneKind;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lanes in memory over the ledger.
 *
 * <p>A lane holds at most a window, and all windows together a number of bytes: half of them are
 * shared, and of the other half each lane has an equal part to itself, so that a lane that stands
 * still cannot keep the others empty. An empty lane may always take one notification. What does not
 * fit is left to the ledger, which is asked again when there is room. There is no cursor into the
 * ledger: each refill asks for what is due and is not claimed, so nothing can be skipped. What a
 * stale answer brings twice is refused by {@link Ledger#begin}, which compares the number of
 * attempts.
 */
public final class LedgerQueue implements DeliveryQueue {
  private final Ledger ledger;
  private final Clock clock;
  private final int windowSize;
  private final long sharedBytes;
  private final long ownBytes;
  private final LaneOrder order = new LaneOrder();
  private final @Nullable LaneWindow[] windowsByCode;
  private final List<LaneWindow> windows = new ArrayList<>();
  private final Set<NotificationId> claimed = new HashSet<>();
  private int size;
  private boolean refilling;

  /** Makes an empty queue whose lanes all want a refill. */
  public LedgerQueue(Ledger ledger, GatewayConfig.Dispatch settings, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
    this.windowSize = settings.laneWindow();
    this.windowsByCode = new LaneWindow[Lane.CODES];
    for (Channel channel : Channel.values()) {
      if (!channel.carriesMessages()) {
        continue;
      }
      for (Priority priority : Priority.values()) {
        for (LaneKind kind : LaneKind.values()) {
          addWindow(new Lane(channel, priority, kind));
        }
      }
    }
    this.sharedBytes = settings.laneWindowBytes() / 2;
    this.ownBytes = settings.laneWindowBytes() / 2 / windows.size();
  }

  private void addWindow(Lane lane) {
    LaneWindow window = new LaneWindow(lane);
    window.setMoreInLedger(true);
    windows.add(window);
    windowsByCode[lane.code()] = window;
  }

  @Override
  public void offer(WorkItem item) {
    LaneWindow window = windowsByCode[item.lane().code()];
    if (window == null) {
      throw new IllegalArgumentException(item.lane() + " carries no messages");
    }
    if (window.hasMoreInLedger() || !hasRoom(window, item)) {
      // Older ones wait in the ledger: it keeps the order.
      window.setMoreInLedger(true);
      return;
    }
    add(window, item);
  }

  private boolean hasRoom(LaneWindow window, WorkItem item) {
    return window.size() < windowSize
        && (window.size() == 0 || item.contentBytes() <= ownBytesLeft(window) + sharedBytesLeft());
  }

  private long ownBytesLeft(LaneWindow window) {
    return Math.max(0, ownBytes - window.bytes());
  }

  private long sharedBytesLeft() {
    long used = 0;
    for (LaneWindow window : windows) {
      used += Math.max(0, window.bytes() - ownBytes);
    }
    return Math.max(0, sharedBytes - used);
  }

  private void add(LaneWindow window, WorkItem item) {
    if (claimed.add(item.id())) {
      window.add(item);
      size++;
      order.setFilled(window.lane(), true);
    }
  }

  @Override
  public @Nullable WorkItem take(Predicate<WorkItem> mayGo) {
    if (size == 0) {
      return null;
    }
    Lane lane = order.next(candidate -> isReady(candidate, mayGo));
    LaneWindow window = lane == null ? null : windowsByCode[lane.code()];
    WorkItem item = window == null ? null : window.poll();
    if (window != null && item != null) {
      size--;
      order.setFilled(window.lane(), window.size() > 0);
    }
    return item;
  }

  private boolean isReady(Lane lane, Predicate<WorkItem> mayGo) {
    LaneWindow window = windowsByCode[lane.code()];
    WorkItem head = window == null ? null : window.peek();
    return head != null && mayGo.test(head);
  }

  @Override
  public void release(NotificationId id) {
    claimed.remove(id);
  }

  @Override
  public boolean wantsRefill() {
    if (refilling) {
      return false;
    }
    for (LaneWindow window : windows) {
      if (window.hasMoreInLedger() && isWorthARefill(window)) {
        return true;
      }
    }
    return false;
  }

  /** Not for a few notifications, unless there is none at all: each refill reads an index anew. */
  private boolean isWorthARefill(LaneWindow window) {
    return window.size() == 0
        || (window.size() <= windowSize / 2 && sharedBytesLeft() >= sharedBytes / 2);
  }

  @Override
  public Future<Void> refill() {
    return ask(window -> window.hasMoreInLedger() && isWorthARefill(window));
  }

  @Override
  public Future<Void> sweep() {
    return ask(this::isWorthARefill);
  }

  private Future<Void> ask(Predicate<LaneWindow> wanted) {
    if (refilling) {
      return Future.succeededFuture();
    }
    refilling = true;
    long now = clock.millis();
    Set<NotificationId> skip = Set.copyOf(claimed);
    List<LaneWindow> asked = windows.stream().filter(wanted).toList();
    // Who is known to have more shares what is left; what the bell missed elsewhere is little.
    long sharing = Math.max(1, asked.stream().filter(LaneWindow::hasMoreInLedger).count());
    long share = sharedBytesLeft() / sharing;
    List<Future<?>> answers = new ArrayList<>();
    for (LaneWindow window : asked) {
      long maxBytes = ownBytesLeft(window) + (window.hasMoreInLedger() ? share : 0);
      answers.add(refill(window, now, maxBytes, skip));
    }
    return Future.join(answers).<Void>mapEmpty().onComplete(done -> refilling = false);
  }

  private Future<Void> refill(
      LaneWindow window, long now, long maxBytes, Set<NotificationId> skip) {
    int limit = windowSize - window.size();
    // Cleared before asking: what is stored while the ledger reads is offered or sets it again.
    window.setMoreInLedger(false);
    return ledger
        .due(window.lane(), now, limit, maxBytes, skip)
        .onFailure(failure -> window.setMoreInLedger(true))
        .map(
            due -> {
              boolean more = due.more();
              for (WorkItem item : due.items()) {
                if (!hasRoom(window, item)) {
                  more = true;
                  break;
                }
                add(window, item);
              }
              if (more) {
                window.setMoreInLedger(true);
              }
              return null;
            });
  }

  @Override
  public int size() {
    return size;
  }
}

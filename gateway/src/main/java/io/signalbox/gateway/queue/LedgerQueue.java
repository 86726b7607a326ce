package io.signalbox.gateway.queue;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.model.Lane;
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
 * <p>A lane holds at most a window, and all windows together a number of bytes; what does not fit
 * is left to the ledger, which is asked again as soon as a window is half empty. There is no cursor
 * into the ledger: each refill asks for what is due and is not claimed, so nothing can be skipped.
 * What a stale answer brings twice is refused by {@link Ledger#begin}, which compares the number of
 * attempts.
 */
public final class LedgerQueue implements DeliveryQueue {
  private final Ledger ledger;
  private final Clock clock;
  private final int windowSize;
  private final long maxBytes;
  private final LaneOrder order = new LaneOrder();
  private final @Nullable LaneWindow[] windowsByCode;
  private final List<LaneWindow> windows = new ArrayList<>();
  private final Set<NotificationId> claimed = new HashSet<>();
  private long bytes;
  private int size;
  private boolean refilling;

  /** Makes an empty queue whose lanes all want a refill. */
  public LedgerQueue(Ledger ledger, GatewayConfig.Dispatch settings, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
    this.windowSize = settings.laneWindow();
    this.maxBytes = settings.laneWindowBytes();
    this.windowsByCode = new LaneWindow[Channel.values().length * 8];
    for (Channel channel : Channel.values()) {
      if (!channel.carriesMessages()) {
        continue;
      }
      for (Priority priority : Priority.values()) {
        addWindow(new Lane(channel, priority, false));
        addWindow(new Lane(channel, priority, true));
      }
    }
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
    if (window.hasMoreInLedger() || !hasRoom(window)) {
      // Older ones wait in the ledger: it keeps the order.
      window.setMoreInLedger(true);
      return;
    }
    add(window, item);
  }

  private boolean hasRoom(LaneWindow window) {
    return window.size() < windowSize && bytes < maxBytes;
  }

  private void add(LaneWindow window, WorkItem item) {
    if (claimed.add(item.id())) {
      window.add(item);
      bytes += item.contentBytes();
      size++;
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
    if (item != null) {
      bytes -= item.contentBytes();
      size--;
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
      if (wantsRefill(window)) {
        return true;
      }
    }
    return false;
  }

  private boolean wantsRefill(LaneWindow window) {
    return window.hasMoreInLedger() && window.size() <= windowSize / 2 && bytes < maxBytes;
  }

  @Override
  public Future<Void> refill() {
    if (refilling) {
      return Future.succeededFuture();
    }
    refilling = true;
    long now = clock.millis();
    Set<NotificationId> skip = Set.copyOf(claimed);
    List<Future<?>> answers = new ArrayList<>();
    for (LaneWindow window : windows) {
      if (window.size() <= windowSize / 2 && bytes < maxBytes) {
        answers.add(refill(window, now, skip));
      }
    }
    return Future.join(answers).<Void>mapEmpty().onComplete(done -> refilling = false);
  }

  private Future<Void> refill(LaneWindow window, long now, Set<NotificationId> skip) {
    int limit = windowSize - window.size();
    // Cleared before asking: what is stored while the ledger reads is offered or sets it again.
    window.setMoreInLedger(false);
    return ledger
        .due(window.lane(), now, limit, skip)
        .onFailure(failure -> window.setMoreInLedger(true))
        .map(
            items -> {
              for (WorkItem item : items) {
                if (bytes >= maxBytes) {
                  window.setMoreInLedger(true);
                  break;
                }
                add(window, item);
              }
              if (items.size() >= limit) {
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

package io.signalbox.gateway.queue;

import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.WorkItem;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The part of one lane that is held in memory. Thread-confined. */
final class LaneWindow {
  private final Lane lane;
  private final ArrayDeque<WorkItem> items = new ArrayDeque<>();
  private boolean moreInLedger;

  LaneWindow(Lane lane) {
    this.lane = lane;
  }

  Lane lane() {
    return lane;
  }

  void add(WorkItem item) {
    items.addLast(item);
  }

  @Nullable WorkItem peek() {
    return items.peekFirst();
  }

  @Nullable WorkItem poll() {
    return items.pollFirst();
  }

  int size() {
    return items.size();
  }

  /** Whether the ledger is known to hold due notifications of this lane that are not here. */
  boolean hasMoreInLedger() {
    return moreInLedger;
  }

  void setMoreInLedger(boolean more) {
    moreInLedger = more;
  }
}

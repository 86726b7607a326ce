package io.signalbox.gateway.queue;

import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.WorkItem;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The part of one lane that is held in memory. Thread-confined. */
final class LaneWindow {
  private final Lane lane;
  private final ArrayDeque<WorkItem> items = new ArrayDeque<>();
  private boolean moreInLedger;
  private long bytes;

  LaneWindow(Lane lane) {
    this.lane = lane;
  }

  Lane lane() {
    return lane;
  }

  void add(WorkItem item) {
    items.addLast(item);
    bytes += item.contentBytes();
  }

  @Nullable WorkItem peek() {
    return items.peekFirst();
  }

  @Nullable WorkItem poll() {
    WorkItem item = items.pollFirst();
    if (item != null) {
      bytes -= item.contentBytes();
    }
    return item;
  }

  /** Lets go of those that are not to be kept. */
  void retain(Predicate<WorkItem> kept, Consumer<WorkItem> goes) {
    items.removeIf(
        item -> {
          if (kept.test(item)) {
            return false;
          }
          bytes -= item.contentBytes();
          goes.accept(item);
          return true;
        });
  }

  int size() {
    return items.size();
  }

  /** How many bytes of content it holds. */
  long bytes() {
    return bytes;
  }

  /** Whether the ledger is known to hold due notifications of this lane that are not here. */
  boolean hasMoreInLedger() {
    return moreInLedger;
  }

  void setMoreInLedger(boolean more) {
    moreInLedger = more;
  }
}

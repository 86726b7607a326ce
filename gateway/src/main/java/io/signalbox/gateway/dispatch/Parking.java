package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.model.WorkItem;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What waits outside its lane for a permit of one provider. Thread-confined. */
final class Parking {
  private final ProviderBoard board;
  private final ArrayDeque<WorkItem> homeless = new ArrayDeque<>();

  Parking(ProviderBoard board) {
    this.board = board;
  }

  /**
   * Takes in what a provider verticle published: what waited for one that is gone waits no more.
   */
  void update(ProviderState state) {
    homeless.addAll(board.update(state));
  }

  /** Lets a notification wait; false if too many do. */
  boolean park(WorkItem item, BoardEntry provider) {
    return provider.park(item);
  }

  /** One whose permit is free now, or will not come; null if all go on waiting. */
  @Nullable WorkItem next(long nowMillis) {
    WorkItem next = homeless.poll();
    if (next != null) {
      return next;
    }
    for (BoardEntry entry : board.all()) {
      WorkItem item = waits(entry.readiness(nowMillis)) ? null : entry.unpark();
      if (item != null) {
        return item;
      }
    }
    return null;
  }

  private static boolean waits(BoardEntry.Readiness readiness) {
    return readiness == BoardEntry.Readiness.BUSY || readiness == BoardEntry.Readiness.ON_TRIAL;
  }
}

package io.signalbox.gateway.queue;

import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.WorkItem;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Fills lanes from the ledger. There is no cursor into it: each refill asks for what is due and is
 * not claimed, so nothing can be skipped. What a stale answer brings twice is refused by {@link
 * Ledger#begin}, which compares the number of attempts. Of a ledger that nodes share, each asks for
 * its own share. Thread-confined.
 */
final class LedgerRefill {
  private final Ledger ledger;
  private final LaneWindows lanes;
  private boolean asking;
  private long buckets;

  LedgerRefill(Ledger ledger, LaneWindows lanes) {
    this.ledger = ledger;
    this.lanes = lanes;
  }

  /** Whether a question would be asked for any lane, of those that are known to have more. */
  boolean isWanted(Predicate<LaneWindow> wanted) {
    if (asking) {
      return false;
    }
    for (LaneWindow window : lanes.all()) {
      if (window.hasMoreInLedger() && lanes.isWorthARefill(window) && wanted.test(window)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Asks for more of the lanes that are worth it; does nothing while an answer is waited for.
   *
   * @param wanted which lanes
   * @param dueBy until when it must have been due, in milliseconds since 1970
   * @return how many came; fails if the ledger could not be asked
   */
  Future<Integer> ask(Predicate<LaneWindow> wanted, ToLongFunction<LaneWindow> dueBy) {
    if (asking) {
      return Future.succeededFuture(0);
    }
    asking = true;
    lookAtShare();
    Set<NotificationId> skip = lanes.claimed();
    List<LaneWindow> asked =
        lanes.all().stream().filter(lanes::isWorthARefill).filter(wanted).toList();
    // Who is known to have more shares what is left; what the bell missed elsewhere is little.
    long sharing = Math.max(1, asked.stream().filter(LaneWindow::hasMoreInLedger).count());
    long share = lanes.sharedBytesLeft() / sharing;
    List<Future<Integer>> answers = new ArrayList<>();
    for (LaneWindow window : asked) {
      long maxBytes = lanes.ownBytesLeft(window) + (window.hasMoreInLedger() ? share : 0);
      answers.add(refill(window, dueBy.applyAsLong(window), maxBytes, skip));
    }
    return Future.join(answers)
        .map(all -> answers.stream().mapToInt(Future::result).sum())
        .onComplete(done -> asking = false);
  }

  /** What has become ours to do may be in any lane. */
  private void lookAtShare() {
    long now = ledger.nodes().share().buckets();
    if (now != buckets) {
      buckets = now;
      lanes.all().forEach(window -> window.setMoreInLedger(true));
    }
  }

  private Future<Integer> refill(
      LaneWindow window, long dueBy, long maxBytes, Set<NotificationId> skip) {
    // Cleared before asking: what is stored while the ledger reads is offered or sets it again.
    window.setMoreInLedger(false);
    return ledger
        .due(window.lane(), buckets, dueBy, lanes.room(window), maxBytes, skip)
        .onFailure(failure -> window.setMoreInLedger(true))
        .map(
            due -> {
              int added = 0;
              boolean more = due.more();
              for (WorkItem item : due.items()) {
                if (!lanes.hasRoom(window, item)) {
                  more = true;
                  break;
                }
                lanes.add(window, item);
                added++;
              }
              if (more) {
                window.setMoreInLedger(true);
              }
              return added;
            });
  }
}

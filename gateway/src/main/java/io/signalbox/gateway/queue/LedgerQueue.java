package io.signalbox.gateway.queue;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.WorkItem;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lanes in memory over the ledger. What does not fit is left to the ledger, which is asked again
 * when there is room.
 */
public final class LedgerQueue implements DeliveryQueue {
  private final Clock clock;
  private final LaneWindows lanes;
  private final LedgerRefill ledger;

  /** Makes an empty queue whose lanes all want a refill. */
  public LedgerQueue(Ledger ledger, GatewayConfig.Dispatch settings, Clock clock) {
    this.clock = clock;
    this.lanes = new LaneWindows(settings);
    this.ledger = new LedgerRefill(ledger, lanes);
  }

  @Override
  public void offer(WorkItem item) {
    lanes.offer(item);
  }

  @Override
  public @Nullable WorkItem take(Predicate<WorkItem> mayGo) {
    return lanes.take(mayGo);
  }

  @Override
  public void release(NotificationId id) {
    lanes.release(id);
  }

  @Override
  public boolean wantsRefill() {
    return ledger.isWanted(window -> true);
  }

  @Override
  public Future<Void> refill() {
    return ask(LaneWindow::hasMoreInLedger);
  }

  @Override
  public Future<Void> sweep() {
    return ask(window -> true);
  }

  private Future<Void> ask(Predicate<LaneWindow> wanted) {
    long now = clock.millis();
    return ledger.ask(wanted, window -> now).mapEmpty();
  }

  @Override
  public int size() {
    return lanes.size();
  }
}

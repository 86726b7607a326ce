package io.signalbox.gateway.queue;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.ledger.Nodes;
import io.signalbox.gateway.model.NodeShare;
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
  private final Nodes nodes;
  private NodeShare share;

  /** Makes an empty queue whose lanes all want a refill. */
  public LedgerQueue(Ledger ledger, GatewayConfig.Dispatch settings, Clock clock) {
    this.clock = clock;
    this.lanes = new LaneWindows(settings);
    this.ledger = new LedgerRefill(ledger, lanes);
    this.nodes = ledger.nodes();
    this.share = nodes.share();
  }

  @Override
  public void offer(WorkItem item) {
    if (nodes.share().has(item.id())) {
      lanes.offer(item);
    }
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
    NodeShare mine = nodes.share();
    if (mine.buckets() != share.buckets()) {
      share = mine;
      // Others are about to do the rest.
      lanes.retain(item -> mine.has(item.id()));
    }
    long now = clock.millis();
    return ledger.ask(wanted, window -> now).mapEmpty();
  }

  @Override
  public int size() {
    return lanes.size();
  }
}

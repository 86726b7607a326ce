package io.signalbox.gateway.server;

import io.signalbox.gateway.health.WorkMonitor;
import io.signalbox.gateway.health.WorkSample;
import io.signalbox.gateway.ledger.Nodes;
import io.signalbox.gateway.model.NodeShare;
import java.util.function.Supplier;

/**
 * Where new notifications lie: in this node's own share, so that its lanes have them at once; but
 * once what is due has to wait, in everybody's. Thread-safe.
 */
final class ShareOfNewIds implements Supplier<NodeShare> {
  private static final long LONG_MILLIS = 1_000;

  private final Nodes nodes;
  private final WorkMonitor monitor;
  private volatile Judged judged;

  ShareOfNewIds(Nodes nodes, WorkMonitor monitor) {
    this.nodes = nodes;
    this.monitor = monitor;
    this.judged = Judged.of(monitor.sample());
  }

  @Override
  public NodeShare get() {
    NodeShare own = nodes.share();
    if (own.alone()) {
      return own;
    }
    WorkSample now = monitor.sample();
    Judged known = judged;
    if (known.takenAtMillis() != now.takenAtMillis()) {
      known = Judged.of(now);
      judged = known;
    }
    return known.busy() ? own.spread() : own;
  }

  private record Judged(long takenAtMillis, boolean busy) {
    static Judged of(WorkSample sample) {
      return new Judged(sample.takenAtMillis(), sample.oldestDueMillis() > LONG_MILLIS);
    }
  }
}

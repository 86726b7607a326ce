package io.signalbox.gateway.webhook;

import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.ledger.WebhookSlice;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.gateway.tracing.WorkSpan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Leads from receipts to the requests that brought them, where traces are recorded. Known only
 * while the webhook waits in this process: after a restart receipts are recorded without. Used on
 * one context.
 */
final class WebhookTraces {
  private static final int MOST = 10_000;

  private final Tracing tracing;
  private final Map<Long, TraceContext> requests = new Newest();

  WebhookTraces(Tracing tracing) {
    this.tracing = tracing;
  }

  /** A webhook was stored, within its request. */
  void stored(long webhook) {
    if (tracing.isOn()) {
      tracing.here().map(WorkSpan::place).ifPresent(place -> requests.put(webhook, place));
    }
  }

  /** Receipts have taken effect. */
  void applied(WebhookSlice slice, List<ReceiptEffect> effects) {
    if (!tracing.isOn()) {
      return;
    }
    TraceContext request = requests.get(slice.webhook());
    for (ReceiptEffect effect : effects) {
      tracing.receipt(slice.batch().provider(), effect, request);
    }
    if (slice.last()) {
      requests.remove(slice.webhook());
    }
  }

  /** Forgets the eldest. */
  private static final class Newest extends LinkedHashMap<Long, TraceContext> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, TraceContext> eldest) {
      return size() > MOST;
    }
  }
}

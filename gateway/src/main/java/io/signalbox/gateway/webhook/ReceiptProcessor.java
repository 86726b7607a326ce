package io.signalbox.gateway.webhook;

import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.ledger.StoredWebhook;
import io.signalbox.gateway.ledger.UnprocessedWebhooks;
import io.signalbox.gateway.ledger.WebhookInbox;
import io.signalbox.gateway.ledger.WebhookSlice;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets stored webhooks take effect, slice by slice, one change of the ledger at a time: so there is
 * at most one slice in each commit, whatever comes in. What does not fit into its queue is found in
 * the ledger again. Used on one context.
 */
final class ReceiptProcessor {
  private static final Logger LOG = LoggerFactory.getLogger(ReceiptProcessor.class);
  private static final int SLICE = 100;
  private static final int QUEUED_RECEIPTS = 20_000;
  private static final int WEBHOOKS_AT_A_TIME = 50;
  private static final long SWEEP_MILLIS = 1_000;

  private final Vertx vertx;
  private final WebhookInbox inbox;
  private final BiConsumer<WebhookSlice, List<ReceiptEffect>> listener;
  private final ProcessingQueue queue = new ProcessingQueue(QUEUED_RECEIPTS);
  private Future<?> underWay = Future.succeededFuture();
  private boolean busy;
  private boolean refilling;
  private boolean moreInLedger = true;
  private boolean stopped;
  // What has ended while the ledger was asked: its answer may be older and bring it once more.
  private final Set<Long> endedSinceAsked = new HashSet<>();
  // So many webhooks are processed alone, since one of them made the ledger refuse all.
  private int alone;
  private long timer;

  /**
   * Makes a processor; {@link #start} begins to work.
   *
   * @param listener told of each slice with the effects of its receipts, once they are durable
   */
  ReceiptProcessor(
      Vertx vertx, WebhookInbox inbox, BiConsumer<WebhookSlice, List<ReceiptEffect>> listener) {
    this.vertx = vertx;
    this.inbox = inbox;
    this.listener = listener;
  }

  /** Takes up what an earlier run left, then what is offered. */
  void start() {
    timer = vertx.setPeriodic(SWEEP_MILLIS, tick -> sweep());
    inbox
        .takeUpSetAside()
        .onFailure(failure -> LOG.warn("no webhook was taken up again: {}", failure.getMessage()))
        .onComplete(done -> sweep());
  }

  /** Takes a webhook that was just stored. */
  void offer(StoredWebhook webhook) {
    if (!queue.offer(webhook)) {
      moreInLedger = true;
    }
    pump();
  }

  /** Begins nothing more; succeeds when the slice under way has ended. */
  Future<Void> stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    return underWay.<Void>mapEmpty().otherwiseEmpty();
  }

  private void sweep() {
    moreInLedger = true;
    pump();
    refill();
  }

  private void refill() {
    if (refilling || stopped || !moreInLedger || queue.room() < QUEUED_RECEIPTS / 2) {
      return;
    }
    refilling = true;
    moreInLedger = false;
    endedSinceAsked.clear();
    inbox
        .unprocessed(queue.room(), queue.ids())
        .onComplete(
            found -> {
              refilling = false;
              take(found);
              pump();
            },
            failure -> {
              refilling = false;
              LOG.warn("unprocessed webhooks cannot be read: {}", failure.getMessage());
            });
  }

  private void take(UnprocessedWebhooks found) {
    moreInLedger |= found.more();
    for (StoredWebhook webhook : found.webhooks()) {
      if (!endedSinceAsked.contains(webhook.id())) {
        moreInLedger |= !queue.offer(webhook);
      }
    }
  }

  private void pump() {
    if (busy || stopped) {
      return;
    }
    List<WebhookSlice> next = queue.next(SLICE, alone > 0 ? 1 : WEBHOOKS_AT_A_TIME);
    if (next.isEmpty()) {
      refill();
      return;
    }
    busy = true;
    Future<List<List<ReceiptEffect>>> processing = inbox.process(next);
    underWay = processing;
    processing.onComplete(effects -> done(next, effects), failure -> refused(next, failure));
  }

  private void done(List<WebhookSlice> slices, List<List<ReceiptEffect>> effects) {
    queue.remove(slices);
    if (alone > 0 && slices.get(0).last()) {
      alone--;
    }
    busy = false;
    for (int i = 0; i < slices.size(); i++) {
      if (refilling && slices.get(i).last()) {
        endedSinceAsked.add(slices.get(i).webhook());
      }
      listener.accept(slices.get(i), effects.get(i));
    }
    pump();
  }

  private void refused(List<WebhookSlice> slices, Throwable failure) {
    if (failure instanceof LedgerUnavailableException) {
      LOG.debug("webhooks wait for the ledger: {}", failure.getMessage());
      // The next sweep tries again.
      busy = false;
    } else if (slices.size() > 1) {
      alone = slices.size();
      busy = false;
      pump();
    } else {
      setAside(slices.get(0), failure);
    }
  }

  private void setAside(WebhookSlice slice, Throwable failure) {
    LOG.error("the ledger refuses the receipts of webhook {}", slice.webhook(), failure);
    Future<Void> setAside = inbox.setAside(slice.webhook(), failure.getClass().getSimpleName());
    underWay = setAside;
    setAside.onComplete(
        done -> {
          queue.removeFirst();
          alone = Math.max(0, alone - 1);
          busy = false;
          pump();
        },
        unavailable -> busy = false);
  }
}

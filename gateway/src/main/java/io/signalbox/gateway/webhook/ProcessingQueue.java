package io.signalbox.gateway.webhook;

import io.signalbox.gateway.ledger.StoredWebhook;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.ledger.WebhookSlice;
import io.signalbox.spi.Receipt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Stored webhooks in memory, bounded by their receipts, and how they are cut into slices. Not
 * thread-safe.
 */
final class ProcessingQueue {
  private final int maxReceipts;
  private final Deque<StoredWebhook> webhooks = new ArrayDeque<>();
  private final Set<Long> ids = new HashSet<>();
  private int receipts;
  // How many receipts of the first webhook are done.
  private int done;

  /**
   * Makes an empty queue.
   *
   * @param maxReceipts how many it holds, though one webhook always has room
   */
  ProcessingQueue(int maxReceipts) {
    this.maxReceipts = maxReceipts;
  }

  /** Adds a webhook, unless it is here already; false if there is no room. */
  boolean offer(StoredWebhook webhook) {
    if (ids.contains(webhook.id())) {
      return true;
    }
    int more = webhook.batch().receipts().size();
    if (!webhooks.isEmpty() && receipts + more > maxReceipts) {
      return false;
    }
    webhooks.add(webhook);
    ids.add(webhook.id());
    receipts += more;
    return true;
  }

  /** How many more receipts have room. */
  int room() {
    return Math.max(0, maxReceipts - receipts);
  }

  /** Which webhooks it holds. */
  Set<Long> ids() {
    return ids;
  }

  /**
   * The slices that are next; they stay here until {@link #remove}.
   *
   * @param limit how many receipts they hold at most, at least 1
   * @param maxWebhooks of how many webhooks
   */
  List<WebhookSlice> next(int limit, int maxWebhooks) {
    List<WebhookSlice> slices = new ArrayList<>();
    int from = done;
    int left = limit;
    for (StoredWebhook webhook : webhooks) {
      if (left == 0 || slices.size() == maxWebhooks) {
        break;
      }
      WebhookBatch batch = webhook.batch();
      List<Receipt> all = batch.receipts();
      int to = Math.min(all.size(), from + left);
      slices.add(new WebhookSlice(webhook.id(), batch.part(from, to), to == all.size()));
      left -= to - from;
      from = 0;
    }
    return slices;
  }

  /** Removes the first webhooks, or parts of them, as {@link #next} gave them. */
  void remove(List<WebhookSlice> slices) {
    for (WebhookSlice slice : slices) {
      if (slice.last()) {
        removeFirst();
      } else {
        done += slice.batch().receipts().size();
      }
    }
  }

  /** Removes the first webhook, done or not. */
  void removeFirst() {
    StoredWebhook first = webhooks.remove();
    ids.remove(first.id());
    receipts -= first.batch().receipts().size();
    done = 0;
  }
}

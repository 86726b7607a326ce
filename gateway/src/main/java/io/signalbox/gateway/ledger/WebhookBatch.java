package io.signalbox.gateway.ledger;

import io.signalbox.spi.Receipt;
import java.util.List;

/**
 * The receipts of one webhook.
 *
 * @param provider whose webhook
 * @param receivedAtMillis when it arrived
 * @param receipts in the order of the body
 */
public record WebhookBatch(String provider, long receivedAtMillis, List<Receipt> receipts) {

  /** Copies the list. */
  public WebhookBatch {
    receipts = List.copyOf(receipts);
  }
}

package io.signalbox.gateway.ledger;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Receipt;
import java.util.List;
import java.util.Set;

/**
 * The receipts of one webhook, or the one that a look-up has found.
 *
 * @param provider whose webhook, or who was asked
 * @param receivedAtMillis when it arrived
 * @param receipts in the order of the body
 * @param channels what the provider carries: a receipt that speaks of no known attempt is about one
 *     of them; empty if that is not known
 * @param lookedUp whether we have asked for them: that does not show that webhooks reach us
 */
public record WebhookBatch(
    String provider,
    long receivedAtMillis,
    List<Receipt> receipts,
    Set<Channel> channels,
    boolean lookedUp) {

  /** Copies the collections. */
  public WebhookBatch {
    receipts = List.copyOf(receipts);
    channels = Set.copyOf(channels);
  }

  /** The receipts of a webhook. */
  public WebhookBatch(
      String provider, long receivedAtMillis, List<Receipt> receipts, Set<Channel> channels) {
    this(provider, receivedAtMillis, receipts, channels, false);
  }

  /** The receipts of a provider of which no more is known. */
  public WebhookBatch(String provider, long receivedAtMillis, List<Receipt> receipts) {
    this(provider, receivedAtMillis, receipts, Set.of());
  }

  /** Some of the receipts, from one position to before another. */
  public WebhookBatch part(int from, int to) {
    return new WebhookBatch(
        provider, receivedAtMillis, receipts.subList(from, to), channels, lookedUp);
  }
}

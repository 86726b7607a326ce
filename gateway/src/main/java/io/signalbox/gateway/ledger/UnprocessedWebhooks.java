package io.signalbox.gateway.ledger;

import java.util.List;

/**
 * Stored webhooks that wait to be processed.
 *
 * @param webhooks oldest first
 * @param more whether there are more than were asked for
 */
public record UnprocessedWebhooks(List<StoredWebhook> webhooks, boolean more) {

  /** Copies the list. */
  public UnprocessedWebhooks {
    webhooks = List.copyOf(webhooks);
  }
}

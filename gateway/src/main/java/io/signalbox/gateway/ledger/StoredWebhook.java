package io.signalbox.gateway.ledger;

/**
 * A stored webhook whose receipts have not all taken effect.
 *
 * @param id the ledger's number of its body
 * @param batch all its receipts
 */
public record StoredWebhook(long id, WebhookBatch batch) {}

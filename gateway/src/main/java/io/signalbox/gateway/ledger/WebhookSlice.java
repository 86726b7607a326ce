package io.signalbox.gateway.ledger;

/**
 * Some of the receipts of a stored webhook.
 *
 * @param webhook the ledger's number of its body
 * @param batch these receipts
 * @param last whether no others follow: then the webhook is processed
 */
public record WebhookSlice(long webhook, WebhookBatch batch, boolean last) {}

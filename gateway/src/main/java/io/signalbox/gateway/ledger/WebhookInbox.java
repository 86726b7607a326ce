package io.signalbox.gateway.ledger;

import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/**
 * Webhooks between their arrival and their effect. A webhook is stored with one small change, so
 * that it can be answered; its receipts take effect later, in slices, so that neither a large body
 * nor many of them hold up other changes. What is stored and not processed survives a restart.
 *
 * <p>Durability, threads and failures are those of {@link Ledger}.
 */
public interface WebhookInbox {

  /** Stores a webhook; returns its number. Without receipts there is nothing to process. */
  Future<Long> store(WebhookBody body);

  /**
   * Lets receipts take effect as {@link Ledger#record} does, all in one change; returns the effects
   * of each slice. A slice that is repeated changes nothing.
   */
  Future<List<List<ReceiptEffect>>> process(List<WebhookSlice> slices);

  /**
   * Takes a webhook out of those to be processed, because the ledger refuses its receipts.
   *
   * @param why for people
   */
  Future<Void> setAside(long webhook, String why);

  /** Puts what was set aside back among those to be processed; returns how many. */
  Future<Integer> takeUpSetAside();

  /**
   * Webhooks to be processed, oldest first.
   *
   * @param maxReceipts at most so many receipts, but always one webhook if any waits
   * @param skip what the caller has already
   */
  Future<UnprocessedWebhooks> unprocessed(int maxReceipts, Set<Long> skip);

  /** Whether this node is to look for what {@link #matchLate} finds; one of several is. */
  boolean matchesLate();

  /**
   * Lets receipts take effect of which one node did not know the attempt, because another was just
   * storing what its provider had answered.
   *
   * @param after only receipts that were numbered after that; -1 looks at none and tells the newest
   */
  Future<LateMatches> matchLate(long after, long nowMillis);

  /** How many wait. */
  Future<WebhookBacklog> waiting();

  /**
   * Deletes raw bodies that arrived before, oldest first; no receipt is lost with them. It deletes
   * only so many in one call that other changes are not held up. One node does this for all.
   *
   * @return how many; 0 only if none is left
   */
  Future<Integer> deleteBodies(long beforeMillis);
}

package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people and the API ask of the ledger. Reads only committed facts; thread-safe. */
public interface LedgerReports extends NotificationReports {

  /** Who shares this ledger. */
  Nodes nodes();

  /**
   * Dead letters and notifications that are held, newest first.
   *
   * @param after the last id of the page before; null for the first page
   * @param limit 1 to 1000
   */
  Future<List<DeadLetter>> deadLetters(
      DeadLetterFilter filter, @Nullable NotificationId after, int limit);

  /**
   * Notifications, newest first. It looks at a bounded number of them in one call, so a page may
   * have few or none although there is a next one.
   *
   * @param before the next place of the page before; {@link Long#MAX_VALUE} for the first page
   * @param limit 1 to 1000
   */
  Future<FoundNotification.Page> search(NotificationFilter filter, long before, int limit);

  /** How many dead letters match. */
  Future<Long> countDeadLetters(DeadLetterFilter filter);

  /**
   * Queues dead letters again, as fresh rounds, at most {@code limit}; returns how many, by the
   * states they were in. It may do fewer in one call although more match; it does none only if none
   * is left.
   */
  Future<DeadLettersMoved> replayDeadLetters(DeadLetterFilter filter, int limit, long nowMillis);

  /**
   * Removes dead letters from the queue for good (their state becomes failed), at most {@code
   * limit}; returns how many, as above.
   */
  Future<DeadLettersMoved> discardDeadLetters(DeadLetterFilter filter, int limit, long nowMillis);

  /**
   * The latest attempts with an end, oldest first, for the health windows after a restart.
   *
   * @param limit for each provider, so that one with little traffic has a history too
   */
  Future<List<PastResult>> recentResults(int limit);

  /**
   * When webhooks brought receipts lately, in no order: the first and the last of each span in
   * which any came. What look-ups found is left out.
   *
   * @param spanMillis how long a span is, at least 1
   */
  Future<List<Long>> webhookTimes(long spanMillis);
}

package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NodeShare;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The system of record of notifications, attempts, receipts and events: the truth that every queue
 * can be rebuilt from.
 *
 * <p>A Future that succeeds means that the change is durable (fsync'd or committed). Changes that
 * are asked for at about the same time share a commit. Thread-safe; a Future completes on the
 * context of its caller. If too many changes wait, or the store cannot write, the Future fails with
 * {@link LedgerUnavailableException}, and nothing was changed unless that says that it is
 * undecided.
 */
public interface Ledger extends AcceptLedger {

  /** Who shares this ledger. */
  Nodes nodes();

  /** Who does what one node does for all. */
  Leases leases();

  /**
   * Records that an attempt begins. Not applied if the notification is not open any more, or if its
   * number of attempts is not the one that the start's number implies: then the caller's knowledge
   * was stale and nothing may be sent.
   */
  Future<Settled> begin(AttemptStart start);

  /**
   * Whether exactly this start is stored, by this process, and its attempt has no end and was not
   * called back: whoever had no answer to {@link #begin} may hand it over then, and must not
   * otherwise. Answered when that is decided, whatever became of the commit.
   */
  Future<Boolean> isUnderWay(AttemptStart start);

  /**
   * Records the end of an attempt and what follows. The outcome is always recorded; what follows is
   * applied only while the notification is open (see {@link NotificationState#advancedTo}). May be
   * offered again after a missing answer: an attempt that follows, and is under way since, counts
   * as applied.
   */
  Future<Settled> settle(Settlement settlement);

  /**
   * Takes a step without an attempt: nobody to try, time ran out, the waiting for an unknown
   * outcome is over.
   *
   * @param id which notification
   * @param attempts how many attempts the caller knows of; not applied if there are others
   * @param unconfirmed whether the caller knows it as sent and not confirmed; not applied if it is
   *     otherwise, because a receipt came meanwhile
   * @param nowMillis now
   */
  Future<Settled> move(
      NotificationId id, int attempts, boolean unconfirmed, NextStep next, long nowMillis);

  /**
   * Puts an event into the timeline of a notification that moves nothing.
   *
   * @param event a short lower-case word
   * @param detail in words; null if the word says all
   */
  Future<Void> note(NotificationId id, String event, @Nullable String detail, long nowMillis);

  /** Stores the receipts of a webhook and moves what they speak of; one effect for each receipt. */
  Future<List<ReceiptEffect>> record(WebhookBatch batch);

  /**
   * The notifications of a lane that want something done, longest due first.
   *
   * @param buckets only those of these buckets, see {@link NodeShare#buckets()}; -1 for all
   * @param nowMillis only what is due by then
   * @param limit at most so many
   * @param maxBytes at most so much content, but always one notification if any is due
   * @param skip what the caller has already
   */
  Future<DueWork> due(
      Lane lane, long buckets, long nowMillis, int limit, long maxBytes, Set<NotificationId> skip);

  /**
   * Which of some notifications want something done.
   *
   * @param ids at most a few hundred
   * @param nowMillis only what is due by then
   * @param maxBytes at most so much content, but always one notification if any is due
   */
  Future<DueAmong> dueOf(Set<NotificationId> ids, long nowMillis, long maxBytes);

  /** The lanes that have something, with how much. */
  Future<List<Backlog>> backlog(long nowMillis);

  /**
   * How many notifications have an attempt of unknown outcome and wait for a receipt, or for the
   * time at which their policy goes on; of all nodes that share the ledger.
   */
  Future<Long> openUnknowns();

  /**
   * Called once at start, before anything else: gives attempts without an end that this node's
   * number, or one that is known to be dead, had begun the outcome unknown ({@code node_stopped})
   * and makes their notifications due. Of nodes that die later this is done by itself.
   */
  Future<Recovery> recover(long nowMillis);

  /**
   * Looks for work that nobody does, in this node's share. Changes nothing.
   *
   * @param beforeMillis only attempts whose deadline, and notifications whose last change, lies
   *     before
   * @param limit at most so many of each
   */
  Future<StalledWork> stalled(long beforeMillis, int limit);

  /**
   * Gives stalled attempts the outcome unknown ({@code stalled}), and makes stalled notifications
   * due. What has moved on since it was found is left alone.
   *
   * @param beforeMillis as it was looked for
   * @return what was changed
   */
  Future<StalledWork> revive(StalledWork found, long beforeMillis, long nowMillis);

  /**
   * What routing policies began and doubled since a time, by minute, oldest first. Notifications
   * that were accepted before that time count among the doubled only.
   */
  Future<List<PolicyUse>> policyUse(long sinceMillis);

  /** Ends all work that was asked for, then closes. */
  Future<Void> close();
}

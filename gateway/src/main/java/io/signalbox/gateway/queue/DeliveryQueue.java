package io.signalbox.gateway.queue;

import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.WorkItem;
import io.vertx.core.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the dispatcher, in the order of the lanes. It may forget: the ledger is the truth,
 * and {@link #sweep} asks it.
 *
 * <p>Thread-confined to its dispatcher's context.
 */
public interface DeliveryQueue {
  /** What is due within that time is worth being told of by {@link #later}. */
  long SOON_MILLIS = 600_000;

  /** Takes in a notification that was just stored; ignores what it has or has no room for. */
  void offer(WorkItem item);

  /**
   * The next notification whose channel may go; null if there is none. It stays claimed until
   * {@link #release}: no refill brings it again.
   */
  @Nullable WorkItem take(Predicate<WorkItem> mayGo);

  /**
   * Gives up the claim: the notification is settled, or the ledger brings it again when it is due.
   */
  void release(NotificationId id);

  /**
   * Asks the ledger for more of the lanes that are known to have more there and have room.
   *
   * @return completes when the answer was taken in; fails if the ledger could not be asked
   */
  Future<Void> refill();

  /**
   * Asks the ledger for what is due and is not here, in every lane that has room: so that what the
   * bell missed and what has come due is found.
   *
   * @return completes when the answer was taken in; fails if the ledger could not be asked
   */
  Future<Void> sweep();

  /** Whether a lane is known to have more in the ledger than in memory, and room for it. */
  boolean wantsRefill();

  /** How many wait in memory. */
  int size();

  /**
   * Has a bell rung whenever something may have come, or come to be wanted, by itself.
   *
   * @param bell called on the dispatcher's context
   */
  default void onArrival(Runnable bell) {}

  /**
   * Told of what the ledger has for later, so that it can come in time. May be ignored: the sweep
   * finds it.
   *
   * @param lane where it will wait
   */
  default void later(Lane lane, NotificationId id, long dueAtMillis) {}

  /** Told of a notification that has become a dead letter in the ledger. */
  default void dead(Lane lane, NotificationId id, String reason) {}

  /** Leaves what waits to others; completes, always successfully, when that was tried. */
  default Future<Void> close() {
    return Future.succeededFuture();
  }
}

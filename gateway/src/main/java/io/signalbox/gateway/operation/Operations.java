package io.signalbox.gateway.operation;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/**
 * The door to operations. Thread-safe; Futures complete on the caller's context. Those that fail
 * because the ledger cannot be written do so with {@link
 * io.signalbox.gateway.ledger.LedgerUnavailableException}.
 */
public interface Operations {

  /**
   * Stores an operation durably, has it done, and waits for its end as long as the caller likes and
   * the gateway allows. A key that was used before finds its operation and waits for that one.
   *
   * @return the operation as it stands when it has its end or the wait is over; fails with {@link
   *     OtherRequestException} if the key was used with another request
   */
  Future<Submitted> submit(NewOperation wish);

  /**
   * What was submitted with a key before, as it stands when it has its end or the wait is over;
   * nothing new is stored.
   *
   * @return empty if there is no key or nothing was; fails as {@link #submit}
   */
  Future<Optional<Submitted>> repeated(NewOperation wish);

  /** An operation of a tenant; empty if there is none. */
  Future<Optional<Operation>> read(String tenant, NotificationId id);

  /** The same, after its end if that comes within a time that the gateway bounds. */
  Future<Optional<Operation>> await(String tenant, NotificationId id, Duration wait);

  /**
   * Settles an operation whose newest attempt has done it, as its provider tells by itself, before
   * or instead of an answer.
   *
   * @param attempt the number of the attempt
   * @return false if that attempt is not under way or unknown, so that there is nothing to settle
   */
  Future<Boolean> found(NotificationId id, int attempt, OperationResult result);

  /**
   * Calls an operation back. Only one that is pending is cancelled: what a provider may have done
   * already is settled first.
   *
   * @return empty if there is none
   */
  Future<Optional<CancelResult>> cancel(String tenant, NotificationId id);

  /**
   * An operation that was stored or found.
   *
   * @param repeated whether its key had been used before
   */
  record Submitted(Operation operation, boolean repeated) {}

  /**
   * What became of a wish to cancel.
   *
   * @param operation as it is now
   * @param cancelled false if it was too late
   */
  record CancelResult(Operation operation, boolean cancelled) {}

  /** An idempotency key was used with another request. */
  final class OtherRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes it. */
    public OtherRequestException() {
      super("the Idempotency-Key was used with another request", null, false, false);
    }
  }
}

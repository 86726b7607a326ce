package io.signalbox.gateway.operation;

import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a kind of operation gives the saga: whom to ask, how to ask, how to look for what was asked
 * for, how to undo it. All methods are called on the operations' event loop and must not block;
 * those that give calls do nothing but make a value of a request.
 *
 * @param <T> what a provider gives when it has done it
 */
public interface OperationKind<T> {

  /** The channel whose providers do it. */
  Channel channel();

  /**
   * Whom to ask, the best first. Asked for each round anew, so that health and stock are fresh.
   *
   * @return a failure is taken as nobody who can be asked
   */
  Future<Candidates> candidates(Operation operation);

  /**
   * The call that does it.
   *
   * @param operation with the request
   * @param attempt whom, in which variant; its name is {@code operation.attemptId(number)}
   * @param timeout how long it may take
   */
  ProviderCall<T> perform(Operation operation, OperationAttempt attempt, Duration timeout);

  /**
   * The call that looks for what an attempt may have done.
   *
   * @param known the provider's ids of what belongs to other operations
   * @param timeout how long it may take
   */
  ProviderCall<List<T>> find(
      Operation operation, OperationAttempt attempt, Set<String> known, Duration timeout);

  /**
   * The call that undoes what an attempt did: done once there is nothing left that costs.
   *
   * @param providerId the provider's own id of it
   * @param timeout how long it may take
   */
  ProviderCall<?> undo(Operation operation, String providerId, Duration timeout);

  /**
   * The providers that may be at the same account as one, and that one: each finds there what the
   * others have made.
   */
  default Set<String> neighbours(String provider) {
    return Set.of(provider);
  }

  /** What is stored when it is done. */
  OperationResult result(Operation operation, OperationAttempt attempt, T value);

  /**
   * Whether what a look-up found can be what the operation asked for. What cannot may be another's,
   * or is found again as nobody's afterwards.
   */
  default boolean fits(Operation operation, OperationResult found) {
    return true;
  }

  /**
   * Whether what {@link #find} gives is certainly of that attempt, because providers keep our
   * reference; otherwise it may be another attempt's whose answer is still on its way.
   */
  boolean findsByReference();

  /**
   * Told after the commit, on the operations' event loop, that an operation has its result, and
   * must not throw: the kind may begin to follow it at once.
   */
  default void confirmed(Operation operation) {
    // Whoever polls the ledger finds it.
  }
}

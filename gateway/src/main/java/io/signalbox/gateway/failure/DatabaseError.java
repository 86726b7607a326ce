package io.signalbox.gateway.failure;

import org.jspecify.annotations.Nullable;

/**
 * The ledger did not do what it was asked for, or nobody knows whether it did.
 *
 * @param correlationId {@link OperationError#correlationId()}
 * @param context {@link OperationError#context()}
 * @param kind what is the matter
 * @param sqlState of five characters, also where the store has codes of its own; null if nothing
 *     was asked of the store
 * @param undecided whether it may be stored all the same
 */
public record DatabaseError(
    String correlationId,
    ErrorContext context,
    DatabaseErrorKind kind,
    @Nullable String sqlState,
    boolean undecided)
    implements OperationError {

  @Override
  public boolean retryable() {
    return !undecided && kind.passes();
  }
}

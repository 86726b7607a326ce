package io.signalbox.gateway.failure;

/** Why an operation, or one step of it, was not done. */
public sealed interface OperationError
    permits ProviderError, ShortageError, ValidationError, DatabaseError {

  /** {@return the id under which the log has all of the request that it came of} */
  String correlationId();

  /** {@return what was being done} */
  ErrorContext context();

  /** {@return whether the same call may be tried again without harm, and may succeed then} */
  boolean retryable();
}

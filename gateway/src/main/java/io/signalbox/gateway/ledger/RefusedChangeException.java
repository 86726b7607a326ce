package io.signalbox.gateway.ledger;

import io.signalbox.gateway.failure.DatabaseError;
import io.signalbox.gateway.failure.DatabaseErrorKind;
import io.signalbox.gateway.failure.ErrorContext;
import org.jspecify.annotations.Nullable;

/** The store refuses the values of one change, for good: a bug, and nothing was stored. */
public final class RefusedChangeException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String sqlState;

  /**
   * Makes it.
   *
   * @param sqlState of five characters; null if the store had none
   */
  public RefusedChangeException(Throwable cause, @Nullable String sqlState) {
    super("the ledger refused a change", cause);
    this.sqlState = sqlState;
  }

  /** What it means for an operation. */
  public DatabaseError error(String correlationId, ErrorContext context) {
    return new DatabaseError(correlationId, context, DatabaseErrorKind.CONSTRAINT, sqlState, false);
  }
}

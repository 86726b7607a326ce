package io.signalbox.gateway.ledger;

import io.signalbox.gateway.failure.DatabaseError;
import io.signalbox.gateway.failure.DatabaseErrorKind;
import io.signalbox.gateway.failure.ErrorContext;
import org.jspecify.annotations.Nullable;

/**
 * The ledger cannot take a change now: too many wait, the disk is full, the store is closed, or
 * others have taken this node for dead.
 */
public final class LedgerUnavailableException extends RuntimeException {
  private final Kind kind;
  private final @Nullable String sqlState;

  private enum Kind {
    AWAY,
    BUSY,
    FENCED,
    PARTLY,
    UNDECIDED
  }

  /** Makes the exception; the message says what is the matter. */
  public LedgerUnavailableException(String message) {
    this(message, null, null, Kind.AWAY);
  }

  /** Makes the exception with its cause. */
  public LedgerUnavailableException(String message, Throwable cause) {
    this(message, cause, null, Kind.AWAY);
  }

  /**
   * Makes the exception of what the store said.
   *
   * @param sqlState of five characters; null if the store had none
   */
  public LedgerUnavailableException(String message, Throwable cause, @Nullable String sqlState) {
    this(message, cause, sqlState, Kind.AWAY);
  }

  private LedgerUnavailableException(
      String message, @Nullable Throwable cause, @Nullable String sqlState, Kind kind) {
    super(message, cause);
    this.kind = kind;
    this.sqlState = sqlState;
  }

  /** The store works, but more is asked of it than it can do. */
  public static LedgerUnavailableException busy(String message) {
    return new LedgerUnavailableException(message, null, null, Kind.BUSY);
  }

  /** The store works, but takes nothing from this node, which others have taken for dead. */
  public static LedgerUnavailableException fenced(String message, Throwable cause) {
    return new LedgerUnavailableException(message, cause, null, Kind.FENCED);
  }

  /**
   * What was asked for is done by halves: it took several changes, and not the first of them
   * failed.
   *
   * @param done what was done, to complete a sentence
   */
  public static LedgerUnavailableException partly(String done, Throwable cause) {
    return new LedgerUnavailableException(
        done + ", and then the ledger did not answer", cause, null, Kind.PARTLY);
  }

  /**
   * The store gave no answer to a commit: what it was to make durable may be stored, or may not.
   *
   * @param sqlState of five characters; null if the store had none
   */
  public static LedgerUnavailableException undecided(
      String message, Throwable cause, @Nullable String sqlState) {
    return new LedgerUnavailableException(message, cause, sqlState, Kind.UNDECIDED);
  }

  /** What it means for an operation. */
  public DatabaseError error(String correlationId, ErrorContext context) {
    return new DatabaseError(
        correlationId, context, databaseKind(), sqlState, isUndecided() || isPartly());
  }

  private DatabaseErrorKind databaseKind() {
    return switch (kind) {
      case BUSY -> DatabaseErrorKind.OVERLOADED;
      case FENCED -> DatabaseErrorKind.CONNECTION_LOST;
      case AWAY, PARTLY, UNDECIDED ->
          sqlState == null
              ? DatabaseErrorKind.CONNECTION_LOST
              : DatabaseErrorKind.ofState(sqlState);
    };
  }

  /** Whether the store works, and only has too much to do; then nothing of the change was done. */
  public boolean isBusy() {
    return kind == Kind.BUSY;
  }

  /** Whether a part of what was asked for was done; the message says which. */
  public boolean isPartly() {
    return kind == Kind.PARTLY;
  }

  /** Whether the change may be stored all the same; else nothing, or a part, of it is. */
  public boolean isUndecided() {
    return kind == Kind.UNDECIDED;
  }

  /** Whether the store works, and this node has to take another number first. */
  public boolean isFenced() {
    return kind == Kind.FENCED;
  }
}

package io.signalbox.gateway.ledger.sql;

import java.sql.SQLException;

/**
 * A change of the ledger, applied by the writer inside a transaction that it shares with others. It
 * may be applied twice, the first time rolled back; so it touches nothing but the session.
 */
@FunctionalInterface
interface Change<T> {

  /**
   * Applies the change; an exception takes back all that it did, and nothing else. That is dear for
   * the others of its batch, unless it is {@link Refused}.
   */
  T apply(WriteSession session) throws SQLException;

  /**
   * Whether it touches notifications and their attempts by {@link NotificationTable} and {@link
   * AttemptTable} alone, so that what these know of rows is true after it.
   */
  default boolean keepsRows() {
    return false;
  }

  /** A change of which that is so. */
  static <T> Change<T> keepingRows(Change<T> change) {
    return new Change<>() {
      @Override
      public T apply(WriteSession session) throws SQLException {
        return change.apply(session);
      }

      @Override
      public boolean keepsRows() {
        return true;
      }
    };
  }

  /** Tells what it will look at, so that it can be read together with what others will. */
  default void foresee(Foresight foresight) {
    // Nothing that many would look at.
  }
}

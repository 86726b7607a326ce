package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.RetentionLedger.Removed;
import io.signalbox.gateway.model.NotificationId;
import java.sql.SQLException;
import java.util.List;

/**
 * What a store can do for old notifications by itself. Used by one thread at a time; calls block.
 */
public interface SqlPast {
  /** Of a store where every notification is removed as a row. */
  SqlPast ROWS =
      new SqlPast() {
        @Override
        public Removed removeSome(long beforeMillis) {
          return new Removed(0, false);
        }

        @Override
        public List<KeyRange> rows(long beforeMillis) {
          return List.of(new KeyRange(0, NotificationId.firstKey(beforeMillis)));
        }
      };

  /**
   * Does a part of removing many notifications at once, if they were accepted before a time and all
   * that is to be kept of them is put aside.
   *
   * @param beforeMillis the same in all calls until there is no more to do
   */
  Removed removeSome(long beforeMillis) throws SQLException;

  /** The ranges of keys before a time whose notifications have to be removed as rows, in order. */
  List<KeyRange> rows(long beforeMillis) throws SQLException;
}

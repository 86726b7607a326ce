package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.PastWork;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.notification.NotificationCodec;
import io.signalbox.spi.Channel;
import java.sql.SQLException;
import java.util.Map;

/**
 * Reads the past of a ledger in pages, also while a gateway works on it: the connection only reads,
 * and holds back nobody. Blocks: for commands. Not thread-safe.
 */
public final class SqlHistory implements AutoCloseable {
  private final SqlConnection connection;
  private final HistoryReader reader;

  private SqlHistory(SqlConnection connection, HistoryReader reader) {
    this.connection = connection;
    this.reader = reader;
  }

  /**
   * Reads a ledger through a connection, which it closes.
   *
   * @throws LedgerUnavailableException if it is of another version
   */
  public static SqlHistory of(SqlConnection connection, Seal seal, NotificationCodec codec) {
    try {
      return new SqlHistory(connection, new HistoryReader(connection, new Contents(seal, codec)));
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /**
   * Notifications with which nothing is to be done any more, in the order of acceptance. Those of
   * drills are left out, and those with an attempt that a stop of the gateway broke off.
   *
   * @param afterKey the last key of the page before; the key before the first wanted one at first
   * @param untilMillis only those accepted before then
   * @param limit how many at most
   */
  public PastWork.Page page(long afterKey, long untilMillis, int limit) {
    try {
      PastWork.Page page = reader.page(null, afterKey, NotificationId.firstKey(untilMillis), limit);
      connection.rollback();
      return page;
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /** Of each channel the newest stored ranking that a decision refers to, as JSON. */
  public Map<Channel, String> newestRankings(long fromMillis, long untilMillis) {
    try {
      Map<Channel, String> found =
          reader.newestRankings(
              NotificationId.firstKey(fromMillis), NotificationId.firstKey(untilMillis));
      connection.rollback();
      return found;
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private static LedgerUnavailableException unreadable(SQLException e) {
    return new LedgerUnavailableException("the ledger cannot be read: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }
}

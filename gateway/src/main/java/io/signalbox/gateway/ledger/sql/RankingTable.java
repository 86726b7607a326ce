package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Decision.RankingSnapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores each ranking once, when a decision refers to it first, and notes now and then that it is
 * still referred to.
 */
final class RankingTable {
  /** By so much a ranking may have been used later than its row says. */
  static final long USE_MILLIS = Duration.ofHours(12).toMillis();

  private static final int REMEMBERED = 256;

  private final SqlStatement insert;

  /** When each was last said to be used. */
  private final Map<Long, Long> stored =
      new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  RankingTable(SqlConnection connection) throws SQLException {
    insert =
        connection.prepare(
            """
            INSERT INTO rankings (id, json, used_at) VALUES (?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET used_at = excluded.used_at
            WHERE rankings.used_at < excluded.used_at""");
  }

  /** Returns the ranking's id; null if there is no ranking. */
  @Nullable Long store(@Nullable RankingSnapshot ranking, long nowMillis) throws SQLException {
    if (ranking == null) {
      return null;
    }
    Long id = ranking.id();
    Long said = stored.get(id);
    if (said == null || nowMillis - said > USE_MILLIS) {
      insert.setLong(1, id);
      insert.setString(2, ranking.json());
      insert.setTime(3, nowMillis);
      insert.execute();
      stored.put(id, nowMillis);
    }
    return id;
  }

  /** Forgets what is stored: a rollback may have taken it away. */
  void forget() {
    stored.clear();
  }
}

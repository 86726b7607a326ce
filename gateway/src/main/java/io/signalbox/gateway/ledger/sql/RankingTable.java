package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Decision.RankingSnapshot;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stores each ranking once, when a decision refers to it first. */
final class RankingTable {
  private static final int REMEMBERED = 256;

  private final SqlStatement insert;
  private final Map<Long, Boolean> stored =
      new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  RankingTable(SqlConnection connection) throws SQLException {
    insert =
        connection.prepare("INSERT INTO rankings (id, json) VALUES (?, ?) ON CONFLICT DO NOTHING");
  }

  /** Returns the ranking's id; null if there is no ranking. */
  @Nullable Long store(@Nullable RankingSnapshot ranking) throws SQLException {
    if (ranking == null) {
      return null;
    }
    Long id = ranking.id();
    if (stored.get(id) == null) {
      insert.setLong(1, id);
      insert.setString(2, ranking.json());
      insert.execute();
      stored.put(id, Boolean.TRUE);
    }
    return id;
  }

  /** Forgets what is stored: a rollback may have taken it away. */
  void forget() {
    stored.clear();
  }
}

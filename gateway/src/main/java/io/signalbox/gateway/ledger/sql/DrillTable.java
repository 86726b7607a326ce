package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Drill;
import io.signalbox.gateway.model.NotificationId;
import java.sql.SQLException;

/** The writer's statements on {@code drills}. */
final class DrillTable {
  private final SqlStatement insert;
  private final SqlStatement forget;
  private final SqlStatement end;

  DrillTable(SqlConnection connection) throws SQLException {
    insert =
        connection.prepare(
            """
            INSERT INTO drills (id, random, tenant, kind, provider, mode, parameters, state,
              started_at, actor)
            VALUES (?, ?, ?, ?, ?, ?, ?, 'running', ?, ?)""");
    forget =
        connection.prepare(
            """
            DELETE FROM drills WHERE tenant = ?1 AND state <> 'running' AND id <=
              (SELECT id FROM drills WHERE tenant = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)""");
    end =
        connection.prepare(
            """
            UPDATE drills SET state = ?, reason = ?, ended_at = ?, report = ?
            WHERE id = ? AND random = ? AND state = 'running'""");
  }

  void insert(Drill drill) throws SQLException {
    insert.setLong(1, drill.id().key());
    insert.setLong(2, drill.id().random());
    insert.setString(3, drill.tenant());
    insert.setString(4, drill.kind().wireName());
    insert.setString(5, drill.provider());
    Columns.bind(insert, 6, drill.mode());
    insert.setString(7, drill.parameters().encode());
    insert.setTime(8, drill.startedAtMillis());
    insert.setString(9, drill.actor());
    insert.execute();
  }

  /** Deletes a tenant's oldest so that at most so many are left, but none that runs. */
  void forgetBeyond(String tenant, int kept) throws SQLException {
    forget.setString(1, tenant);
    forget.setInt(2, kept);
    forget.execute();
  }

  /** Whether it was running. */
  boolean end(NotificationId id, Drill.End how) throws SQLException {
    end.setString(1, how.state().wireName());
    Columns.bind(end, 2, how.reason());
    end.setTime(3, how.atMillis());
    end.setString(4, how.report().encode());
    end.setLong(5, id.key());
    end.setLong(6, id.random());
    return end.update() == 1;
  }
}

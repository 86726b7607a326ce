package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.Drill;
import io.signalbox.gateway.model.NotificationId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The writer's statements on {@code drills}. */
final class DrillTable {
  private final PreparedStatement insert;
  private final PreparedStatement forget;
  private final PreparedStatement end;

  DrillTable(Connection connection) throws SQLException {
    insert =
        connection.prepareStatement(
            """
            INSERT INTO drills (id, random, tenant, kind, provider, mode, parameters, state,
              started_at, actor)
            VALUES (?, ?, ?, ?, ?, ?, ?, 'running', ?, ?)""");
    forget =
        connection.prepareStatement(
            """
            DELETE FROM drills WHERE tenant = ?1 AND state <> 'running' AND id <=
              (SELECT id FROM drills WHERE tenant = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)""");
    end =
        connection.prepareStatement(
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
    insert.setLong(8, drill.startedAtMillis());
    insert.setString(9, drill.actor());
    insert.executeUpdate();
  }

  /** Deletes a tenant's oldest so that at most so many are left, but none that runs. */
  void forgetBeyond(String tenant, int kept) throws SQLException {
    forget.setString(1, tenant);
    forget.setInt(2, kept);
    forget.executeUpdate();
  }

  /** Whether it was running. */
  boolean end(NotificationId id, Drill.End how) throws SQLException {
    end.setString(1, how.state().wireName());
    Columns.bind(end, 2, how.reason());
    end.setLong(3, how.atMillis());
    end.setString(4, how.report().encode());
    end.setLong(5, id.key());
    end.setLong(6, id.random());
    return end.executeUpdate() == 1;
  }
}

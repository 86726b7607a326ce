package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Drill;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads drills. */
final class DrillReader {
  private static final String COLUMNS =
      """
      SELECT id, random, tenant, kind, provider, mode, parameters, started_at, actor, state, reason,
        ended_at, report
      FROM drills""";

  private final SqlStatement page;
  private final SqlStatement one;
  private final SqlStatement running;

  DrillReader(SqlConnection connection) throws SQLException {
    page = connection.prepare(COLUMNS + " WHERE tenant = ? ORDER BY id DESC LIMIT ?");
    one = connection.prepare(COLUMNS + " WHERE tenant = ? AND id = ? AND random = ?");
    running = connection.prepare(COLUMNS + " WHERE state = 'running' ORDER BY id");
  }

  /** Those that have no end. */
  List<Drill> running() throws SQLException {
    return drills(running);
  }

  List<Drill> page(String tenant, int limit) throws SQLException {
    page.setString(1, tenant);
    page.setInt(2, limit);
    return drills(page);
  }

  private static List<Drill> drills(SqlStatement query) throws SQLException {
    List<Drill> found = new ArrayList<>();
    try (SqlRows row = query.query()) {
      while (row.next()) {
        found.add(drill(row));
      }
    }
    return found;
  }

  Optional<Drill> find(String tenant, NotificationId id) throws SQLException {
    one.setString(1, tenant);
    one.setLong(2, id.key());
    one.setLong(3, id.random());
    try (SqlRows row = one.query()) {
      return row.next() ? Optional.of(drill(row)) : Optional.empty();
    }
  }

  private static Drill drill(SqlRows row) throws SQLException {
    return new Drill(
        new NotificationId(row.getLong(1), row.getLong(2)),
        row.getString(3),
        Drill.Kind.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
        row.getString(5),
        Columns.text(row, 6),
        new JsonObject(row.getString(7)),
        row.getLong(8),
        row.getString(9),
        end(row));
  }

  private static Drill.@Nullable End end(SqlRows row) throws SQLException {
    Drill.State state = Drill.State.valueOf(row.getString(10).toUpperCase(Locale.ROOT));
    String report = Columns.text(row, 13);
    return state == Drill.State.RUNNING
        ? null
        : new Drill.End(
            state,
            Columns.text(row, 11),
            row.getLong(12),
            new JsonObject(report == null ? "{}" : report));
  }
}

package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.QuotaLedger.Whose;
import java.sql.SQLException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The writer's statements on {@code quota_uses}. */
final class QuotaTable {
  /** What was used is kept for so long: last month's figures are asked for, older ones are not. */
  private static final int KEPT_DAYS = 62;

  private static final int DAY_LENGTH = "2026-01-31".length();

  private final SqlStatement find;
  private final SqlStatement insert;
  private final SqlStatement update;
  private final SqlStatement remove;

  QuotaTable(SqlConnection connection) throws SQLException {
    find =
        connection.prepare(
            "SELECT used FROM quota_uses WHERE tenant = ? AND api_key = ? AND period = ?"
                + connection.forUpdate());
    insert =
        connection.prepare(
            "INSERT INTO quota_uses (used, tenant, api_key, period) VALUES (?, ?, ?, ?)");
    update =
        connection.prepare(
            "UPDATE quota_uses SET used = ? WHERE tenant = ? AND api_key = ? AND period = ?");
    remove = connection.prepare("DELETE FROM quota_uses WHERE period < ?");
  }

  /** How much is used; null if nothing is known of it. */
  @Nullable Long used(Whose whose) throws SQLException {
    find.setString(1, whose.tenant());
    find.setString(2, whose.apiKey());
    find.setString(3, whose.period());
    try (SqlRows row = find.query()) {
      return row.next() ? (Long) row.getLong(1) : null;
    }
  }

  /**
   * Begins a period, and forgets those long over. If another node begins it at this moment, it is a
   * collision.
   */
  void insert(Whose whose, long used) throws SQLException {
    write(insert, whose, used);
    if (whose.period().length() == DAY_LENGTH) {
      remove.setString(1, LocalDate.parse(whose.period()).minusDays(KEPT_DAYS).toString());
      remove.execute();
    }
  }

  void update(Whose whose, long used) throws SQLException {
    write(update, whose, used);
  }

  private static void write(SqlStatement statement, Whose whose, long used) throws SQLException {
    statement.setLong(1, used);
    statement.setString(2, whose.tenant());
    statement.setString(3, whose.apiKey());
    statement.setString(4, whose.period());
    statement.execute();
  }
}

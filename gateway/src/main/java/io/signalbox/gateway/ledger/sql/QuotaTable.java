package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.QuotaLedger.Taken;
import io.signalbox.gateway.ledger.QuotaLedger.Whose;
import java.sql.SQLException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Takes quotas from {@code quota_uses}. A row is changed only if it is still as it was found: so no
 * transaction is needed, and none holds a row that other nodes wait for.
 */
final class QuotaTable {
  /** What was used is kept for so long: last month's figures are asked for, older ones are not. */
  private static final int KEPT_DAYS = 62;

  private static final int DAY_LENGTH = "2026-01-31".length();

  /** Each time somebody else has taken some: there are not so many nodes. */
  private static final int MOST_TRIES = 100;

  private final SqlStatement find;
  private final SqlStatement insert;
  private final SqlStatement update;
  private final SqlStatement remove;

  QuotaTable(SqlConnection connection) throws SQLException {
    find =
        connection.prepare(
            "SELECT used FROM quota_uses WHERE tenant = ? AND api_key = ? AND period = ?");
    insert =
        connection.prepare(
            "INSERT INTO quota_uses (used, tenant, api_key, period) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING");
    update =
        connection.prepare(
            "UPDATE quota_uses SET used = ? WHERE tenant = ? AND api_key = ? AND period = ?"
                + " AND used = ?");
    remove = connection.prepare("DELETE FROM quota_uses WHERE period < ?");
  }

  /** As {@link io.signalbox.gateway.ledger.QuotaLedger#take}. */
  Taken take(Whose whose, long needed, long limit, long owed) throws SQLException {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Long found = used(whose);
      Taken taken = Taken.of(Math.max(0, (found == null ? 0 : found) + owed), needed, limit);
      if (found == null
          ? begin(whose, taken.used())
          : found == taken.used() || move(whose, found, taken.used())) {
        return taken;
      }
    }
    throw new SQLException("a quota is taken by others again and again");
  }

  private @Nullable Long used(Whose whose) throws SQLException {
    find.setString(1, whose.tenant());
    find.setString(2, whose.apiKey());
    find.setString(3, whose.period());
    try (SqlRows row = find.query()) {
      return row.next() ? (Long) row.getLong(1) : null;
    }
  }

  /** Begins a period, and forgets those long over. */
  private boolean begin(Whose whose, long used) throws SQLException {
    bind(insert, whose, used);
    if (insert.update() == 0) {
      return false;
    }
    if (whose.period().length() == DAY_LENGTH) {
      remove.setString(1, LocalDate.parse(whose.period()).minusDays(KEPT_DAYS).toString());
      remove.update();
    }
    return true;
  }

  private boolean move(Whose whose, long from, long to) throws SQLException {
    bind(update, whose, to);
    update.setLong(5, from);
    return update.update() == 1;
  }

  /** Something that is taken. */
  @FunctionalInterface
  interface Taking {
    Taken of(QuotaTable quotas) throws SQLException;
  }

  private static void bind(SqlStatement statement, Whose whose, long used) throws SQLException {
    statement.setLong(1, used);
    statement.setString(2, whose.tenant());
    statement.setString(3, whose.apiKey());
    statement.setString(4, whose.period());
  }
}

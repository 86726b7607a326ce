package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationFilter;
import io.signalbox.gateway.model.NotificationId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads lists of operations, page by page. */
final class OperationPages {
  private static final int ANY_STATE = -1;
  private static final String ANY = "";

  private final OperationReader reader;
  private final SqlStatement page;

  OperationPages(SqlConnection connection, OperationReader reader) throws SQLException {
    this.reader = reader;
    page =
        connection.prepare(
            OperationReader.COLUMNS
                + """
                WHERE o.tenant = ?1 AND o.kind = ?2 AND o.id >= ?3 AND o.id < ?4
                  AND (?5 = -1 OR o.state = ?5) AND (?6 = '' OR o.provider = ?6)
                  AND (?7 = '' OR o.service = ?7) AND (?8 = '' OR o.country = ?8)
                ORDER BY o.id DESC LIMIT ?9""");
  }

  OperationFilter.Page page(OperationFilter filter, long before, int limit) throws SQLException {
    long until =
        filter.untilMillis() == Long.MAX_VALUE
            ? Long.MAX_VALUE
            : NotificationId.firstKey(filter.untilMillis());
    page.setString(1, filter.tenant());
    page.setInt(2, filter.kind().code());
    page.setLong(3, NotificationId.firstKey(filter.fromMillis()));
    page.setLong(4, Math.min(before, until));
    page.setInt(5, filter.state() == null ? ANY_STATE : filter.state().code());
    page.setString(6, orAny(filter.provider()));
    page.setString(7, orAny(filter.service()));
    page.setString(8, orAny(filter.country()));
    page.setInt(9, limit);
    List<Operation> found = new ArrayList<>();
    int rows = 0;
    long last = 0;
    try (SqlRows row = page.query()) {
      while (row.next()) {
        rows++;
        last = row.getLong(1);
        Operation operation = reader.read(row);
        if (operation != null) {
          found.add(operation);
        }
      }
    }
    return new OperationFilter.Page(found, rows < limit ? null : (Long) last);
  }

  private static String orAny(@Nullable String value) {
    return value == null ? ANY : value;
  }
}

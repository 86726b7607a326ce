package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AuditFilter;
import io.signalbox.gateway.ledger.AuditRow;
import io.signalbox.gateway.ledger.AuditScope;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages of the audit log, newest first. What narrows a page most leads: its lines are found
 * by an index and come in the order of the page, so that a page costs what it holds and not what
 * the log holds. Times bound the numbers of the lines, which are given in nearly the same order.
 */
final class AuditPages {
  /** Every time that a store can hold. */
  private static final long LATEST = 253_402_300_799_999L;

  private static final int LED = 12;

  private final Map<Lead, SqlStatement> pages = new EnumMap<>(Lead.class);
  private final SqlStatement actions;
  private final SqlStatement first;
  private final SqlStatement last;

  AuditPages(SqlConnection connection) throws SQLException {
    for (Lead lead : Lead.values()) {
      pages.put(lead, connection.prepare(lead.query()));
    }
    // One look into the index for each, however many lines it has.
    actions =
        connection.prepare(
            """
            WITH RECURSIVE kinds(action) AS (
              SELECT min(action) FROM audit_log
              UNION ALL
              SELECT (SELECT min(a.action) FROM audit_log a WHERE a.action > kinds.action)
              FROM kinds WHERE kinds.action IS NOT NULL)
            SELECT action FROM kinds WHERE action IS NOT NULL""");
    // With the sum it is no search for the least number, which would begin at the oldest line.
    first = connection.prepare("SELECT min(seq + 0) FROM audit_log WHERE created_at >= ?");
    last = connection.prepare("SELECT max(seq + 0) FROM audit_log WHERE created_at < ?");
  }

  List<AuditRow> page(AuditFilter filter, long before, int limit) throws SQLException {
    long from = Math.max(0, filter.fromMillis());
    long until = Math.min(LATEST, filter.untilMillis());
    long least = from > 0 ? bound(first, from, Long.MAX_VALUE) : Long.MIN_VALUE;
    long beyond =
        until < LATEST ? Math.min(before, bound(last, until, Long.MIN_VALUE) + 1) : before;
    if (least >= beyond) {
      return List.of();
    }
    Lead lead = Lead.of(filter);
    List<AuditRow> rows = new ArrayList<>();
    for (String value : led(lead, filter)) {
      SqlStatement page = Objects.requireNonNull(pages.get(lead));
      page.setLong(1, beyond);
      page.setLong(2, least);
      page.setTime(3, from);
      page.setTime(4, until);
      page.setString(5, filter.tenant());
      page.setString(6, filter.gatewayToo() ? "" : filter.tenant());
      page.setString(7, filter.gatewayToo() ? AuditScope.GATEWAY.wireName() : "none");
      page.setString(8, orEmpty(filter.action()));
      page.setString(9, orEmpty(filter.actor()));
      page.setString(10, orEmpty(filter.target()));
      page.setInt(11, limit);
      if (lead != Lead.ANY) {
        page.setString(LED, value);
      }
      rows.addAll(AuditReader.rows(page));
    }
    rows.sort(Comparator.comparingLong(AuditRow::seq).reversed());
    return rows.size() > limit ? List.copyOf(rows.subList(0, limit)) : rows;
  }

  private static long bound(SqlStatement search, long millis, long none) throws SQLException {
    search.setTime(1, millis);
    try (SqlRows row = search.query()) {
      long found = row.next() ? row.getLong(1) : none;
      return row.wasNull() ? none : found;
    }
  }

  /** The values of what leads; for actions those that begin with what is asked for. */
  private List<String> led(Lead lead, AuditFilter filter) throws SQLException {
    String asked = orEmpty(lead.value(filter));
    if (lead != Lead.ACTION) {
      return List.of(asked);
    }
    List<String> found = new ArrayList<>();
    try (SqlRows row = actions.query()) {
      while (row.next()) {
        String action = row.getString(1);
        if (action.equals(asked) || action.startsWith(asked + ".")) {
          found.add(action);
        }
      }
    }
    return found;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** By what lines are found, the narrowest first. */
  private enum Lead {
    ACTOR,
    TARGET,
    ACTION,
    TENANT,
    ANY;

    static Lead of(AuditFilter filter) {
      if (filter.actor() != null) {
        return ACTOR;
      }
      if (filter.target() != null) {
        return TARGET;
      }
      if (filter.action() != null) {
        return ACTION;
      }
      return filter.gatewayToo() ? ANY : TENANT;
    }

    @Nullable String value(AuditFilter filter) {
      return switch (this) {
        case ACTOR -> filter.actor();
        case TARGET -> filter.target();
        case ACTION -> filter.action();
        case TENANT -> filter.tenant();
        case ANY -> null;
      };
    }

    String query() {
      String column = name().toLowerCase(Locale.ROOT);
      String led =
          this == ANY
              ? " WHERE "
              : " INDEXED BY audit_log_" + column + " WHERE " + column + " = ?" + LED + " AND ";
      return AuditReader.COLUMNS
          + led
          + """
          seq < ?1 AND seq >= ?2 AND created_at >= ?3 AND created_at < ?4
            AND (tenant = ?5 OR tenant = ?6 OR scope = ?7)
            AND (?8 = '' OR action = ?8 OR substr(action, 1, length(?8) + 1) = ?8 || '.')
            AND (?9 = '' OR actor = ?9) AND (?10 = '' OR target = ?10)
          ORDER BY seq DESC LIMIT ?11""";
    }
  }
}

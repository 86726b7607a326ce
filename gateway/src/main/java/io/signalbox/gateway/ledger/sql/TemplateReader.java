package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Template;
import io.signalbox.gateway.ledger.TemplateLedger;
import io.signalbox.gateway.ledger.TemplateSummary;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads templates. */
final class TemplateReader {
  private static final String SUMMARY =
      """
      SELECT v.name, v.version, v.description, v.default_locale, v.locales, v.created_at,
        v.created_by
      FROM template_versions v""";

  private static final String WHOLE =
      """
      SELECT v.version, v.document, v.created_at, v.created_by
      FROM template_versions v""";

  private static final String NEWEST =
      " JOIN templates t ON t.tenant = v.tenant AND t.name = v.name AND t.version = v.version";

  private final SqlStatement all;
  private final SqlStatement versions;
  private final SqlStatement newest;
  private final SqlStatement one;

  TemplateReader(SqlConnection connection) throws SQLException {
    all =
        connection.prepare(
            SUMMARY
                + NEWEST
                + " WHERE v.tenant = ? ORDER BY v.name LIMIT "
                + TemplateLedger.MAX_TEMPLATES);
    versions =
        connection.prepare(
            SUMMARY
                + " WHERE v.tenant = ? AND v.name = ? ORDER BY v.version DESC LIMIT "
                + TemplateLedger.MAX_VERSIONS);
    newest = connection.prepare(WHOLE + NEWEST + " WHERE v.tenant = ? AND v.name = ?");
    one = connection.prepare(WHOLE + " WHERE v.tenant = ? AND v.name = ? AND v.version = ?");
  }

  List<TemplateSummary> all(String tenant) throws SQLException {
    all.setString(1, tenant);
    return summaries(all);
  }

  List<TemplateSummary> versions(String tenant, String name) throws SQLException {
    versions.setString(1, tenant);
    versions.setString(2, name);
    return summaries(versions);
  }

  /** A version; null if there is none. */
  @Nullable Template find(String tenant, String name, int version) throws SQLException {
    SqlStatement statement = version == TemplateLedger.NEWEST ? newest : one;
    statement.setString(1, tenant);
    statement.setString(2, name);
    if (version != TemplateLedger.NEWEST) {
      statement.setInt(3, version);
    }
    try (SqlRows row = statement.query()) {
      return row.next()
          ? new Template(
              tenant,
              name,
              row.getInt(1),
              TemplateTable.document(row.getString(2)),
              row.getLong(3),
              row.getString(4))
          : null;
    }
  }

  private static List<TemplateSummary> summaries(SqlStatement statement) throws SQLException {
    List<TemplateSummary> found = new ArrayList<>();
    try (SqlRows row = statement.query()) {
      while (row.next()) {
        found.add(
            new TemplateSummary(
                row.getString(1),
                row.getInt(2),
                Columns.text(row, 3),
                row.getString(4),
                List.of(row.getString(5).split(" ", -1)),
                row.getLong(6),
                row.getString(7)));
      }
    }
    return found;
  }
}

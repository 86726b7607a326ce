package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Template;
import io.signalbox.gateway.ledger.TemplateDocument;
import io.signalbox.gateway.ledger.TemplateLedger;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The writer's statements on {@code templates} and {@code template_versions}. */
final class TemplateTable {
  private final TemplateReader reader;
  private final SqlStatement head;
  private final SqlStatement count;
  private final SqlStatement bytes;
  private final SqlStatement add;
  private final SqlStatement advance;
  private final SqlStatement insert;
  private final SqlStatement forget;
  private final SqlStatement remove;

  TemplateTable(SqlConnection connection) throws SQLException {
    reader = new TemplateReader(connection);
    head =
        connection.prepare(
            "SELECT version FROM templates WHERE tenant = ? AND name = ?" + connection.forUpdate());
    count =
        connection.prepare(
            "SELECT count(*) FROM templates WHERE tenant = ? AND removed_at IS NULL");
    bytes =
        connection.prepare(
            """
            SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM template_versions
            WHERE tenant = ? AND NOT (name = ? AND version <= ?)""");
    add =
        connection.prepare(
            "INSERT INTO templates (tenant, name, version, removed_at) VALUES (?, ?, ?, NULL)");
    advance =
        connection.prepare(
            "UPDATE templates SET version = ?, removed_at = NULL WHERE tenant = ? AND name = ?");
    insert =
        connection.prepare(
            """
            INSERT INTO template_versions (tenant, name, version, description, default_locale,
              locales, document, created_at, created_by, bytes)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
    forget =
        connection.prepare(
            "DELETE FROM template_versions WHERE tenant = ? AND name = ? AND version <= ?");
    remove =
        connection.prepare("UPDATE templates SET removed_at = ? WHERE tenant = ? AND name = ?");
  }

  /** The greatest version that a name ever had, held until the commit; 0 if it had none. */
  int greatestVersion(String tenant, String name) throws SQLException {
    head.setString(1, tenant);
    head.setString(2, name);
    try (SqlRows row = head.query()) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  /** The newest version of a template; null if there is none. */
  @Nullable Template newest(String tenant, String name) throws SQLException {
    return reader.find(tenant, name, TemplateLedger.NEWEST);
  }

  /** How many templates a tenant has. */
  int count(String tenant) throws SQLException {
    count.setString(1, tenant);
    try (SqlRows row = count.query()) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  /** How many bytes a tenant's versions would take after {@link #insert}. */
  long bytesWith(Template template) throws SQLException {
    bytes.setString(1, template.tenant());
    bytes.setString(2, template.name());
    bytes.setInt(3, template.version() - TemplateLedger.MAX_VERSIONS);
    try (SqlRows row = bytes.query()) {
      return (row.next() ? row.getLong(1) : 0) + size(json(template));
    }
  }

  private static String json(Template template) {
    return template.document().toJson().encode();
  }

  private static long size(String json) {
    return json.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Stores a version, which follows the greatest, and forgets the oldest. */
  void insert(Template template) throws SQLException {
    int version = template.version();
    SqlStatement named = version == 1 ? add : advance;
    int at = version == 1 ? 3 : 1;
    named.setInt(at, version);
    named.setString(version == 1 ? 1 : 2, template.tenant());
    named.setString(version == 1 ? 2 : 3, template.name());
    named.execute();
    TemplateDocument document = template.document();
    insert.setString(1, template.tenant());
    insert.setString(2, template.name());
    insert.setInt(3, version);
    Columns.bind(insert, 4, document.description());
    insert.setString(5, document.defaultLocale());
    insert.setString(6, String.join(" ", document.locales().keySet()));
    String json = json(template);
    insert.setString(7, json);
    insert.setTime(8, template.createdAtMillis());
    insert.setString(9, template.createdBy());
    insert.setLong(10, size(json));
    insert.execute();
    forget(template.tenant(), template.name(), version - TemplateLedger.MAX_VERSIONS);
  }

  /** Removes all versions; the number of the last one is not used again. */
  void remove(Template newest, long nowMillis) throws SQLException {
    remove.setTime(1, nowMillis);
    remove.setString(2, newest.tenant());
    remove.setString(3, newest.name());
    remove.execute();
    forget(newest.tenant(), newest.name(), newest.version());
  }

  private void forget(String tenant, String name, int upTo) throws SQLException {
    forget.setString(1, tenant);
    forget.setString(2, name);
    forget.setInt(3, upTo);
    forget.execute();
  }

  /** Reads the document of a row. */
  static TemplateDocument document(String json) {
    return TemplateDocument.of(new JsonObject(json));
  }
}

package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Seal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks for what is not sealed with the current key, a page of rows in the order of their keys. */
final class ResealReader {
  /** All that may be sealed. */
  static final List<Kind> KINDS =
      List.of(
          new Kind("recipient_key", "id", "''", "0", "secret", true, (a, b) -> "recipient_key"),
          new Kind(
              "callback_secrets",
              "id",
              "tenant",
              "callback_id",
              "secret",
              true,
              (tenant, id) -> EndpointReader.about(id)),
          new Kind(
              "suppressions",
              "id",
              "tenant",
              "channel",
              "sealed",
              true,
              (tenant, channel) -> SuppressionReader.about(tenant, (int) channel)),
          new Kind(
              "erasures",
              "id",
              "recipient_hash",
              "0",
              "address",
              true,
              (hash, nothing) -> ErasureTable.about(hash)),
          new Kind(
              "notifications",
              "id",
              "tenant",
              "id",
              "content",
              false,
              (tenant, id) -> Contents.about(tenant, id)),
          new Kind(
              "events",
              "id",
              "event_id",
              "0",
              "content",
              false,
              (event, nothing) -> OutboxTable.about(event)),
          new Kind(
              "operations",
              "id",
              "tenant",
              "id",
              "content",
              false,
              (tenant, id) -> OperationReader.about(tenant, id)),
          new Kind(
              "request_keys",
              "id",
              "tenant || ':' || key",
              "0",
              "body",
              false,
              (key, nothing) -> RequestKeyTable.about(key)),
          ofWebhooks("webhook_bodies", "id", "url", true),
          ofWebhooks("webhook_bodies", "id", "headers", true),
          ofWebhooks("webhook_bodies", "id", "body", false),
          ofWebhooks("webhook_work", "body_id", "receipts", false),
          ofWebhooks("booking_events", "id", "content", false));

  private static final int PAGE = 500;
  private static final int MOST_FOUND = 100;

  private final Seal seal;
  private final SealKeyTable keys;
  private final List<SqlStatement> pages = new ArrayList<>();

  ResealReader(SqlConnection connection, Seal seal) throws SQLException {
    this.seal = seal;
    this.keys = new SealKeyTable(connection);
    for (Kind kind : KINDS) {
      pages.add(
          connection.prepare(
              "SELECT "
                  + String.join(", ", kind.id(), kind.name(), kind.number(), kind.column())
                  + " FROM "
                  + kind.table()
                  + " WHERE "
                  + kind.id()
                  + " > ? AND "
                  + kind.column()
                  + " IS NOT NULL ORDER BY "
                  + kind.id()
                  + " LIMIT "
                  + PAGE));
    }
  }

  private static Kind ofWebhooks(String table, String id, String column, boolean text) {
    return new Kind(table, id, "provider", "received_at", column, text, WebhookTable::about);
  }

  /** The keys that values may be sealed with. */
  SealKeyTable keys() {
    return keys;
  }

  /** The next page of a kind. */
  Found page(int kind, long after) throws SQLException {
    SqlStatement statement = pages.get(kind);
    statement.setLong(1, after);
    List<Stored> others = new ArrayList<>();
    long last = after;
    int seen = 0;
    try (SqlRows row = statement.stream()) {
      while (others.size() < MOST_FOUND && row.next()) {
        seen++;
        last = row.getLong(1);
        Object value = KINDS.get(kind).text() ? row.getString(4) : row.getBytes(4);
        if (!isCurrent(value)) {
          others.add(new Stored(last, row.getString(2), row.getLong(3), value));
        }
      }
    }
    return new Found(others, last, others.size() < MOST_FOUND && seen < PAGE);
  }

  /** What is empty was erased. */
  private boolean isCurrent(Object value) {
    return value instanceof byte[] bytes
        ? bytes.length == 0 || seal.isCurrent(bytes)
        : seal.isCurrentText((String) value);
  }

  /** Makes what a value belongs to, of the row's name and number. */
  @FunctionalInterface
  interface About {
    String of(String name, long number);
  }

  /**
   * A column that may be sealed.
   *
   * @param name the column or expression that gives the row's name
   * @param number that which gives its number
   * @param text whether it holds texts
   */
  record Kind(
      String table,
      String id,
      String name,
      String number,
      String column,
      boolean text,
      About about) {}

  /**
   * A value that is not sealed with the current key.
   *
   * @param value bytes or a text
   */
  record Stored(long id, String name, long number, Object value) {}

  /**
   * A page.
   *
   * @param others what is to be sealed anew
   * @param last the key that was looked at last
   * @param end whether there is nothing behind it
   */
  record Found(List<Stored> others, long last, boolean end) {}
}

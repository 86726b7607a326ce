package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackSecret;
import io.signalbox.gateway.ledger.EventFilter;
import io.signalbox.gateway.ledger.Seal;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The writer's statements on {@code callbacks} and {@code callback_secrets}. */
final class EndpointTable {
  private final Seal seal;
  private final SqlStatement insert;
  private final SqlStatement update;
  private final SqlStatement remove;
  private final SqlStatement removeOfEndedKeys;
  private final SqlStatement removeOfMessages;
  private final SqlStatement insertSecret;
  private final SqlStatement expireSecrets;
  private final SqlStatement deleteSecrets;
  private final SqlStatement deleteKeyTexts;
  private final SqlStatement succeeded;
  private final SqlStatement failed;

  EndpointTable(SqlConnection connection, Seal seal) throws SQLException {
    this.seal = seal;
    insert =
        connection.prepare(
            """
            INSERT INTO callbacks (id, random, tenant, url, description, event_types, enabled,
              created_at, updated_at, format, signature_method, api_key)
            VALUES (?, ?, ?, ?, ?, ?, TRUE, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""");
    update =
        connection.prepare(
            """
            UPDATE callbacks SET url = ?, description = ?, event_types = ?, enabled = ?,
              disabled_reason = ?, disabled_at = ?, failing_since = ?, updated_at = ?,
              signature_method = ?
            WHERE id = ?""");
    remove =
        connection.prepare("UPDATE callbacks SET removed_at = ?, enabled = FALSE WHERE id = ?");
    removeOfEndedKeys =
        connection.prepare(
            """
            UPDATE callbacks SET removed_at = ?1, enabled = FALSE
            WHERE removed_at IS NULL AND tenant = ?2 AND api_key IS NOT NULL AND NOT EXISTS (
              SELECT 1 FROM api_keys k WHERE k.id = callbacks.api_key
              AND (k.expires_at IS NULL OR k.expires_at > ?1))""");
    removeOfMessages =
        connection.prepare(
            "UPDATE callbacks SET removed_at = ?, enabled = FALSE"
                + " WHERE removed_at IS NULL AND api_key IS NOT NULL");
    insertSecret =
        connection.prepare(
            "INSERT INTO callback_secrets (callback_id, tenant, secret, created_at)"
                + " VALUES (?, ?, ?, ?)");
    expireSecrets =
        connection.prepare(
            "UPDATE callback_secrets SET expires_at = ?"
                + " WHERE callback_id = ? AND expires_at IS NULL");
    deleteSecrets =
        connection.prepare(
            "DELETE FROM callback_secrets WHERE callback_id = ? AND expires_at <= ?");
    deleteKeyTexts =
        connection.prepare(
            """
            DELETE FROM callback_secrets WHERE callback_id IN (
              SELECT id FROM callbacks WHERE removed_at IS NOT NULL AND api_key IS NOT NULL)""");
    succeeded =
        connection.prepare(
            "UPDATE callbacks SET failing_since = NULL"
                + " WHERE id = ? AND failing_since IS NOT NULL");
    failed =
        connection.prepare(
            """
            UPDATE callbacks SET failed_at = ?1, failing_since =
              CASE WHEN failing_since IS NULL OR failed_at < ?2 THEN ?1 ELSE failing_since END
            WHERE id = ?3""");
  }

  /** Stores a new one; false if another gateway has just stored one of the same API key. */
  boolean insert(CallbackEndpoint endpoint) throws SQLException {
    insert.setLong(1, endpoint.id().key());
    insert.setLong(2, endpoint.id().random());
    insert.setString(3, endpoint.tenant());
    insert.setString(4, endpoint.url());
    Columns.bind(insert, 5, endpoint.description());
    insert.setString(6, text(endpoint.filters()));
    insert.setTime(7, endpoint.createdAtMillis());
    insert.setTime(8, endpoint.updatedAtMillis());
    insert.setString(9, endpoint.form().format().wireName());
    Columns.bind(insert, 10, endpoint.form().signatureMethod());
    Columns.bind(insert, 11, endpoint.form().apiKey());
    if (insert.update() == 0) {
      return false;
    }
    for (CallbackSecret secret : endpoint.secrets()) {
      insertSecret(endpoint, secret);
    }
    return true;
  }

  /** Stores all that can change, but for the secrets. */
  void update(CallbackEndpoint endpoint) throws SQLException {
    update.setString(1, endpoint.url());
    Columns.bind(update, 2, endpoint.description());
    update.setString(3, text(endpoint.filters()));
    update.setFlag(4, endpoint.enabled());
    Columns.bind(update, 5, endpoint.disabledReason());
    Columns.time(update, 6, orNull(endpoint.disabledAtMillis()));
    Columns.time(update, 7, orNull(endpoint.failingSinceMillis()));
    update.setTime(8, endpoint.updatedAtMillis());
    Columns.bind(update, 9, endpoint.form().signatureMethod());
    update.setLong(10, endpoint.id().key());
    update.execute();
  }

  /** Marks an endpoint as removed and forgets its secrets; its deliveries are deleted later. */
  void remove(CallbackEndpoint endpoint, long nowMillis) throws SQLException {
    remove.setTime(1, nowMillis);
    remove.setLong(2, endpoint.id().key());
    remove.execute();
    expireSecrets(endpoint, nowMillis);
    deleteSecrets(endpoint, Long.MAX_VALUE);
  }

  /** Removes a tenant's endpoints of API keys that are gone or over; returns how many. */
  int removeOfEndedKeys(String tenant, long nowMillis) throws SQLException {
    removeOfEndedKeys.setTime(1, nowMillis);
    removeOfEndedKeys.setString(2, tenant);
    return withoutKeyTexts(removeOfEndedKeys.update());
  }

  /** Removes those of all API keys; returns how many. */
  int removeOfMessages(long nowMillis) throws SQLException {
    removeOfMessages.setTime(1, nowMillis);
    return withoutKeyTexts(removeOfMessages.update());
  }

  private int withoutKeyTexts(int removed) throws SQLException {
    if (removed > 0) {
      deleteKeyTexts.execute();
    }
    return removed;
  }

  void insertSecret(CallbackEndpoint endpoint, CallbackSecret secret) throws SQLException {
    insertSecret.setLong(1, endpoint.id().key());
    insertSecret.setString(2, endpoint.tenant());
    insertSecret.setString(
        3, seal.sealText(secret.value().reveal(), EndpointReader.about(endpoint.id().key())));
    insertSecret.setTime(4, secret.createdAtMillis());
    insertSecret.execute();
  }

  /** Lets the newest secret sign until then and no longer. */
  void expireSecrets(CallbackEndpoint endpoint, long untilMillis) throws SQLException {
    expireSecrets.setTime(1, untilMillis);
    expireSecrets.setLong(2, endpoint.id().key());
    expireSecrets.execute();
  }

  /** Forgets secrets that do not sign any more. */
  void deleteSecrets(CallbackEndpoint endpoint, long nowMillis) throws SQLException {
    deleteSecrets.setLong(1, endpoint.id().key());
    deleteSecrets.setTime(2, nowMillis);
    deleteSecrets.execute();
  }

  /** Notes that an event has arrived. */
  void succeeded(long key) throws SQLException {
    succeeded.setLong(1, key);
    succeeded.execute();
  }

  /** Notes that an event has not arrived; how long that is so counts anew after a gap. */
  void failed(long key, long atMillis, long gapMillis) throws SQLException {
    failed.setTime(1, atMillis);
    failed.setTime(2, atMillis - gapMillis);
    failed.setLong(3, key);
    failed.execute();
  }

  private static String text(List<EventFilter> filters) {
    return filters.stream().map(EventFilter::text).collect(Collectors.joining(","));
  }

  private static @Nullable Long orNull(long millis) {
    return millis == 0 ? null : (Long) millis;
  }
}

package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackSecret;
import io.signalbox.gateway.ledger.EventFilter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The writer's statements on {@code callbacks} and {@code callback_secrets}. */
final class EndpointTable {
  private final PreparedStatement insert;
  private final PreparedStatement update;
  private final PreparedStatement remove;
  private final PreparedStatement insertSecret;
  private final PreparedStatement expireSecrets;
  private final PreparedStatement deleteSecrets;
  private final PreparedStatement succeeded;
  private final PreparedStatement failed;

  EndpointTable(Connection connection) throws SQLException {
    insert =
        connection.prepareStatement(
            """
            INSERT INTO callbacks (id, random, tenant, url, description, event_types, enabled,
              created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?)""");
    update =
        connection.prepareStatement(
            """
            UPDATE callbacks SET url = ?, description = ?, event_types = ?, enabled = ?,
              disabled_reason = ?, disabled_at = ?, failing_since = ?, updated_at = ?
            WHERE id = ?""");
    remove =
        connection.prepareStatement(
            "UPDATE callbacks SET removed_at = ?, enabled = 0 WHERE id = ?");
    insertSecret =
        connection.prepareStatement(
            "INSERT INTO callback_secrets (callback_id, tenant, secret, created_at)"
                + " VALUES (?, ?, ?, ?)");
    expireSecrets =
        connection.prepareStatement(
            "UPDATE callback_secrets SET expires_at = ?"
                + " WHERE callback_id = ? AND expires_at IS NULL");
    deleteSecrets =
        connection.prepareStatement(
            "DELETE FROM callback_secrets WHERE callback_id = ? AND expires_at <= ?");
    succeeded =
        connection.prepareStatement(
            "UPDATE callbacks SET failing_since = NULL"
                + " WHERE id = ? AND failing_since IS NOT NULL");
    failed =
        connection.prepareStatement(
            """
            UPDATE callbacks SET failed_at = ?1, failing_since =
              CASE WHEN failing_since IS NULL OR failed_at < ?1 - ?2 THEN ?1 ELSE failing_since END
            WHERE id = ?3""");
  }

  void insert(CallbackEndpoint endpoint) throws SQLException {
    insert.setLong(1, endpoint.id().key());
    insert.setLong(2, endpoint.id().random());
    insert.setString(3, endpoint.tenant());
    insert.setString(4, endpoint.url());
    Columns.bind(insert, 5, endpoint.description());
    insert.setString(6, text(endpoint.filters()));
    insert.setLong(7, endpoint.createdAtMillis());
    insert.setLong(8, endpoint.updatedAtMillis());
    insert.executeUpdate();
    for (CallbackSecret secret : endpoint.secrets()) {
      insertSecret(endpoint, secret);
    }
  }

  /** Stores all that can change, but for the secrets. */
  void update(CallbackEndpoint endpoint) throws SQLException {
    update.setString(1, endpoint.url());
    Columns.bind(update, 2, endpoint.description());
    update.setString(3, text(endpoint.filters()));
    update.setInt(4, endpoint.enabled() ? 1 : 0);
    Columns.bind(update, 5, endpoint.disabledReason());
    Columns.bind(update, 6, orNull(endpoint.disabledAtMillis()));
    Columns.bind(update, 7, orNull(endpoint.failingSinceMillis()));
    update.setLong(8, endpoint.updatedAtMillis());
    update.setLong(9, endpoint.id().key());
    update.executeUpdate();
  }

  /** Marks an endpoint as removed and forgets its secrets; its deliveries are deleted later. */
  void remove(CallbackEndpoint endpoint, long nowMillis) throws SQLException {
    remove.setLong(1, nowMillis);
    remove.setLong(2, endpoint.id().key());
    remove.executeUpdate();
    expireSecrets(endpoint, nowMillis);
    deleteSecrets(endpoint, Long.MAX_VALUE);
  }

  void insertSecret(CallbackEndpoint endpoint, CallbackSecret secret) throws SQLException {
    insertSecret.setLong(1, endpoint.id().key());
    insertSecret.setString(2, endpoint.tenant());
    insertSecret.setString(3, secret.value().reveal());
    insertSecret.setLong(4, secret.createdAtMillis());
    insertSecret.executeUpdate();
  }

  /** Lets the newest secret sign until then and no longer. */
  void expireSecrets(CallbackEndpoint endpoint, long untilMillis) throws SQLException {
    expireSecrets.setLong(1, untilMillis);
    expireSecrets.setLong(2, endpoint.id().key());
    expireSecrets.executeUpdate();
  }

  /** Forgets secrets that do not sign any more. */
  void deleteSecrets(CallbackEndpoint endpoint, long nowMillis) throws SQLException {
    deleteSecrets.setLong(1, endpoint.id().key());
    deleteSecrets.setLong(2, nowMillis);
    deleteSecrets.executeUpdate();
  }

  /** Notes that an event has arrived. */
  void succeeded(long key) throws SQLException {
    succeeded.setLong(1, key);
    succeeded.executeUpdate();
  }

  /** Notes that an event has not arrived; how long that is so counts anew after a gap. */
  void failed(long key, long atMillis, long gapMillis) throws SQLException {
    failed.setLong(1, atMillis);
    failed.setLong(2, gapMillis);
    failed.setLong(3, key);
    failed.executeUpdate();
  }

  private static String text(List<EventFilter> filters) {
    return filters.stream().map(EventFilter::text).collect(Collectors.joining(","));
  }

  private static @Nullable Long orNull(long millis) {
    return millis == 0 ? null : (Long) millis;
  }
}

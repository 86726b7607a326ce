package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackForm;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.gateway.ledger.CallbackSecret;
import io.signalbox.gateway.ledger.EventFilter;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.SealedException;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Secret;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads callback endpoints with their secrets. Those of a format that is not known are passed over:
 * they must not keep others from their work. The writer and each reader have one of their own.
 */
final class EndpointReader {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointReader.class);

  private static final String COLUMNS =
      "SELECT id, random, tenant, url, description, event_types, enabled, disabled_reason,"
          + " disabled_at, failing_since, created_at, updated_at, format, signature_method, api_key"
          + " FROM callbacks"
          + " WHERE removed_at IS NULL";

  private final Seal seal;
  private final SqlStatement ofTenant;
  private final SqlStatement enabled;
  private final SqlStatement byKey;
  private final SqlStatement held;
  private final SqlStatement ofApiKey;
  private final SqlStatement secrets;
  private final Set<String> unknownFormats = new HashSet<>();

  EndpointReader(SqlConnection connection, Seal seal) throws SQLException {
    this.seal = seal;
    ofTenant = connection.prepare(COLUMNS + " AND tenant = ? ORDER BY id");
    enabled = connection.prepare(COLUMNS + " AND enabled ORDER BY id");
    byKey = connection.prepare(COLUMNS + " AND id = ?");
    held = connection.prepare(COLUMNS + " AND id = ?" + connection.forUpdate());
    ofApiKey = connection.prepare(COLUMNS + " AND api_key = ?");
    secrets =
        connection.prepare(
            "SELECT secret, created_at, expires_at FROM callback_secrets"
                + " WHERE callback_id = ? ORDER BY id DESC");
  }

  List<CallbackEndpoint> ofTenant(String tenant) throws SQLException {
    ofTenant.setString(1, tenant);
    return read(ofTenant);
  }

  /** Those of all tenants that get events now. */
  List<CallbackEndpoint> enabled() throws SQLException {
    return read(enabled);
  }

  /** Those of an API key's messages. */
  List<CallbackEndpoint> ofApiKey(String id) throws SQLException {
    ofApiKey.setString(1, id);
    return read(ofApiKey);
  }

  /** One by the key of its id; null if there is none. */
  @Nullable CallbackEndpoint find(long key) throws SQLException {
    return one(byKey, key);
  }

  /** One by its whole id; null if the tenant has none of that id. */
  @Nullable CallbackEndpoint find(String tenant, NotificationId id) throws SQLException {
    return ifOf(tenant, id, find(id.key()));
  }

  /** The same for the writer: nobody else changes it before the commit. */
  @Nullable CallbackEndpoint hold(long key) throws SQLException {
    return one(held, key);
  }

  /** The same by its whole id. */
  @Nullable CallbackEndpoint hold(String tenant, NotificationId id) throws SQLException {
    return ifOf(tenant, id, hold(id.key()));
  }

  private @Nullable CallbackEndpoint one(SqlStatement statement, long key) throws SQLException {
    statement.setLong(1, key);
    List<CallbackEndpoint> found = read(statement);
    return found.isEmpty() ? null : found.get(0);
  }

  private static @Nullable CallbackEndpoint ifOf(
      String tenant, NotificationId id, @Nullable CallbackEndpoint found) {
    return found != null && found.id().equals(id) && found.tenant().equals(tenant) ? found : null;
  }

  private List<CallbackEndpoint> read(SqlStatement statement) throws SQLException {
    List<CallbackEndpoint> endpoints = new ArrayList<>();
    try (SqlRows row = statement.query()) {
      while (row.next()) {
        CallbackForm form = form(row);
        if (form != null) {
          endpoints.add(endpoint(row, form));
        }
      }
    }
    return endpoints;
  }

  private CallbackEndpoint endpoint(SqlRows row, CallbackForm form) throws SQLException {
    long key = row.getLong(1);
    return new CallbackEndpoint(
        new NotificationId(key, row.getLong(2)),
        row.getString(3),
        row.getString(4),
        form,
        Columns.text(row, 5),
        filters(row.getString(6)),
        secrets(key),
        row.getFlag(7),
        Columns.text(row, 8),
        row.getLong(9),
        row.getLong(10),
        row.getLong(11),
        row.getLong(12));
  }

  /** Null if this gateway does not know the format, which a newer one may have stored. */
  private @Nullable CallbackForm form(SqlRows row) throws SQLException {
    String name = row.getString(13);
    CallbackFormat format = CallbackFormat.find(name).orElse(null);
    if (format == null) {
      if (unknownFormats.add(name)) {
        LOG.warn("callback endpoints of the format {} are passed over: it is not known", name);
      }
      return null;
    }
    return new CallbackForm(format, Columns.text(row, 14), Columns.text(row, 15));
  }

  private List<CallbackSecret> secrets(long key) throws SQLException {
    secrets.setLong(1, key);
    List<CallbackSecret> found = new ArrayList<>();
    try (SqlRows row = secrets.query()) {
      while (row.next()) {
        long expiresAt = row.getLong(3);
        boolean expires = !row.wasNull();
        try {
          found.add(
              new CallbackSecret(
                  new Secret(seal.openText(row.getString(1), about(key))),
                  row.getLong(2),
                  expires ? expiresAt : Long.MAX_VALUE));
        } catch (SealedException e) {
          LOG.error("a secret of callback endpoint {} cannot be read: {}", key, e.getMessage());
        }
      }
    }
    return found;
  }

  /** What the secrets of an endpoint belong to. */
  static String about(long endpoint) {
    return "callback_secret:" + endpoint;
  }

  static List<EventFilter> filters(String stored) {
    return Stream.of(stored.split(",", -1)).map(EventFilter::new).toList();
  }
}

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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  /** An endpoint of an API key's messages hears nothing once that key has ended. */
  private static final String HEARS =
      " AND enabled AND (api_key IS NULL OR EXISTS (SELECT 1 FROM api_keys"
          + " WHERE api_keys.id = callbacks.api_key"
          + " AND (api_keys.expires_at IS NULL OR api_keys.expires_at > ?)))";

  private static final String SECRETS =
      "SELECT callback_id, secret, created_at, expires_at FROM callback_secrets";

  private final Seal seal;
  private final SqlStatement ofTenant;
  private final SqlStatement hearing;
  private final SqlStatement subscriptions;
  private final SqlStatement byKey;
  private final SqlStatement held;
  private final SqlStatement ofApiKey;
  private final SqlStatement secrets;
  private final SqlStatement hearingSecrets;
  private final Set<String> unknownFormats = new HashSet<>();

  EndpointReader(SqlConnection connection, Seal seal) throws SQLException {
    this.seal = seal;
    ofTenant = connection.prepare(COLUMNS + " AND tenant = ? ORDER BY id");
    hearing = connection.prepare(COLUMNS + HEARS + " ORDER BY id");
    subscriptions =
        connection.prepare(
            "SELECT id, random, tenant, event_types, format, signature_method, api_key"
                + " FROM callbacks WHERE removed_at IS NULL AND enabled ORDER BY id");
    byKey = connection.prepare(COLUMNS + " AND id = ?");
    held = connection.prepare(COLUMNS + " AND id = ?" + connection.forUpdate());
    ofApiKey = connection.prepare(COLUMNS + " AND api_key = ?");
    secrets = connection.prepare(SECRETS + " WHERE callback_id = ? ORDER BY id DESC");
    hearingSecrets =
        connection.prepare(
            SECRETS
                + " WHERE callback_id IN (SELECT id FROM callbacks WHERE removed_at IS NULL"
                + HEARS
                + ") ORDER BY id DESC");
  }

  List<CallbackEndpoint> ofTenant(String tenant) throws SQLException {
    ofTenant.setString(1, tenant);
    return read(ofTenant);
  }

  /** Those of all tenants that get events now and may be told of them. */
  List<CallbackEndpoint> hearing(long nowMillis) throws SQLException {
    hearing.setTime(1, nowMillis);
    hearingSecrets.setTime(1, nowMillis);
    // All at once: traffic makes endpoints, so there may be many.
    Map<Long, List<CallbackSecret>> signing = secrets(hearingSecrets);
    return read(hearing, key -> signing.getOrDefault(key, List.of()));
  }

  /** What those of all tenants want that get events now. */
  List<Subscription> subscriptions() throws SQLException {
    List<Subscription> found = new ArrayList<>();
    try (SqlRows row = subscriptions.query()) {
      while (row.next()) {
        CallbackForm form = form(row, 5);
        if (form != null) {
          found.add(
              new Subscription(
                  new NotificationId(row.getLong(1), row.getLong(2)),
                  row.getString(3),
                  form,
                  filters(row.getString(4))));
        }
      }
    }
    return found;
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
    return read(statement, this::secrets);
  }

  private List<CallbackEndpoint> read(SqlStatement statement, SecretsOf secretsOf)
      throws SQLException {
    List<CallbackEndpoint> endpoints = new ArrayList<>();
    try (SqlRows row = statement.query()) {
      while (row.next()) {
        CallbackForm form = form(row, 13);
        if (form != null) {
          endpoints.add(endpoint(row, form, secretsOf.find(row.getLong(1))));
        }
      }
    }
    return endpoints;
  }

  private static CallbackEndpoint endpoint(
      SqlRows row, CallbackForm form, List<CallbackSecret> secrets) throws SQLException {
    return new CallbackEndpoint(
        new NotificationId(row.getLong(1), row.getLong(2)),
        row.getString(3),
        row.getString(4),
        form,
        Columns.text(row, 5),
        filters(row.getString(6)),
        secrets,
        row.getFlag(7),
        Columns.text(row, 8),
        row.getLong(9),
        row.getLong(10),
        row.getLong(11),
        row.getLong(12));
  }

  /** Null if this gateway does not know the format, which a newer one may have stored. */
  private @Nullable CallbackForm form(SqlRows row, int column) throws SQLException {
    String name = row.getString(column);
    CallbackFormat format = CallbackFormat.find(name).orElse(null);
    if (format == null) {
      if (unknownFormats.add(name)) {
        LOG.warn("callback endpoints of the format {} are passed over: it is not known", name);
      }
      return null;
    }
    return new CallbackForm(format, Columns.text(row, column + 1), Columns.text(row, column + 2));
  }

  private List<CallbackSecret> secrets(long key) throws SQLException {
    secrets.setLong(1, key);
    return secrets(secrets).getOrDefault(key, List.of());
  }

  /** By the keys of their endpoints, the newest of each first. */
  private Map<Long, List<CallbackSecret>> secrets(SqlStatement statement) throws SQLException {
    Map<Long, List<CallbackSecret>> found = new HashMap<>();
    try (SqlRows row = statement.query()) {
      while (row.next()) {
        long key = row.getLong(1);
        long expiresAt = row.getLong(4);
        boolean expires = !row.wasNull();
        try {
          CallbackSecret secret =
              new CallbackSecret(
                  new Secret(seal.openText(row.getString(2), about(key))),
                  row.getLong(3),
                  expires ? expiresAt : Long.MAX_VALUE);
          found.computeIfAbsent(key, first -> new ArrayList<>()).add(secret);
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

  /**
   * Which events an endpoint wants that gets events now.
   *
   * @param id the endpoint's
   */
  record Subscription(
      NotificationId id, String tenant, CallbackForm form, List<EventFilter> filters) {
    /** Copies the filters. */
    Subscription {
      filters = List.copyOf(filters);
    }
  }

  /** Gives the secrets of an endpoint by its key. */
  @FunctionalInterface
  private interface SecretsOf {
    List<CallbackSecret> find(long key) throws SQLException;
  }
}

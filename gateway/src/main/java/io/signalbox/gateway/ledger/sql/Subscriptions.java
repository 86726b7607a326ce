package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.EventFilter;
import io.signalbox.gateway.ledger.sql.EndpointReader.Subscription;
import io.signalbox.spi.events.NotificationEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints want which events, as the writer's transaction sees it. It is asked for every
 * change, so it is kept in memory. A change by another gateway is seen at the begin of a
 * transaction.
 */
final class Subscriptions {
  private final SqlConnection connection;
  private final EndpointReader reader;
  private long revision;

  /** By their tenants. */
  private @Nullable Map<String, List<Subscription>> enabled;

  Subscriptions(SqlConnection connection, EndpointReader reader) {
    this.connection = connection;
    this.reader = reader;
  }

  /** Forgets what it knows: endpoints have changed, or a change was taken back. */
  void forget() {
    enabled = null;
  }

  /** Forgets what it knows if another gateway has changed it. */
  void forgetIfChanged() throws SQLException {
    long now = connection.revision(SqlTopic.CALLBACKS);
    if (now != revision) {
      revision = now;
      forget();
    }
  }

  /** Endpoints are being changed: forgets what it knows, here and at other gateways. */
  void changed() throws SQLException {
    forget();
    connection.touch(SqlTopic.CALLBACKS);
  }

  /** Whether any endpoint wants an event. */
  boolean want(String tenant, String type) throws SQLException {
    for (Subscription endpoint : enabled(tenant)) {
      if (wants(endpoint, type)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The keys of the endpoints that want an event.
   *
   * @param link asked only if it may matter
   */
  List<Long> matching(NotificationEvent event, Link link) throws SQLException {
    List<Long> keys = new ArrayList<>();
    for (Subscription endpoint : enabled(event.tenant())) {
      if (wants(endpoint, event.type())
          && endpoint.form().format().speaksOf(event.channel())
          && (!endpoint.form().perMessage() || endpoint.id().toString().equals(link.endpoint()))) {
        keys.add(endpoint.id().key());
      }
    }
    return keys;
  }

  /** To which endpoint a notification is tied. */
  @FunctionalInterface
  interface Link {
    /** Of no notification. */
    Link NONE = () -> null;

    /** The endpoint's id; null for none. */
    @Nullable String endpoint() throws SQLException;
  }

  private static boolean wants(Subscription endpoint, String type) {
    if (!endpoint.form().format().tells(type)) {
      return false;
    }
    for (EventFilter filter : endpoint.filters()) {
      if (filter.matches(type)) {
        return true;
      }
    }
    return false;
  }

  private List<Subscription> enabled(String tenant) throws SQLException {
    Map<String, List<Subscription>> known = enabled;
    if (known == null) {
      known = reader.subscriptions().stream().collect(Collectors.groupingBy(Subscription::tenant));
      enabled = known;
    }
    return known.getOrDefault(tenant, List.of());
  }
}

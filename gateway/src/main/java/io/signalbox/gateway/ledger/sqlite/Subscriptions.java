package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.EventFilter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints want which events, as the writer's transaction sees it. It is asked for every
 * change, so it is kept in memory; nobody else changes it while this gateway has the ledger open.
 */
final class Subscriptions {
  private final EndpointReader reader;
  private @Nullable List<CallbackEndpoint> enabled;

  Subscriptions(EndpointReader reader) {
    this.reader = reader;
  }

  /** Forgets what it knows: endpoints have changed, or a change was taken back. */
  void forget() {
    enabled = null;
  }

  /** Whether any endpoint wants an event. */
  boolean want(String tenant, String type) throws SQLException {
    for (CallbackEndpoint endpoint : enabled()) {
      if (wants(endpoint, tenant, type)) {
        return true;
      }
    }
    return false;
  }

  /** The keys of the endpoints that want an event. */
  List<Long> matching(String tenant, String type) throws SQLException {
    List<Long> keys = new ArrayList<>();
    for (CallbackEndpoint endpoint : enabled()) {
      if (wants(endpoint, tenant, type)) {
        keys.add(endpoint.id().key());
      }
    }
    return keys;
  }

  private static boolean wants(CallbackEndpoint endpoint, String tenant, String type) {
    if (!endpoint.tenant().equals(tenant)) {
      return false;
    }
    for (EventFilter filter : endpoint.filters()) {
      if (filter.matches(type)) {
        return true;
      }
    }
    return false;
  }

  private List<CallbackEndpoint> enabled() throws SQLException {
    List<CallbackEndpoint> known = enabled;
    if (known == null) {
      known = reader.enabled();
      enabled = known;
    }
    return known;
  }
}

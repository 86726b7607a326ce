package io.signalbox.gateway.ledger.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Deletes old events and what removed endpoints have left, a few at a time. */
final class OutboxRetention {
  private static final int EVENTS = 500;
  private static final int DELIVERIES = 2_000;

  /** Statements in one change; the last event's are all run. */
  private static final int DELETES = 500;

  private final SqlStatement oldest;
  private final SqlStatement endpoints;
  private final SqlStatement removed;
  private final SqlStatement deleteEvent;
  private final SqlStatement deleteDelivery;
  private final SqlStatement deleteSome;
  private final SqlStatement deleteEndpoint;

  OutboxRetention(SqlConnection connection) throws SQLException {
    // In the order of their making, so that nothing is looked at beyond the first that is kept.
    oldest =
        connection.prepare("SELECT id, created_at, tenant FROM events ORDER BY id LIMIT " + EVENTS);
    endpoints = connection.prepare("SELECT id FROM callbacks WHERE tenant = ?");
    removed = connection.prepare("SELECT id FROM callbacks WHERE removed_at IS NOT NULL");
    deleteEvent = connection.prepare("DELETE FROM events WHERE id = ?");
    deleteDelivery =
        connection.prepare(
            "DELETE FROM callback_deliveries WHERE callback_id = ? AND event_id = ?");
    deleteSome =
        connection.prepare(
            "DELETE FROM callback_deliveries WHERE callback_id = ?1 AND event_id IN (SELECT event_id"
                + " FROM callback_deliveries WHERE callback_id = ?1 LIMIT "
                + DELIVERIES
                + ")");
    deleteEndpoint = connection.prepare("DELETE FROM callbacks WHERE id = ?");
  }

  /** Deletes some; returns how many rows, 0 if nothing is left to delete. */
  int deleteSome(long beforeMillis) throws SQLException {
    int deleted = deleteEvents(beforeMillis);
    return deleted > 0 ? deleted : deleteRemoved();
  }

  private int deleteEvents(long beforeMillis) throws SQLException {
    Map<String, List<Long>> ofTenants = new HashMap<>();
    int events = 0;
    int deletes = 0;
    for (Old old : old(beforeMillis)) {
      if (deletes >= DELETES) {
        break;
      }
      List<Long> ofTenant = ofTenants.get(old.tenant());
      if (ofTenant == null) {
        endpoints.setString(1, old.tenant());
        ofTenant = keys(endpoints);
        ofTenants.put(old.tenant(), ofTenant);
      }
      delete(old.key(), ofTenant);
      events++;
      deletes += ofTenant.size() + 1;
    }
    return events;
  }

  private List<Old> old(long beforeMillis) throws SQLException {
    List<Old> old = new ArrayList<>();
    try (SqlRows row = oldest.query()) {
      while (row.next() && row.getLong(2) < beforeMillis) {
        old.add(new Old(row.getLong(1), row.getString(3)));
      }
    }
    return old;
  }

  private void delete(long event, List<Long> ofTenant) throws SQLException {
    for (long endpoint : ofTenant) {
      deleteDelivery.setLong(1, endpoint);
      deleteDelivery.setLong(2, event);
      deleteDelivery.execute();
    }
    deleteEvent.setLong(1, event);
    deleteEvent.execute();
  }

  private int deleteRemoved() throws SQLException {
    for (long endpoint : keys(removed)) {
      deleteSome.setLong(1, endpoint);
      int deleted = deleteSome.update();
      if (deleted == 0) {
        deleteEndpoint.setLong(1, endpoint);
        deleted = deleteEndpoint.update();
      }
      return deleted;
    }
    return 0;
  }

  private static List<Long> keys(SqlStatement statement) throws SQLException {
    List<Long> keys = new ArrayList<>();
    try (SqlRows row = statement.query()) {
      while (row.next()) {
        keys.add(row.getLong(1));
      }
    }
    return keys;
  }

  /** An event that is too old. */
  private record Old(long key, String tenant) {}
}

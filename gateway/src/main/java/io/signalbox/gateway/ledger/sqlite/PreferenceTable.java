package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.PreferenceKey;
import io.signalbox.gateway.ledger.PreferenceSet;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.spi.Channel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements on {@code provider_preferences} and {@code channel_preferences}. */
final class PreferenceTable {
  private static final PreferenceKey[] KEYS = PreferenceKey.values();
  private static final String COLUMNS =
      Arrays.stream(KEYS).map(PreferenceKey::wireName).collect(Collectors.joining(", "));

  private final Connection connection;
  private final PreparedStatement defaults;
  private final PreparedStatement channels;

  PreferenceTable(Connection connection) throws SQLException {
    this.connection = connection;
    defaults =
        connection.prepareStatement("SELECT 0, " + COLUMNS + " FROM provider_preferences LIMIT 1");
    channels =
        connection.prepareStatement("SELECT channel, " + COLUMNS + " FROM channel_preferences");
  }

  StoredPreferences read() throws SQLException {
    PreferenceSet forAll = PreferenceSet.EMPTY;
    try (ResultSet row = defaults.executeQuery()) {
      if (row.next()) {
        forAll = set(row);
      }
    }
    Map<Channel, PreferenceSet> own = new EnumMap<>(Channel.class);
    try (ResultSet row = channels.executeQuery()) {
      while (row.next()) {
        Optional<Channel> channel = Channel.find(row.getString(1));
        if (channel.isPresent()) {
          own.put(channel.get(), set(row));
        }
      }
    }
    return new StoredPreferences(forAll, own);
  }

  private static PreferenceSet set(ResultSet row) throws SQLException {
    Map<PreferenceKey, Object> values = new EnumMap<>(PreferenceKey.class);
    for (int i = 0; i < KEYS.length; i++) {
      Object value = value(row, i + 2, KEYS[i]);
      if (value != null) {
        values.put(KEYS[i], value);
      }
    }
    return PreferenceSet.of(values);
  }

  /** A value as its key takes it; what the table's checks let through is taken, nothing else. */
  private static @Nullable Object value(ResultSet row, int index, PreferenceKey key)
      throws SQLException {
    Object stored = row.getObject(index);
    if (stored == null || row.wasNull()) {
      return null;
    }
    return key.accept(
        key.kind() == PreferenceKey.Kind.FLAG && stored instanceof Number number
            ? (Object) (number.intValue() != 0)
            : stored);
  }

  void writeDefaults(PreferenceSet set, String actor, long nowMillis) throws SQLException {
    write("provider_preferences", "id", 1, set, actor, nowMillis);
  }

  void writeChannel(Channel channel, PreferenceSet set, String actor, long nowMillis)
      throws SQLException {
    write("channel_preferences", "channel", channel.wireName(), set, actor, nowMillis);
  }

  /** Rare, so the statement is not kept. */
  private void write(
      String table,
      String keyColumn,
      Object rowKey,
      PreferenceSet set,
      String actor,
      long nowMillis)
      throws SQLException {
    String sql =
        "INSERT OR REPLACE INTO "
            + table
            + " ("
            + String.join(", ", keyColumn, COLUMNS, "updated_at, updated_by")
            + ") VALUES ("
            + String.join(", ", Collections.nCopies(KEYS.length + 3, "?"))
            + ")";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setObject(1, rowKey);
      for (int i = 0; i < KEYS.length; i++) {
        insert.setObject(i + 2, set.get(KEYS[i]));
      }
      insert.setLong(KEYS.length + 2, nowMillis);
      insert.setString(KEYS.length + 3, actor);
      insert.executeUpdate();
    }
  }
}

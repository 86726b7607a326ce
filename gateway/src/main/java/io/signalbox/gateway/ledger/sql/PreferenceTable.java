package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.PreferenceKey;
import io.signalbox.gateway.ledger.PreferenceSet;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.spi.Channel;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The statements on {@code provider_preferences} and {@code channel_preferences}. */
final class PreferenceTable {
  private static final PreferenceKey[] KEYS = PreferenceKey.values();
  private static final String COLUMNS =
      Arrays.stream(KEYS).map(PreferenceKey::wireName).collect(Collectors.joining(", "));

  private final SqlConnection connection;
  private final SqlStatement defaults;
  private final SqlStatement channels;
  private final SqlStatement writeDefaults;
  private final SqlStatement writeChannel;

  PreferenceTable(SqlConnection connection) throws SQLException {
    this.connection = connection;
    defaults = connection.prepare("SELECT 0, " + COLUMNS + " FROM provider_preferences LIMIT 1");
    channels = connection.prepare("SELECT channel, " + COLUMNS + " FROM channel_preferences");
    writeDefaults = connection.prepare(write("provider_preferences", "id"));
    writeChannel = connection.prepare(write("channel_preferences", "channel"));
  }

  /** Reads for the writer: nobody else changes them before the commit. */
  StoredPreferences hold() throws SQLException {
    // There may be no row that could be locked.
    connection.touch(SqlTopic.PREFERENCES);
    return read();
  }

  StoredPreferences read() throws SQLException {
    PreferenceSet forAll = PreferenceSet.EMPTY;
    try (SqlRows row = defaults.query()) {
      if (row.next()) {
        forAll = set(row);
      }
    }
    Map<Channel, PreferenceSet> own = new EnumMap<>(Channel.class);
    try (SqlRows row = channels.query()) {
      while (row.next()) {
        Optional<Channel> channel = Channel.find(row.getString(1));
        if (channel.isPresent()) {
          own.put(channel.get(), set(row));
        }
      }
    }
    return new StoredPreferences(forAll, own);
  }

  private static PreferenceSet set(SqlRows row) throws SQLException {
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
  private static @Nullable Object value(SqlRows row, int index, PreferenceKey key)
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
    write(writeDefaults, 1, set, actor, nowMillis);
  }

  void writeChannel(Channel channel, PreferenceSet set, String actor, long nowMillis)
      throws SQLException {
    write(writeChannel, channel.wireName(), set, actor, nowMillis);
  }

  private static String write(String table, String keyColumn) {
    return Stream.concat(
            Arrays.stream(KEYS).map(PreferenceKey::wireName), Stream.of("updated_at", "updated_by"))
        .map(column -> column + " = excluded." + column)
        .collect(
            Collectors.joining(
                ", ",
                "INSERT INTO "
                    + table
                    + " ("
                    + String.join(", ", keyColumn, COLUMNS, "updated_at, updated_by")
                    + ") VALUES ("
                    + String.join(", ", Collections.nCopies(KEYS.length + 3, "?"))
                    + ") ON CONFLICT ("
                    + keyColumn
                    + ") DO UPDATE SET ",
                ""));
  }

  private static void write(
      SqlStatement insert, Object rowKey, PreferenceSet set, String actor, long nowMillis)
      throws SQLException {
    insert.setObject(1, rowKey);
    for (int i = 0; i < KEYS.length; i++) {
      insert.setObject(i + 2, set.get(KEYS[i]));
    }
    insert.setTime(KEYS.length + 2, nowMillis);
    insert.setString(KEYS.length + 3, actor);
    insert.execute();
  }
}

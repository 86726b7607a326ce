package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds and reads values that may be NULL. */
final class Columns {
  private Columns() {}

  static void bind(PreparedStatement statement, int index, @Nullable String value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.VARCHAR);
    } else {
      statement.setString(index, value);
    }
  }

  static void bind(PreparedStatement statement, int index, @Nullable Long value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.INTEGER);
    } else {
      statement.setLong(index, value);
    }
  }

  /** The text of a column; null if it is NULL. */
  // JDBC's own annotations do not say that getString may return null.
  static @Nullable String text(ResultSet row, int index) throws SQLException {
    return row.getString(index);
  }

  /** Channels as one number, with a bit for each. */
  static int bits(Set<Channel> channels) {
    int bits = 0;
    for (Channel channel : channels) {
      bits |= 1 << channel.code();
    }
    return bits;
  }

  /** The channels of a number that {@link #bits} gave. */
  static Set<Channel> channels(int bits) {
    Set<Channel> channels = EnumSet.noneOf(Channel.class);
    for (Channel channel : Channel.values()) {
      if ((bits & (1 << channel.code())) != 0) {
        channels.add(channel);
      }
    }
    return channels;
  }

  /** The outcome of a column; null if it is NULL. */
  static @Nullable OutcomeKind outcome(ResultSet row, int index) throws SQLException {
    int code = row.getInt(index);
    return row.wasNull() ? null : OutcomeKind.ofCode(code);
  }
}

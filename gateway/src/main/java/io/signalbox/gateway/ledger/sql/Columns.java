package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds and reads values that may be NULL. */
final class Columns {
  private Columns() {}

  static void bind(SqlStatement statement, int index, @Nullable String value) throws SQLException {
    if (value == null) {
      statement.setNull(index, SqlType.TEXT);
    } else {
      statement.setString(index, value);
    }
  }

  static void bind(SqlStatement statement, int index, @Nullable Long value) throws SQLException {
    if (value == null) {
      statement.setNull(index, SqlType.LONG);
    } else {
      statement.setLong(index, value);
    }
  }

  static void time(SqlStatement statement, int index, @Nullable Long millis) throws SQLException {
    if (millis == null) {
      statement.setNull(index, SqlType.TIME);
    } else {
      statement.setTime(index, millis);
    }
  }

  /** The text of a column; null if it is NULL. */
  static @Nullable String text(SqlRows row, int index) throws SQLException {
    return row.getText(index);
  }

  /** Where a notification stands in a trace; in one of its own where none is stored. */
  static TraceContext trace(SqlRows row, int index, NotificationId id) throws SQLException {
    return TraceContext.parse(row.getText(index)).orElseGet(() -> TraceContext.of(id));
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
  static @Nullable OutcomeKind outcome(SqlRows row, int index) throws SQLException {
    int code = row.getInt(index);
    return row.wasNull() ? null : OutcomeKind.ofCode(code);
  }
}

package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.sql.KeyRange;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.sqlclient.Row;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A week of notifications, which has a partition in each table that grows with them.
 *
 * @param fromMillis when it begins: a multiple of a week since 1970
 */
record PgWeek(long fromMillis) {
  /** The tables that are partitioned by a notification's id, which is time. */
  static final List<String> TABLES =
      List.of("notifications", "provider_requests", "notification_events");

  private static final long SPAN_MILLIS = Duration.ofDays(7).toMillis();
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The week of a time. */
  static PgWeek of(long millis) {
    return new PgWeek(millis - Math.floorMod(millis, SPAN_MILLIS));
  }

  /** A later week. */
  PgWeek plus(int weeks) {
    return new PgWeek(fromMillis + weeks * SPAN_MILLIS);
  }

  /** When it is over. */
  long untilMillis() {
    return fromMillis + SPAN_MILLIS;
  }

  /** Its notifications. */
  KeyRange keys() {
    return new KeyRange(
        NotificationId.firstKey(fromMillis), NotificationId.firstKey(untilMillis()));
  }

  /** Its partition of a table. */
  String partition(String table) {
    return table + "_" + DAY.format(Instant.ofEpochMilli(fromMillis));
  }

  /** The weeks that have partitions, in order, with how many. */
  static Map<PgWeek, Integer> all(PgLink link) throws SQLException {
    Map<PgWeek, Integer> weeks = new TreeMap<>(Comparator.comparing(PgWeek::fromMillis));
    for (Row row :
        link.run(
            "SELECT right(c.relname, 8) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                + " WHERE i.inhparent IN ("
                + String.join(", ", TABLES.stream().map(t -> "'" + t + "'::regclass").toList())
                + ") AND c.relname ~ '_[0-9]{8}$'")) {
      PgWeek week = ofDay(row.getString(0));
      if (week != null) {
        weeks.merge(week, 1, Integer::sum);
      }
    }
    return weeks;
  }

  /** The week that begins on a day; null if none does, and the partition is somebody else's. */
  private static @Nullable PgWeek ofDay(String day) {
    try {
      LocalDate first = LocalDate.parse(day, DAY);
      long millis = first.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
      return of(millis).fromMillis() == millis ? of(millis) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}

package io.signalbox.gateway.quota;

import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;

/** For how long a quota counts, by the calendar of UTC. */
public enum Period {
  DAY {
    @Override
    public String key(LocalDate day) {
      return day.toString();
    }

    @Override
    public Duration length(LocalDate day) {
      return Duration.ofDays(1);
    }

    @Override
    LocalDate next(LocalDate day) {
      return day.plusDays(1);
    }
  },
  MONTH {
    @Override
    public String key(LocalDate day) {
      return YearMonth.from(day).toString();
    }

    @Override
    public Duration length(LocalDate day) {
      return Duration.ofDays(day.lengthOfMonth());
    }

    @Override
    LocalDate next(LocalDate day) {
      return day.withDayOfMonth(1).plusMonths(1);
    }
  };

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The lower-case name. */
  public String wireName() {
    return wireName;
  }

  /** The name of the period that a day lies in, such as 2026-01-31 or 2026-01. */
  public abstract String key(LocalDate day);

  /** How long the period is that a day lies in. */
  public abstract Duration length(LocalDate day);

  abstract LocalDate next(LocalDate day);

  /** When the period ends that a day lies in, epoch milliseconds. */
  public long endMillis(LocalDate day) {
    return next(day).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** The day of a time, by UTC. */
  public static LocalDate day(long millis) {
    return LocalDate.ofEpochDay(Math.floorDiv(millis, Duration.ofDays(1).toMillis()));
  }
}

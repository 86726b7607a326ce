package io.signalbox.gateway.ledger.postgres;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times between milliseconds and TIMESTAMPTZ. */
final class PgTimes {
  /** 9999-12-31, as far as anybody's calendar goes; and 0001-01-01. */
  private static final long LATEST = 253_402_214_400_000L;

  private static final long EARLIEST = -62_135_596_800_000L;

  private PgTimes() {}

  /** A time for the store; what is beyond all calendars becomes their end. */
  static OffsetDateTime of(long millis) {
    long bounded = Math.max(EARLIEST, Math.min(LATEST, millis));
    return OffsetDateTime.ofInstant(Instant.ofEpochMilli(bounded), ZoneOffset.UTC);
  }

  /** Milliseconds since 1970. */
  static long millis(OffsetDateTime time) {
    return time.toInstant().toEpochMilli();
  }
}
